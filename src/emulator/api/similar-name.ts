/**
 * The known name that a wrong one was probably meant to be, for Stripe's `Did you mean …?`.
 *
 * Which names Stripe suggests is not published. Its API is written in Ruby, and the pairs seen in public issues
 * (`customers` → `customer`, `customer_data` → `customer_update`, none for `wat` or `status`) agree with Ruby's
 * spelling checker, so this follows that one's rule: alike by Jaro-Winkler, then few enough typing errors.
 */
export function similarName(wrong: string, known: readonly string[]): string | undefined {
  const input = wrong.toLowerCase();
  const alike = known
    .map((name) => ({ name, likeness: likeness(name, input) }))
    .filter(({ name, likeness: value }) => value >= (input.length > 3 ? 0.834 : 0.77) && name !== wrong)
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ name }) => name);
  const fewErrors = Math.ceil(input.length * 0.25);
  const mistyped = alike.find((name) => typingErrors(name, input) <= fewErrors);
  if (mistyped !== undefined) return mistyped;
  return alike.find((name) => typingErrors(name, input) < Math.min(input.length, name.length));
}

/** Edit distance of two short strings. */
function typingErrors(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}

/** Jaro similarity, raised by a common beginning of up to four characters once the strings are alike at all. */
function likeness(a: string, b: string): number {
  const base = jaro(a, b);
  if (base <= 0.7) return base;
  let prefix = 0;
  while (prefix < 4 && prefix < Math.min(a.length, b.length) && a[prefix] === b[prefix]) prefix++;
  return base + prefix * 0.1 * (1 - base);
}

function jaro(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 0) return 0;
  const reach = Math.max(Math.floor(long.length / 2) - 1, 0);
  const used = new Set<number>();
  const matched: string[] = [];
  for (let i = 0; i < short.length; i++) {
    for (let j = Math.max(0, i - reach); j <= Math.min(i + reach, long.length - 1); j++) {
      if (used.has(j) || short[i] !== long[j]) continue;
      used.add(j);
      matched.push(short[i] as string);
      break;
    }
  }
  if (matched.length === 0) return 0;
  const other = [...used].sort((x, y) => x - y).map((at) => long[at]);
  const outOfOrder = matched.filter((character, at) => character !== other[at]).length;
  const m = matched.length;
  return (m / short.length + m / long.length + (m - Math.floor(outOfOrder / 2)) / m) / 3;
}
