export interface HeaderText {
  /** The value to verify with; undefined where there is none. */
  readonly value: string | undefined;
  /** What is wrong with its form, for when it does not verify. */
  readonly fault: string | undefined;
}

/** Takes a header as people paste it: with or without its name in front, with a line end behind. */
export function readHeader(pasted: string | undefined): HeaderText {
  if (pasted === undefined) return { value: undefined, fault: undefined };
  const value = pasted.replace(/^\s*stripe-signature\s*:\s*/i, '').trim();
  return { value: value === '' ? undefined : value, fault: faultOf(value) };
}

function faultOf(value: string): string | undefined {
  if (/^["'].*["']$/s.test(value)) return 'The header has quotes around it that are not part of it.';
  if (value.startsWith('[')) return 'The header is an array written out; take its first element.';
  if (/,\s+(v1|t)=|^(v1|t)\s+=/.test(value))
    return 'The header has blanks after its commas, which Stripe does not write: something took it apart and joined it again.';
  if (/%3D|%2C/i.test(value)) return 'The header is URL-encoded.';
  if (/^whsec_/.test(value)) return 'This is a secret, not a header; a header looks like t=…,v1=….';
  return undefined;
}
