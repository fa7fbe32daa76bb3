import {
  type Document,
  isAlias,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { nearest } from '../domain/nearest.ts';

/** Something wrong in a scenario file. */
export interface FileProblem {
  /** Counted from 1. */
  readonly line: number;
  /** A sentence without a full stop. */
  readonly message: string;
}

/** Texts that mean something to the program: quotes alone would not mend them. */
const NAMES: ReadonlySet<string> = new Set(['as', 'authenticate', 'call', 'outcome', 'status', 'subject']);

/** A text of YAML, and what is found wrong with it. */
export class Problems {
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;
  readonly found: FileProblem[] = [];

  constructor(text: string) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    // What follows the first mistake is often its echo.
    const [error] = this.#document.errors;
    if (error !== undefined) this.#note(error.pos[0], wordsOf(error));
  }

  get root(): unknown {
    return this.#document.contents;
  }

  /** In the order of their lines, each once. */
  sorted(): readonly FileProblem[] {
    return this.found
      .filter(
        (one, index, all) =>
          all.findIndex(({ line, message }) => line === one.line && message === one.message) === index,
      )
      .toSorted((left, right) => left.line - right.line);
  }

  at(node: unknown, message: string): void {
    this.#note((node as Node | null | undefined)?.range?.[0] ?? 0, message);
  }

  lineOf(node: unknown): number {
    return this.#line((node as Node | null | undefined)?.range?.[0] ?? 0);
  }

  /** What an alias stands for (`*card`); anything else is itself. */
  resolved(node: unknown): unknown {
    if (!isAlias(node)) return node;
    const target = node.resolve(this.#document);
    if (target === undefined) this.at(node, `Nothing is named &${node.source}`);
    return target;
  }

  get(map: YAMLMap, name: string): unknown {
    return this.resolved(map.get(name, true));
  }

  /** The text of a field; a problem where it is something else. */
  text(map: YAMLMap, name: string): string | undefined {
    if (!map.has(name)) return undefined;
    const node = this.get(map, name);
    if (isText(node)) return node.value;
    const isProse = isScalar(node) && !NAMES.has(name) && node.value !== null && node.value !== '';
    this.at(node ?? map, `${name} is a text${isProse ? `: write "${node.value}"` : ''}`);
    return undefined;
  }

  /** Answers whether there are no others. */
  onlyNames(map: YAMLMap, known: readonly string[], what: string): boolean {
    const before = this.found.length;
    for (const pair of map.items) {
      const name = nameOf(pair);
      if (known.includes(name)) continue;
      const near = nearest(name, known);
      this.at(
        pair.key,
        `${what} has no ${name}: ${near === undefined ? `it has ${known.join(', ')}` : `did you mean ${near}`}`,
      );
    }
    return this.found.length === before;
  }

  /** As plain data, aliases replaced. */
  plain(map: YAMLMap): unknown {
    try {
      return map.toJS(this.#document);
    } catch {
      // An alias of nothing, which has been noted.
      return {};
    }
  }

  #note(offset: number, message: string): void {
    this.found.push({ line: this.#line(offset), message });
  }

  #line(offset: number): number {
    return Math.max(1, this.#lines.linePos(offset).line);
  }
}

export const nameOf = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);

export function isText(node: unknown): node is { value: string } {
  return isScalar(node) && typeof node.value === 'string' && node.value !== '';
}

function wordsOf({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'One file holds one scenario, so nothing may follow ---';
  return (message.split('\n')[0] ?? '').replace(/\.$/, '');
}
