const steps: readonly [limit: number, size: number, unit: string][] = [
  [60, 1, 's'],
  [3600, 60, 'm'],
  [86_400, 3600, 'h'],
  [30 * 86_400, 86_400, 'd'],
];

/** A moment for people: `just now`, `5m ago`, `in 3d`, and the date when it is a month away. Seconds and milliseconds. */
export function ago(seconds: number, nowMilliseconds: number): string {
  const past = Math.round(nowMilliseconds / 1000 - seconds);
  const distance = Math.abs(past);
  if (distance < 5) return 'just now';
  for (const [limit, size, unit] of steps) {
    if (distance < limit) {
      const number = `${Math.floor(distance / size)}${unit}`;
      return past > 0 ? `${number} ago` : `in ${number}`;
    }
  }
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
