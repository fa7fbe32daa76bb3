/**
 * The account that a key says it is of: `sk_test_51AbC…` belongs to `acct_1AbC…`. Known from looking at keys and nowhere
 * documented, so it is good for a hint and for nothing else. Older keys and those of the emulator say nothing.
 */
export function accountInKey(key: string): string | undefined {
  const [, mark] = /^[a-z]{2}_(?:test|live)_5(1[A-Za-z0-9]{15})[A-Za-z0-9]{40,}$/.exec(key) ?? [];
  return mark === undefined ? undefined : `acct_${mark}`;
}
