/** One endpoint: the operation it runs and the path it answers on, with `{}` for each placeholder. */
export interface Endpoint {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

interface Node {
  readonly fixed: Map<string, Node>;
  placeholder: Node | undefined;
  readonly endpoints: Map<string, string>;
}

export interface Match {
  readonly id: string;
  /** Decoded values of the placeholders, in order. */
  readonly path: readonly string[];
}

export type Router = (method: string, pathname: string) => Match | undefined;

const newNode = (): Node => ({ fixed: new Map(), placeholder: undefined, endpoints: new Map() });

/** Builds a matcher over a list of endpoints. A fixed segment wins over a placeholder (`/search` over `/{id}`). */
export function createRouter(endpoints: Iterable<Endpoint>): Router {
  const root = newNode();
  for (const endpoint of endpoints) {
    let node = root;
    for (const segment of endpoint.path.slice(1).split('/')) {
      if (segment.startsWith('{')) {
        node.placeholder ??= newNode();
        node = node.placeholder;
      } else {
        let next = node.fixed.get(segment);
        if (next === undefined) {
          next = newNode();
          node.fixed.set(segment, next);
        }
        node = next;
      }
    }
    node.endpoints.set(endpoint.method, endpoint.id);
  }
  return (method, pathname) => {
    const path: string[] = [];
    const found = find(root, pathname.slice(1).split('/'), 0, method, path);
    return found === undefined ? undefined : { id: found, path };
  };
}

function find(
  node: Node,
  segments: string[],
  at: number,
  method: string,
  path: string[],
): string | undefined {
  if (at === segments.length) return node.endpoints.get(method);
  const segment = segments[at] as string;
  const fixed = node.fixed.get(segment);
  if (fixed !== undefined) {
    const found = find(fixed, segments, at + 1, method, path);
    if (found !== undefined) return found;
  }
  if (node.placeholder === undefined || segment === '') return undefined;
  path.push(decodeSegment(segment));
  const found = find(node.placeholder, segments, at + 1, method, path);
  if (found === undefined) path.pop();
  return found;
}

function decodeSegment(segment: string): string {
  if (!segment.includes('%') && !segment.includes('+')) return segment;
  try {
    return decodeURIComponent(segment.replaceAll('+', ' '));
  } catch {
    return segment;
  }
}
