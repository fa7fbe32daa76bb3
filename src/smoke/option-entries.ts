import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** The options in a file, each with its words; or the line that is none, counted from 1. */
export type OptionEntries =
  | { readonly ok: true; readonly entries: readonly (readonly [name: string, words: readonly string[]])[] }
  | { readonly ok: false; readonly line: number };

/** Reads `currency: eur` and `only: [payment, decline]`. */
export function readOptionEntries(text: string): OptionEntries {
  const lines = new LineCounter();
  const { contents, errors } = parseDocument(text, { lineCounter: lines, schema: 'failsafe' });
  const notUnderstood = (offset: number): OptionEntries => ({
    ok: false,
    line: Math.max(1, lines.linePos(offset).line),
  });
  const at = (node: unknown) => (node as Node | null | undefined)?.range?.[0] ?? 0;
  const [error] = errors;
  if (error !== undefined) return notUnderstood(error.pos[0]);
  if (contents === null) return { ok: true, entries: [] };
  if (!isMap(contents)) return notUnderstood(at(contents));
  const entries: [string, string[]][] = [];
  for (const { key, value } of contents.items) {
    const values = isSeq(value) ? value.items : value === null ? [] : [value];
    if (!isScalar(key) || !values.every(isScalar)) return notUnderstood(at(key));
    const words = values.map((one) => String(isScalar(one) ? (one.value ?? '') : ''));
    entries.push([String(key.value), words.filter((word) => word !== '')]);
  }
  return { ok: true, entries };
}
