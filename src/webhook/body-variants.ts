/** A guess at the bytes that were signed, given the bytes that arrived. */
export interface BodyVariant {
  readonly id: BodyChange;
  readonly bytes: Uint8Array;
}

/**
 * What happened to a body between the signature and the check, by what undoes it:
 * `json`: it was parsed and written again · `whitespace`: only white space at its ends or its line ends changed ·
 * `bom`: a byte order mark came or went · `base64`, `envelope`: as AWS hands bodies over · `quoted`: it was wrapped in a
 * JSON string · `form`: it was read as a form · `encoding`: UTF-8 was read as Latin-1.
 */
export type BodyChange =
  | 'base64'
  | 'bom'
  | 'encoding'
  | 'envelope'
  | 'form'
  | 'json'
  | 'quoted'
  | 'whitespace';

const BOM = '\ufeff';

/**
 * Bodies that may have been the original, the likeliest first. The body itself is not among them.
 *
 * A body that was parsed and written again is recovered by writing it again in the ways JSON libraries do; one whose
 * number format or duplicate keys were lost with the parsing cannot be.
 */
export function* bodyVariants(given: Uint8Array): Generator<BodyVariant> {
  const seen = new Set([keyOf(given)]);
  const fresh = (id: BodyChange, bytes: Uint8Array): BodyVariant[] => {
    const key = keyOf(bytes);
    if (bytes.length === 0 || seen.has(key)) return [];
    seen.add(key);
    return [{ id, bytes }];
  };
  const text = decode(given);
  for (const [id, unwrapped] of unwrappings(text)) {
    yield* fresh(id, unwrapped);
    // What was wrapped may have been written again before or after.
    for (const inner of ends(decode(unwrapped))) yield* fresh(id, encode(inner));
    for (const inner of rewritten(decode(unwrapped))) yield* fresh(id, encode(inner));
  }
  const bare = text.startsWith(BOM) ? text.slice(1) : text;
  yield* fresh('bom', encode(bare));
  for (const changed of ends(bare)) yield* fresh('whitespace', encode(changed));
  for (const changed of rewritten(bare)) yield* fresh('json', encode(changed));
  yield* fresh('bom', encode(BOM + bare));
  const misread = Buffer.from(text, 'latin1');
  if (misread.toString('latin1') === text) yield* fresh('encoding', misread);
}

const keyOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const encode = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const decode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** Line ends and white space at the end, changed the ways editors, shells and proxies do. */
function* ends(text: string): Generator<string> {
  const trimmed = text.replace(/\s+$/, '');
  const unix = text.replaceAll('\r\n', '\n');
  for (const lines of [text, trimmed, unix, unix.trimEnd()]) {
    yield lines;
    yield `${lines}\n`;
    yield `${lines}\r\n`;
  }
  yield trimmed.trimStart();
  yield unix.replaceAll('\n', '\r\n');
  yield unix.trimEnd().replaceAll('\n', '\r\n');
}

/** The same JSON value, written the ways libraries write it. */
function* rewritten(text: string): Generator<string> {
  const value = parsed(text);
  if (value === undefined) return;
  for (const ordered of [value, sorted(value, idFirst), sorted(value, plainly)]) {
    for (const written of spellings(ordered)) {
      for (const escaped of [written, asciiOnly(written), slashes(written), slashes(asciiOnly(written))]) {
        yield escaped;
        yield `${escaped}\n`;
      }
      yield written.replaceAll('\n', '\r\n');
    }
  }
}

function* spellings(value: unknown): Generator<string> {
  for (const indent of [2, 0, 4, '\t'] as const) yield JSON.stringify(value, null, indent);
  yield spaced(value);
}

/** As Python's `json.dumps` writes it by default: one line, a blank after commas and colons. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${spaced(inner)}`);
  return `{${members.join(', ')}}`;
}

type Order = (one: string, other: string) => number;

const plainly: Order = (one, other) => (one < other ? -1 : 1);

/** As Stripe orders its fields: `id` and `object`, then the rest by name. */
const idFirst: Order = (one, other) => rank(one) - rank(other) || plainly(one, other);
const rank = (name: string): number => (name === 'id' ? 0 : name === 'object' ? 1 : 2);

function sorted(value: unknown, order: Order): unknown {
  if (Array.isArray(value)) return value.map((item) => sorted(item, order));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => order(a, b));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner, order)]));
}

/** Non-ASCII characters as `\u` escapes, as Python and PHP write them by default. */
function asciiOnly(text: string): string {
  return text.replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Slashes escaped, as PHP's `json_encode` does by default. */
function slashes(text: string): string {
  return text.replaceAll('/', '\\/');
}

function* unwrappings(text: string): Generator<[BodyChange, Uint8Array]> {
  const stripped = text.trim();
  // Tools break its lines, at 64 or 76 characters.
  const oneLine = stripped.replace(/\r?\n/g, '');
  if (/^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(oneLine)) {
    yield ['base64', Buffer.from(oneLine.replaceAll('-', '+').replaceAll('_', '/'), 'base64')];
  }
  const value = parsed(stripped);
  if (typeof value === 'string') yield ['quoted', encode(value)];
  if (typeof value === 'object' && value !== null && 'body' in value && typeof value.body === 'string') {
    const isBase64 = 'isBase64Encoded' in value && value.isBase64Encoded === true;
    yield ['envelope', Buffer.from(value.body, isBase64 ? 'base64' : 'utf8')];
  }
  if (/^%7B|^\{[^"\s]*%22|^\{.*=$/is.test(stripped)) {
    const decoded = unescaped(stripped.replaceAll('+', ' '));
    if (decoded !== undefined) yield ['form', encode(decoded.replace(/=$/, ''))];
  }
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
