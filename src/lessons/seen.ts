import type { ApiRecord } from '../gateway/gateway.ts';
import type { RequestLog } from '../gateway/request-log.ts';

/** What the emulator remembers of the learner's turn, whoever sent the requests: payintent, curl or a program. */
export interface Seen {
  /** What earlier steps and rounds made, by name, as it is now; `finds` of the present task included. */
  readonly objects: ReadonlyMap<string, ApiRecord>;
  /** PaymentIntents that were made or changed during the turn, as they are now, newest first. */
  readonly intents: readonly ApiRecord[];
  /** Whole events of the turn, oldest first. */
  readonly events: readonly ApiRecord[];
  /** Requests of the turn that were sent by the learner, oldest first; secrets are masked. */
  readonly requests: readonly RequestLog[];
  /** What an exercise's program did when it was tried; see exercises/. Empty without one. */
  readonly facts: Readonly<Record<string, unknown>>;
}
