import type { ApiRecord } from '../gateway/gateway.ts';

/**
 * A story as data: what is called or done, in order, with what each step must lead to. Texts inside may hold
 * references: `${intent.id}` is replaced by what an earlier step answered (see references.ts).
 */
export interface Scenario {
  /** Kebab-case and unique: `card-success`. */
  readonly id: string;
  readonly title: string;
  /** What one knows after having seen it, in a sentence. */
  readonly teaches: string;
  /**
   * Name of the object whose status the steps are about; it is read again after every step. `intent` unless said
   * otherwise.
   */
  readonly subject?: string;
  /** Name of the call that callers' own parameters go to; the one that makes the subject unless said otherwise. */
  readonly main?: string;
  readonly steps: readonly Step[];
}

interface StepBase {
  /** What is done, in the imperative: `Create and confirm`. */
  readonly title: string;
  /** Why one would, or what to look at, in a sentence or two. */
  readonly why?: string;
  readonly expect?: Expectation;
}

/** A request to the API. */
export interface CallStep extends StepBase {
  /** The operation: `payment_intents.confirm`. */
  readonly call: string;
  /** Id of the object it is about, where its path has one: `${intent.id}`; several where it has more. */
  readonly on?: string | readonly string[];
  readonly params?: ApiRecord;
  /** The name under which later steps know the answer. */
  readonly as?: string;
  readonly idempotencyKey?: string;
  /** Sent as a browser sends it, with the publishable key instead of the secret one. Only an emulator takes any such key. */
  readonly key?: 'publishable';
  /** Why Stripe's test mode cannot do it; absent where it can. */
  readonly offlineOnly?: string;
}

/** The customer passes or fails what the intent asks of them. Only the emulator can play the customer. */
export interface AuthenticateStep extends StepBase {
  /** Id of an intent: `${intent.id}`. */
  readonly authenticate: string;
  readonly outcome: 'fail' | 'succeed';
}

/** Time passes: `3s`, `7d`. Short times are waited for where the clock is Stripe's. */
export interface AdvanceStep extends StepBase {
  readonly advance: string;
}

export type Step = AdvanceStep | AuthenticateStep | CallStep;

/** What a step must lead to. What is not mentioned is not looked at. */
export interface Expectation {
  /** Of the subject, afterwards. */
  readonly status?: string;
  /** The call is refused with this error; without it, a refusal ends the scenario. */
  readonly error?: ExpectedError;
  /** The types of all events about what the scenario made, in order. */
  readonly events?: readonly string[];
  /** Types of further events that may come in between: what an object of the user's still has to come. */
  readonly besides?: readonly string[];
}

export interface ExpectedError {
  /** Of the HTTP answer. */
  readonly status?: number;
  readonly code?: string;
  readonly decline_code?: string;
}

export function isCall(step: Step): step is CallStep {
  return 'call' in step;
}

export function isAuthenticate(step: Step): step is AuthenticateStep {
  return 'authenticate' in step;
}

export function isAdvance(step: Step): step is AdvanceStep {
  return 'advance' in step;
}

const DEFAULT_SUBJECT = 'intent';

export function subjectOf(scenario: Pick<Scenario, 'subject'>): string {
  return scenario.subject ?? DEFAULT_SUBJECT;
}

/** The call that takes callers' own parameters; undefined where a scenario has none. */
export function mainCall(scenario: Scenario): CallStep | undefined {
  const name = scenario.main ?? subjectOf(scenario);
  return scenario.steps.filter(isCall).find((step) => step.as === name);
}

/** The types of the events that the steps expect, each once, in the order in which they first come. */
export function expectedEvents(scenario: Scenario): readonly string[] {
  return [...new Set(scenario.steps.flatMap((step) => step.expect?.events ?? []))];
}

/** The statuses the subject goes through, as the steps expect them, without repetitions. */
export function expectedStatuses(scenario: Scenario): readonly string[] {
  const all = scenario.steps.flatMap(({ expect }) => (expect?.status === undefined ? [] : [expect.status]));
  return all.filter((status, index) => status !== all[index - 1]);
}

/** The part of a scenario that has to be played until an event of this type is sent. */
export function stepsUntil(steps: readonly Step[], type: string): readonly Step[] {
  const last = steps.findIndex((step) => step.expect?.events?.includes(type) === true);
  return last < 0 ? steps : steps.slice(0, last + 1);
}
