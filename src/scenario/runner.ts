import { parseDuration } from '../domain/duration.ts';
import { callPath, findCall } from '../gateway/api-calls.ts';
import type { ApiRecord, RequestMethod, RequestOptions } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import { EventReader } from './event-reader.ts';
import { deviationsFrom } from './expectation.ts';
import {
  type CallStep,
  isAdvance,
  isAuthenticate,
  isCall,
  type Scenario,
  type Step,
  stepsUntil,
  subjectOf,
} from './format.ts';
import { follow, resolve } from './references.ts';
import { ADVANCE_PATH, advance, authenticate, authenticateRequest, type Stage } from './stage.ts';

/** What was sent, with its references replaced; what was done where nothing is sent. */
export interface SentRequest {
  readonly method: RequestMethod;
  readonly path: string;
  readonly params: ApiRecord;
  readonly idempotencyKey?: string;
  /** Sent with a publishable key. */
  readonly publishable?: true;
}

/** A refusal of the API. */
export interface StepError {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly code: string | undefined;
  readonly declineCode: string | undefined;
  readonly message: string;
}

/** What came of one step. */
export interface StepResult {
  readonly step: Step;
  /** Counted from 0. */
  readonly index: number;
  readonly request: SentRequest;
  /** The object of the answer; undefined where the call was refused. */
  readonly answer: ApiRecord | undefined;
  /** True when the idempotency key had been used before and the first answer came back. */
  readonly replayed: boolean;
  /** The refusal that the step expected. */
  readonly error: StepError | undefined;
  /** The subject of the scenario before and after; undefined while there is none. */
  readonly before: ApiRecord | undefined;
  readonly after: ApiRecord | undefined;
  readonly status: string | undefined;
  /** Whole events about what the scenario made, oldest first. */
  readonly events: readonly ApiRecord[];
  /** What is not as the step expects; empty when all is. */
  readonly deviations: readonly string[];
}

/** Times up to this long are waited for where the clock is Stripe's. Seconds. */
const LONGEST_WAIT = 300;

/** The step cannot be done on this target. */
export class StepNotPossible extends Error {
  override readonly name = 'StepNotPossible';
  readonly step: Step;

  constructor(step: Step, reason: string) {
    super(reason);
    this.step = step;
  }
}

/** Why Stripe's test mode cannot do this step; undefined where it can. */
export function whyOfflineOnly(step: Step): string | undefined {
  if (isAuthenticate(step))
    return 'only the emulator can play the customer; Stripe wants its own page in a browser';
  if (isAdvance(step)) {
    return (parseDuration(step.advance) ?? 0) > LONGEST_WAIT
      ? `only the emulator's clock can be moved, and this takes ${step.advance}`
      : undefined;
  }
  return step.key === 'publishable' ? 'only the emulator takes any publishable key' : step.offlineOnly;
}

/** Why Stripe's test mode cannot play the whole scenario; undefined where it can. */
export function offlineOnly(scenario: Pick<Scenario, 'steps'>): string | undefined {
  for (const step of scenario.steps) {
    const reason = whyOfflineOnly(step);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/**
 * A scenario being played. Steps are performed one by one, so that whoever watches can stop in between or perform a
 * step that is not in the scenario.
 */
export class Play {
  readonly #stage: Stage;
  readonly #events: EventReader;
  readonly #subject: string;
  readonly #objects = new Map<string, ApiRecord>();
  #performed = 0;

  private constructor(stage: Stage, events: EventReader, subject: string) {
    this.#stage = stage;
    this.#events = events;
    this.#subject = subject;
  }

  /** `given` are objects that exist already, by the names steps use for them. @throws GatewayError */
  static async open(
    stage: Stage,
    subject: string,
    given: Readonly<Record<string, ApiRecord>> = {},
  ): Promise<Play> {
    const play = new Play(stage, await EventReader.open(stage), subject);
    for (const [name, object] of Object.entries(given)) {
      play.#keep(name, object);
      play.#events.noteOwn(object);
      play.#events.noteObject(idOf(object['latest_charge']));
    }
    return play;
  }

  /** What steps have answered so far, by name. */
  get objects(): ReadonlyMap<string, ApiRecord> {
    return this.#objects;
  }

  /**
   * Performs a step and looks at what it did.
   *
   * @throws StepNotPossible before anything is sent
   * @throws GatewayError for a refusal that the step does not expect
   * @throws BadReference for a reference that leads nowhere
   */
  async perform(step: Step, { refusable = false }: PerformOptions = {}): Promise<StepResult> {
    const reason = this.#stage.emulated ? undefined : whyOfflineOnly(step);
    if (reason !== undefined) throw new StepNotPossible(step, reason);
    const before = this.#objects.get(this.#subject);
    const { request, answer, error, replayed } = await this.#do(step, refusable);
    this.#performed += 1;
    const fresh = answer !== undefined && request.publishable !== true && answer['id'] === before?.['id'];
    const after = fresh || error?.embedded === true ? this.#objects.get(this.#subject) : await this.#reread();
    const events = await this.#events.read(step.expect?.events ?? []);
    const result: Omit<StepResult, 'deviations'> = {
      step,
      index: this.#performed - 1,
      request,
      answer,
      replayed: replayed === true,
      error: error?.facts,
      before,
      after,
      status: typeof after?.['status'] === 'string' ? after['status'] : undefined,
      events,
    };
    return { ...result, deviations: deviationsFrom(step.expect, result, this.#stage.emulated) };
  }

  /** What a step is going to send, with its references replaced. @throws BadReference */
  requestFor(step: Step): SentRequest {
    if (isCall(step)) return this.#requestOf(step).request;
    if (isAdvance(step)) return { method: 'POST', path: ADVANCE_PATH, params: { duration: step.advance } };
    const { path } = authenticateRequest(String(this.#resolve(step.authenticate)));
    return { method: 'POST', path, params: { outcome: step.outcome } };
  }

  async #do(step: Step, refusable: boolean): Promise<Done> {
    if (isCall(step)) return this.#call(step, refusable);
    const { gateway, emulated } = this.#stage;
    const request = this.requestFor(step);
    if (isAuthenticate(step)) {
      try {
        const answer = await authenticate(gateway, String(this.#resolve(step.authenticate)), step.outcome);
        this.#absorb(answer);
        return { request, answer };
      } catch (error) {
        if (!refusable || !(error instanceof GatewayError) || error.facts.status === undefined) throw error;
        const { status, type, code, declineCode } = error.facts;
        return {
          request,
          answer: undefined,
          error: { facts: { status, type, code, declineCode, message: error.message }, embedded: false },
        };
      }
    }
    if (emulated) await advance(gateway, step.advance);
    else await this.#stage.sleep((parseDuration(step.advance) ?? 0) * 1000);
    return { request, answer: undefined };
  }

  #requestOf(step: CallStep) {
    const call = findCall(step.call);
    if (call === undefined) throw new Error(`no operation ${step.call} in the API tables`);
    const ids = [step.on ?? []].flat().map((id) => String(this.#resolve(id)));
    const params = this.#resolve(step.params ?? {}) as ApiRecord;
    const key = step.idempotencyKey === undefined ? undefined : String(this.#resolve(step.idempotencyKey));
    const options: RequestOptions & Pick<SentRequest, 'idempotencyKey' | 'publishable'> = {
      ...(key === undefined ? {} : { idempotencyKey: key }),
      ...(step.key === 'publishable' ? { publishable: true } : {}),
    };
    return { request: { method: call.method, path: callPath(call, ids), params, ...options }, ids, options };
  }

  async #call(step: CallStep, refusable: boolean): Promise<Done> {
    const { request, ids, options } = this.#requestOf(step);
    const { method, path, params } = request;
    for (const id of ids) this.#events.noteObject(id);
    try {
      const answer = await this.#stage.gateway.request(method, path, params, options);
      this.#events.noteRequest(answer.requestId);
      this.#events.noteOwn(answer.object);
      // A browser does not see the whole of an intent.
      if (step.key !== 'publishable') this.#absorb(answer.object);
      if (step.as !== undefined) this.#keep(step.as, answer.object);
      return { request, answer: answer.object, replayed: answer.replayed };
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.#events.noteRequest(error.facts.requestId);
      const tolerated = refusable && error.facts.status !== undefined;
      if (step.expect?.error === undefined && !tolerated) throw error;
      return { request, answer: undefined, error: this.#refusal(step, error) };
    }
  }

  /** A declined payment leaves an intent behind, which travels inside the error. */
  #refusal(step: CallStep, error: GatewayError): Refusal {
    const { status, type, code, declineCode, body } = error.facts;
    let embedded = false;
    for (const name of step.key === 'publishable' ? [] : ['payment_intent', 'setup_intent']) {
      const object = body[name];
      if (!isRecord(object)) continue;
      this.#absorb(object);
      if (step.as !== undefined && step.call.startsWith(`${name}s.`)) this.#keep(step.as, object);
      embedded ||= this.#objects.get(this.#subject) === object;
    }
    return { facts: { status, type, code, declineCode, message: error.message }, embedded };
  }

  /** What is known under a name is replaced by its newest form. */
  #absorb(object: ApiRecord): void {
    if (typeof object['id'] !== 'string') return;
    for (const [name, known] of this.#objects) {
      if (known['id'] === object['id']) this.#objects.set(name, object);
    }
  }

  #keep(name: string, object: ApiRecord): void {
    this.#objects.set(name, object);
    this.#events.noteObject(object['id']);
  }

  async #reread(): Promise<ApiRecord | undefined> {
    const subject = this.#objects.get(this.#subject);
    if (subject === undefined || subject['deleted'] === true) return subject;
    const call = findCall(`${String(subject['object'])}s.retrieve`);
    if (call === undefined || typeof subject['id'] !== 'string') return subject;
    const { object } = await this.#stage.gateway.request('GET', callPath(call, [subject['id']]));
    this.#absorb(object);
    return object;
  }

  #resolve(value: unknown): unknown {
    return resolve(value, (path) => {
      const [name = '', ...rest] = path.split('.');
      return follow(this.#objects.get(name), rest);
    });
  }
}

export interface PerformOptions {
  /** A refusal is a result, expected or not: somebody is trying something. */
  readonly refusable?: boolean;
}

interface Refusal {
  readonly facts: StepError;
  /** Whether the error held the subject as it is now. */
  readonly embedded: boolean;
}

interface Done {
  readonly request: SentRequest;
  readonly answer: ApiRecord | undefined;
  readonly error?: Refusal;
  readonly replayed?: boolean;
}

export interface RunOptions {
  /** Ends after the step that sent an event of this type. */
  readonly until?: string | undefined;
  /** Objects that exist already, by the names the steps use. */
  readonly given?: Readonly<Record<string, ApiRecord>>;
}

/**
 * Plays a scenario step by step: whoever takes the results decides how fast, and whether to go on.
 *
 * @throws StepNotPossible before the first step when any of them cannot be done on this target
 * @throws GatewayError, BadReference
 */
export async function* runScenario(
  scenario: Pick<Scenario, 'steps' | 'subject'>,
  stage: Stage,
  { until, given = {} }: RunOptions = {},
): AsyncGenerator<StepResult, void, void> {
  const steps = until === undefined ? scenario.steps : stepsUntil(scenario.steps, until);
  for (const step of stage.emulated ? [] : steps) {
    const reason = whyOfflineOnly(step);
    if (reason !== undefined) throw new StepNotPossible(step, reason);
  }
  const play = await Play.open(stage, subjectOf(scenario), given);
  for (const step of steps) {
    const result = await play.perform(step);
    yield result;
    if (until !== undefined && result.events.some((event) => event['type'] === until)) return;
  }
}

function isRecord(value: unknown): value is ApiRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function idOf(value: unknown): unknown {
  return isRecord(value) ? value['id'] : value;
}
