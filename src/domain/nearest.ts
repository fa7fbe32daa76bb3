/** Edits between two strings; two swapped neighbours count as one edit. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let edits = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + same,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        edits = Math.min(edits, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(edits);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/**
 * The candidate somebody probably meant, or undefined when nothing is close: a third of the letters may differ, at
 * least one and at most three. Case and the difference between `-` and `_` do not count. Ties go to the first.
 */
export function nearest(given: string, candidates: Iterable<string>): string | undefined {
  return nearestAll(given, candidates, 1)[0];
}

/** Up to `limit` close candidates, closest first; a candidate that begins with what was typed counts as close. */
export function nearestAll(given: string, candidates: Iterable<string>, limit = 3): string[] {
  const wanted = plain(given);
  if (wanted === '') return [];
  const allowed = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  const close: { candidate: string; distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    const other = plain(candidate);
    const lengths = Math.abs(other.length - wanted.length);
    const begins = wanted.length >= 3 && other.startsWith(wanted);
    if (lengths > allowed && !begins) continue;
    const distance = editDistance(wanted, other);
    if (distance <= allowed) close.push({ candidate, distance });
    else if (begins) close.push({ candidate, distance: allowed + 0.5 });
  }
  close.sort((left, right) => left.distance - right.distance);
  return close.slice(0, limit).map((entry) => entry.candidate);
}

function plain(text: string): string {
  return text.trim().toLowerCase().replace(/_/g, '-');
}
