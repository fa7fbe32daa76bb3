/**
 * A key as it may be shown: the kind, stars, the last four characters, as Stripe's own errors show it.
 * Short or shapeless text is hidden whole.
 */
export function maskKey(key: string): string {
  const kind = /^(?:[a-z]{2,5}_(?:test|live)|whsec)_/.exec(key)?.[0] ?? '';
  const rest = key.slice(kind.length);
  if (rest.length < 8) return `${kind}${'*'.repeat(rest.length)}`;
  return `${kind}${'*'.repeat(rest.length - 4)}${rest.slice(-4)}`;
}
