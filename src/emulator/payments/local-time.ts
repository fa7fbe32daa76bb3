/** Days and their ends in the places where vouchers and banks live. All times are unix seconds. */

const DAY = 24 * 60 * 60;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** How far a time zone is ahead of UTC at a moment, in seconds. */
function offsetAt(time: number, timeZone: string): number {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  const part = Object.fromEntries(
    formatter.formatToParts(time * 1000).map(({ type, value }) => [type, Number(value)]),
  );
  const local = Date.UTC(
    part['year'] as number,
    (part['month'] as number) - 1,
    part['day'] as number,
    part['hour'] as number,
    part['minute'] as number,
    part['second'] as number,
  );
  return local / 1000 - time;
}

/** Midnight at which a day begins: `days` after the day that `time` falls on, in a time zone. */
function startOfDay(time: number, days: number, timeZone: string): number {
  const local = time + offsetAt(time, timeZone);
  const midnight = local - (local % DAY) + days * DAY;
  return midnight - offsetAt(midnight - offsetAt(time, timeZone), timeZone);
}

/** 23:59:59 of the day `days` after the day that `time` falls on: when vouchers run out (seen for oxxo 2021). */
export function endOfDay(time: number, days: number, timeZone: string): number {
  return startOfDay(time, days + 1, timeZone) - 1;
}

/** Midnight of the next day that is no weekend: when deposits arrive (seen for ACH 2024). Holidays are not known. */
export function nextBusinessDay(time: number, timeZone: string): number {
  let days = 1;
  for (;;) {
    const day = startOfDay(time, days, timeZone);
    const weekday = new Date((day + offsetAt(day, timeZone)) * 1000).getUTCDay();
    if (weekday !== 0 && weekday !== 6) return day;
    days += 1;
  }
}
