import type { ApiRecord } from '../../gateway/gateway.ts';

/** How a language writes nested values. */
export interface Notation {
  readonly text: (value: string) => string;
  readonly yes: string;
  readonly no: string;
  readonly none: string;
  readonly list: readonly [open: string, close: string];
  readonly map: readonly [open: string, close: string];
  /** A key with what stands between it and its value. */
  readonly key: (name: string) => string;
  readonly indent: string;
}

const single = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const double = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
const isName = (name: string) => /^[A-Za-z_]\w*$/.test(name);

export const NODE: Notation = {
  text: single,
  yes: 'true',
  no: 'false',
  none: 'null',
  list: ['[', ']'],
  map: ['{', '}'],
  key: (name) => `${isName(name) ? name : single(name)}: `,
  indent: '  ',
};

export const PYTHON: Notation = {
  text: double,
  yes: 'True',
  no: 'False',
  none: 'None',
  list: ['[', ']'],
  map: ['{', '}'],
  key: (name) => `${double(name)}: `,
  indent: '    ',
};

/** `#{` begins code inside Ruby's double quotes. */
export const RUBY: Notation = {
  text: (value) => double(value).replaceAll('#{', '\\#{'),
  yes: 'true',
  no: 'false',
  none: 'nil',
  list: ['[', ']'],
  map: ['{', '}'],
  key: (name) => `${isName(name) ? name : double(name)}: `,
  indent: '  ',
};

export const PHP: Notation = {
  text: single,
  yes: 'true',
  no: 'false',
  none: 'null',
  list: ['[', ']'],
  map: ['[', ']'],
  key: (name) => `${single(name)} => `,
  indent: '    ',
};

/** A value in a notation: short lists on one line, records a line for each key. */
export function literal(value: unknown, notation: Notation, depth = 0): string {
  if (typeof value === 'string') return notation.text(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? notation.yes : notation.no;
  if (Array.isArray(value)) {
    const [open, close] = notation.list;
    return `${open}${value.map((item) => literal(item, notation, depth)).join(', ')}${close}`;
  }
  if (typeof value !== 'object' || value === null) return notation.none;
  return record(value as ApiRecord, notation, depth);
}

function record(value: ApiRecord, notation: Notation, depth: number): string {
  const [open, close] = notation.map;
  const entries = Object.entries(value);
  if (entries.length === 0) return `${open}${close}`;
  const inner = notation.indent.repeat(depth + 1);
  const lines = entries.map(
    ([name, item]) => `${inner}${notation.key(name)}${literal(item, notation, depth + 1)},`,
  );
  return [open, ...lines, `${notation.indent.repeat(depth)}${close}`].join('\n');
}
