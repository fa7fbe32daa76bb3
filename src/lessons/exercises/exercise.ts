import type { ApiRecord, RequestMethod } from '../../gateway/gateway.ts';
import type { Answered, Delivery } from './visit.ts';

/**
 * A small program that takes part in a round: the shop of the lesson. It ships in two versions, `start` with the mistake
 * and `mended` without it (see programs.ts), reads PORT, STRIPE_API_BASE, STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, and
 * tells at `GET /orders` what it did.
 *
 * How a player uses it:
 *
 * 1. When the round begins, `placeCopy` (copy.ts) puts the start version into the learner's folder where it is not yet; a
 *    copy that was changed is left as it is, and the player says so. Then `startExercise` (start.ts) starts the program and
 *    answers its `url`, which stays the same for the whole round, whatever becomes of the program. It is shown as
 *    `SHOP=<url>`: texts of lessons say `$SHOP`.
 * 2. `exercise.visits` are what the learner does with curl: `visitCommand` (visit.ts) writes them down. To do it for the
 *    learner, `running.visit(visit, objects)` sends them, in their order and before the steps of the task; an answer with
 *    a name (`as`) belongs to the objects that the steps may refer to.
 * 3. With `runs: 'copy'` the learner changes the file: offer `$EDITOR`, what differs (`differences`), and, to do it for
 *    the learner, `putVersion(copy, 'mended')`.
 * 4. At every check `running.look()` starts the program again if its file has changed, lets the probe try it in an
 *    emulator of its own, and answers the `facts` for `Seen`; `trouble` says why a program could not be tried, and
 *    `tried` what was sent to it, for people who want to know why a check is not met.
 * 5. `running.stop()` at the end of the round, however it ends.
 */
export interface Exercise {
  readonly program: ProgramName;
  /** What runs: the learner's copy, or the version with the mistake as it was shipped. */
  readonly runs: 'copy' | 'start';
  readonly visits?: readonly Visit[];
  readonly probe?: Probe;
}

export const PROGRAMS = ['checkout', 'receiver', 'fulfilment'] as const;

export type ProgramName = (typeof PROGRAMS)[number];

export type ProgramVersion = 'mended' | 'start';

/** Something that is done to the program from outside. References such as `${intent.id}` are allowed in texts. */
export type Visit = DeliverVisit | RequestVisit;

/** A browser, or whoever pretends to be one. */
export interface RequestVisit {
  readonly title: string;
  readonly method: 'GET' | 'POST';
  /** `/checkout` */
  readonly path: string;
  /** Sent as HTML forms are. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as JSON, in place of a form. */
  readonly json?: ApiRecord;
  /** The name under which steps and later visits know the answer, which is JSON. */
  readonly as?: string;
}

/** Stripe delivers an event, signed. */
export interface DeliverVisit {
  readonly title: string;
  /** Its type; of several the newest. */
  readonly deliver: string;
  /** Id of the intent that it is about. */
  readonly about: string;
  /** Where the program takes events. */
  readonly path: string;
}

/**
 * What was seen of a program. Always there: `runs` (whether it answers), `visits` (what came to it during the turn, see
 * `Answered`), `orders` (what it answers at `GET /orders`). The rest is said by the probe.
 */
export type Facts = Readonly<Record<string, unknown>>;

/** Tries a program. @throws ProgramSilent where it does not answer any more */
export type Probe = (bench: ProbeBench) => Promise<Facts>;

/** What a probe works with: the program, running, and an emulator that nobody else uses. */
export interface ProbeBench {
  /** A request to the program, as a browser sends it. */
  visit(method: 'GET' | 'POST', path: string, form?: Readonly<Record<string, string>>): Promise<Answered>;
  /** An event to the program. */
  deliver(event: ApiRecord, delivery?: Delivery): Promise<Answered>;
  /** A request to the emulator. A refusal is an answer. */
  call(method: RequestMethod, path: string, params?: ApiRecord): Promise<ApiRecord>;
  /** The events since the last time, oldest first. */
  takeEvents(): Promise<ApiRecord[]>;
  /** Everything that the program sent to the emulator so far. */
  readonly calls: readonly { readonly method: string; readonly path: string; readonly status: number }[];
}
