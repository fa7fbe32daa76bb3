/** Where two bodies part, with what stands there. */
export interface Difference {
  /** Offset of the first byte that differs, from 0. */
  readonly offset: number;
  /** Line and column in the body that was signed, from 1; columns count bytes. */
  readonly line: number;
  readonly column: number;
  /** What was signed, around that place, with line ends and the like made visible. */
  readonly signed: string;
  /** What arrived, around the same place. */
  readonly given: string;
  /** The byte in each, as two hexadecimal digits; null where the body has ended. */
  readonly signedByte: string | null;
  readonly givenByte: string | null;
}

const BEFORE = 12;
const AFTER = 24;

/** The first difference between what was signed and what arrived; undefined where there is none. */
export function firstDifference(signed: Uint8Array, given: Uint8Array): Difference | undefined {
  const shorter = Math.min(signed.length, given.length);
  let offset = 0;
  while (offset < shorter && signed[offset] === given[offset]) offset += 1;
  if (offset === signed.length && offset === given.length) return undefined;
  const before = Buffer.from(signed.subarray(0, offset)).toString('latin1');
  const lines = before.split('\n');
  return {
    offset,
    line: lines.length,
    column: (lines.at(-1)?.length ?? 0) + 1,
    signed: excerpt(signed, offset),
    given: excerpt(given, offset),
    signedByte: byteAt(signed, offset),
    givenByte: byteAt(given, offset),
  };
}

function byteAt(bytes: Uint8Array, offset: number): string | null {
  const byte = bytes[offset];
  return byte === undefined ? null : byte.toString(16).padStart(2, '0');
}

function excerpt(bytes: Uint8Array, offset: number): string {
  let start = Math.max(0, offset - BEFORE);
  // Not in the middle of a character.
  while (start > 0 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  const end = Math.min(bytes.length, offset + AFTER);
  const text = Buffer.from(bytes.subarray(start, end)).toString('utf8');
  return `${start > 0 ? '…' : ''}${visible(text)}${end < bytes.length ? '…' : '⟨end⟩'}`;
}

/** Line ends, tabs, byte order marks and control characters as signs. */
function visible(text: string): string {
  return text
    .replaceAll('\r', '␍')
    .replaceAll('\n', '␊')
    .replaceAll('\t', '␉')
    .replaceAll('\ufeff', '⟨BOM⟩')
    .replace(/[\p{Cc}\p{Cf}]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `⟨${code.toString(16).padStart(2, '0')}⟩`;
    });
}
