const UNITS: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 };

/** The longest duration accepted: ten years, in seconds. Anything beyond is a slip of the finger. */
export const LONGEST_DURATION = 10 * 365 * 86_400;

/**
 * Reads `7d`, `24h`, `90s`, `2w`, `1h30m`: whole numbers with units from large to small, each once. Returns seconds,
 * or undefined when the text is not a duration, is zero, or is longer than {@link LONGEST_DURATION}.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text.trim().toLowerCase());
  if (match === null) return undefined;
  const seconds = ['w', 'd', 'h', 'm', 's'].reduce(
    (sum, unit, index) => sum + Number(match[index + 1] ?? 0) * (UNITS[unit] ?? 0),
    0,
  );
  return seconds > 0 && seconds <= LONGEST_DURATION ? seconds : undefined;
}

/** The shortest text {@link parseDuration} reads back: 604800 is `1w`, 5400 is `1h30m`, 0 is `0s`. Whole seconds. */
export function formatDuration(seconds: number): string {
  let rest = Math.round(seconds);
  let text = '';
  for (const [unit, size] of Object.entries(UNITS)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return text === '' ? '0s' : text;
}
