/**
 * The known name that a wrong one was probably meant to be, for `Did you mean …?`. Stripe's own rule is not published;
 * this one accepts one typing error for every three characters.
 */
export function similarName(wrong: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = Math.floor(wrong.length / 3) + 1;
  for (const name of known) {
    const errors = typingErrors(wrong, name, fewest);
    if (errors < fewest) {
      fewest = errors;
      best = name;
    }
  }
  return best;
}

/** Edit distance of two short strings, or `limit` when it is at least that. */
function typingErrors(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return Math.min(row[b.length] as number, limit);
}
