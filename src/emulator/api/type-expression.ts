/** Types that need no further description. `map` has string values, `open` is any JSON value. */
type ScalarKind = 'boolean' | 'decimal' | 'integer' | 'map' | 'number' | 'open' | 'range' | 'string';

/** What a parameter may hold or a field may be, as the generated tables say it. */
export type Type =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'enum'; readonly values: ReadonlySet<string> }
  | { readonly kind: 'array'; readonly of: Type }
  /** Nested fields: the name of a shape, or of whole objects (any one of them). */
  | { readonly kind: 'object'; readonly names: readonly string[] }
  /** An id, or once expanded one of these objects. */
  | { readonly kind: 'reference'; readonly names: readonly string[] }
  /** A list object whose elements are these objects. */
  | { readonly kind: 'list'; readonly names: readonly string[] }
  | { readonly kind: 'union'; readonly of: readonly Type[] };

export interface Field {
  readonly name: string;
  /** A parameter that must be sent; a field that is always there. */
  readonly required: boolean;
  /** A parameter that `''` unsets; a field that can be null. */
  readonly empty: boolean;
  readonly type: Type;
}

const SCALARS = new Map<string, Type>(
  (['boolean', 'decimal', 'integer', 'map', 'number', 'open', 'range', 'string'] as const).map((kind) => [
    kind,
    { kind },
  ]),
);

/** Looks a named enum up: comma-separated values. `=@name,more` adds values to a named one. */
export type EnumSource = Readonly<Record<string, string>>;

/**
 * Reads one field of a generated table. The notation is described in scripts/api-tables/type-reader.mjs.
 *
 * @param requiredByDefault true for the fields of objects (`?` marks the optional ones), false for parameters (`!` marks
 * the required ones).
 * @throws Error when the notation is not understood (a bug).
 */
export function parseField(name: string, text: string, enums: EnumSource, requiredByDefault: boolean): Field {
  let at = 0;
  let required = requiredByDefault;
  if (text[at] === '!' || text[at] === '?') required = text[at++] === '!';
  const empty = text[at] === '~';
  if (empty) at++;
  return { name, required, empty, type: parseType(text.slice(at), enums) };
}

function parseType(text: string, enums: EnumSource): Type {
  const scalar = SCALARS.get(text);
  if (scalar !== undefined) return scalar;
  const parts = splitUnion(text);
  if (parts.length > 1) return { kind: 'union', of: parts.map((part) => parseType(part, enums)) };
  switch (text[0]) {
    case '=':
      return { kind: 'enum', values: enumValues(text.slice(1), enums) };
    case '[':
      return { kind: 'array', of: parseType(text.slice(1, -1), enums) };
    case '{':
      return { kind: 'object', names: text.slice(1, -1).split('/') };
    case '<':
      return { kind: 'list', names: text.slice(1, -1).split('/') };
    case '&':
      return { kind: 'reference', names: text.slice(1).split('/') };
    default:
      throw new Error(`Unknown type in the API tables: ${text}`);
  }
}

const parsedEnums = new Map<string, ReadonlySet<string>>();

function enumValues(text: string, enums: EnumSource): ReadonlySet<string> {
  const [first = '', ...extra] = text.startsWith('@') ? text.split(',') : [text];
  const named = first.startsWith('@') ? enums[first.slice(1)] : first;
  if (named === undefined) throw new Error(`Unknown enum in the API tables: ${text}`);
  const list = [named, ...extra].join(',');
  let values = parsedEnums.get(list);
  if (values === undefined) {
    values = new Set(list.split(','));
    parsedEnums.set(list, values);
  }
  return values;
}

/** Splits at `|` outside brackets. */
function splitUnion(text: string): string[] {
  if (!text.includes('|')) return [text];
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '[') depth++;
    else if (character === ']') depth--;
    else if (character === '|' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
