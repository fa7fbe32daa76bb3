/** When a delivery that failed is sent again. All times are in seconds, before they are scaled. */
export interface RetrySchedule {
  readonly name: string;
  /** The wait after each failed attempt: as many retries as there are waits. */
  readonly delays: readonly number[];
  /** So many failed attempts keep what comes after it waiting; after that others go ahead of it. */
  readonly holdsFor: number;
  /** What happens while nobody listens at the address; such attempts are counted on their own. Otherwise they are failures like others. */
  readonly whileDown?: { readonly longestDelay: number; readonly giveUpAfter: number };
}

/**
 * For work on one's own machine: retries after 1, 3, 9, 27, 81 and 243 seconds. An app that is not running is looked for
 * every nine seconds at most, for an hour, since it is usually being restarted.
 */
export const LOCAL_SCHEDULE: RetrySchedule = {
  name: 'local',
  delays: [1, 3, 9, 27, 81, 243],
  holdsFor: 3,
  whileDown: { longestDelay: 9, giveUpAfter: 3600 },
};

/** Test mode retries three times over a few hours (documented); the intervals are not published, these are guessed. */
export const TEST_MODE_SCHEDULE: RetrySchedule = { name: 'test', delays: [300, 3600, 10_800], holdsFor: 0 };

/** Live mode retries for up to three days and waits longer each time (documented); the intervals are guessed. */
export const LIVE_MODE_SCHEDULE: RetrySchedule = {
  name: 'live',
  delays: [300, 1800, 7200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200],
  holdsFor: 0,
};

export const NO_RETRIES: RetrySchedule = { name: 'none', delays: [], holdsFor: 0 };

/** How a delivery has fared. */
export interface AttemptCounts {
  /** Attempts that failed while somebody was there. */
  readonly failures: number;
  /** Attempts that met nobody at the address. */
  readonly unreachable: number;
}

/**
 * How long to wait before the next attempt.
 *
 * @param counts the latest attempt included
 * @param down whether the latest attempt met nobody
 * @param scale factor for all waits
 * @returns milliseconds; undefined when it is time to give up
 */
export function retryDelay(
  schedule: RetrySchedule,
  counts: AttemptCounts,
  down: boolean,
  scale = 1,
): number | undefined {
  const { delays, whileDown } = schedule;
  if (!down || whileDown === undefined) {
    const failures = whileDown === undefined ? counts.failures + counts.unreachable : counts.failures;
    const delay = delays[failures - 1];
    return delay === undefined ? undefined : delay * 1000 * scale;
  }
  const most = Math.max(1, Math.floor(whileDown.giveUpAfter / whileDown.longestDelay));
  if (counts.unreachable > most) return undefined;
  const delay = Math.min(delays[counts.unreachable - 1] ?? whileDown.longestDelay, whileDown.longestDelay);
  return delay * 1000 * scale;
}

/** Whether what comes after a failed delivery waits for it. */
export function holdsLine(schedule: RetrySchedule, counts: AttemptCounts): boolean {
  return schedule.whileDown === undefined
    ? counts.failures + counts.unreachable <= schedule.holdsFor
    : counts.failures <= schedule.holdsFor;
}

/** The waits before the retries in words, e.g. `1s, 3s, 9s`. */
export function describeSchedule(schedule: RetrySchedule, scale = 1): string {
  return schedule.delays.map((delay) => spoken(delay * scale)).join(', ');
}

function spoken(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)}ms`;
  if (seconds >= 3600) return `${Number((seconds / 3600).toFixed(1))}h`;
  if (seconds >= 600 || (seconds >= 60 && seconds % 60 === 0)) return `${Number((seconds / 60).toFixed(1))}m`;
  return `${Number(seconds.toFixed(1))}s`;
}
