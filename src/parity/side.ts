/** What one side answered, in normal form: plain data that can be kept and compared later. */
export interface Side {
  readonly steps: readonly PlayedStep[];
  /** The same, a moment after the last step; null where it was not reached. */
  readonly afterwards: PlayedStep | null;
  /** The subject at the end with what it refers to expanded; null where it has no such form or was not reached. */
  readonly outcome: unknown;
  /** Why it went no further; null where it went to the end. */
  readonly stop: Stop | null;
}

export interface PlayedStep {
  readonly title: string;
  /** `payment_intents.confirm`; null where time passed. */
  readonly call: string | null;
  readonly request: { readonly method: string; readonly path: string; readonly params: unknown } | null;
  /** Milliseconds since the first step began. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** When each request of it was answered, other than those for events. */
  readonly answeredAt: readonly number[];
  /** Null where nothing was called. */
  readonly answer: PlayedAnswer | null;
  /** The subject afterwards, where it is not in the answer. */
  readonly subject: unknown;
  /** Types of events, as they were listed. */
  readonly events: readonly string[];
}

export interface PlayedAnswer {
  readonly status: number;
  readonly apiVersion: string | null;
  readonly replayed: boolean;
  /** The object, or the `error` hash of a refusal. */
  readonly body: unknown;
}

/**
 * - `offline-only` test mode cannot do the step
 * - `refused` reading the subject or its events was refused
 * - `odd` an answer is not shaped like one of the API
 * - `not-emulated` the emulator says that it does not have it
 */
export interface Stop {
  readonly kind: 'not-emulated' | 'odd' | 'offline-only' | 'refused';
  /** The step that was not played, counted from 0. */
  readonly step: number;
  readonly reason: string;
}

/** The steps, and the look afterwards. */
export function playedSteps({ steps, afterwards }: Side): readonly PlayedStep[] {
  return afterwards === null ? steps : [...steps, afterwards];
}

/** Types of the events of a side, as often as they came. */
export function eventCounts(side: Side): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const type of playedSteps(side).flatMap(({ events }) => events)) {
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}
