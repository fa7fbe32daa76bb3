import { type ApiRecord, pathTo, type TargetName } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import {
  type AdvanceStep,
  isAdvance,
  isCall,
  type Scenario,
  type Step,
  subjectOf,
} from '../scenario/format.ts';
import { BadReference } from '../scenario/references.ts';
import { Play, type StepResult, whyOfflineOnly } from '../scenario/runner.ts';
import type { Stage } from '../scenario/stage.ts';
import type { Mark } from '../smoke/tidy-gateway.ts';
import type { Heard, HeardGateway } from './heard-gateway.ts';
import { markedSteps } from './marked-steps.ts';
import { NormalForm } from './normal-form.ts';
import type { PlayedAnswer, PlayedStep, Side, Stop } from './side.ts';

export interface SideOptions {
  /** Speaks through `heard`. Time passes on it as on Stripe's side: nobody moves a clock. */
  readonly stage: Stage;
  readonly heard: HeardGateway;
  readonly mark: Mark;
  /** Types of all events that are to come in the end, where that is known: they are waited for. */
  readonly expected?: ReadonlyMap<string, number>;
  /** Told before a step is played, by its number. */
  readonly onStep?: (index: number) => void;
  /** Told whether the events of a step, which are waited for, came. */
  readonly onEvents?: (came: boolean) => void;
}

/** Once everything is done it is looked at again a little later: some events come of themselves. */
const MOMENT: AdvanceStep = { title: 'A moment later', advance: '4s' };

/** Failures that say nothing about the step: they end the whole scenario. */
const FATAL: ReadonlySet<string> = new Set(['api', 'auth', 'network', 'permission', 'rate_limited']);

/** What an intent refers to and is worth comparing as well. */
const EXPAND: Readonly<Record<string, readonly string[]>> = {
  payment_intent: ['latest_charge.balance_transaction', 'payment_method'],
  setup_intent: ['latest_attempt', 'payment_method'],
};

/**
 * Plays a scenario on one side as far as Stripe's test mode could. Refusals are answers like any other.
 *
 * @throws GatewayError for what no step is about: a key that is not accepted, a server that fails
 */
export async function playSide(
  scenario: Pick<Scenario, 'steps' | 'subject'>,
  { stage, heard, mark, expected, onStep, onEvents }: SideOptions,
): Promise<Side> {
  const form = new NormalForm(mark);
  const played: PlayedStep[] = [];
  const began = stage.now();
  const since = (): number => stage.now() - began;
  let afterwards: PlayedStep | null = null;
  let outcome: unknown = null;
  let stop: Stop | null = null;
  let last: StepResult | undefined;
  const one = async (play: Play, step: Step, wanted: readonly string[]): Promise<PlayedStep> => {
    onStep?.(played.length);
    const startedAt = since();
    heard.take();
    const watched: Step = { ...step, expect: { ...step.expect, events: wanted } };
    const result = await play.perform(watched, { refusable: true }).catch((error: unknown) => {
      // A refusal is compared even where nothing can be looked at after it.
      const own = isCall(step) ? heard.take()[0] : undefined;
      if (own?.error !== undefined && !FATAL.has(own.error.kind)) {
        played.push(refusedStep(step, own, form, { startedAt, endedAt: since() }));
      }
      throw error;
    });
    const requests = [...heard.take()];
    const own = isCall(step) ? requests[0] : undefined;
    if (own?.error !== undefined && FATAL.has(own.error.kind)) throw own.error;
    const types = result.events.map((event) => String(event['type']));
    if (wanted.length > 0) onEvents?.(wanted.every((type) => types.includes(type)));
    const after = isAdvance(step) ? ((await reread(stage, result.after)) ?? result.after) : result.after;
    requests.push(...heard.take());
    last = { ...result, after };
    return {
      title: step.title,
      call: isCall(step) ? step.call : null,
      request: isCall(step)
        ? {
            method: result.request.method,
            path: normalPath(form, result.request.path),
            params: form.told(result.request.params),
          }
        : null,
      startedAt,
      endedAt: since(),
      answeredAt: requests.filter((one) => one.path !== '/v1/events').map(({ at }) => at - began),
      answer: own === undefined ? null : answerOf(own, form),
      subject: isShown(own, after) ? null : form.of(after ?? null),
      events: types,
    };
  };
  try {
    const play = await Play.open(stage, subjectOf(scenario));
    for (const [index, step] of markedSteps(scenario.steps, mark).entries()) {
      const reason = whyOfflineOnly(step);
      if (reason !== undefined) {
        stop = { kind: 'offline-only', step: index, reason };
        break;
      }
      played.push(await one(play, step, step.expect?.events ?? []));
      const refused = heardUnemulated(played.at(-1));
      if (refused !== undefined) {
        stop = { kind: 'not-emulated', step: index, reason: refused };
        break;
      }
    }
    if (played.length > 0) {
      afterwards = await one(play, MOMENT, missing(expected, played));
      outcome = form.of((await expanded(stage, last?.after)) ?? null);
    }
  } catch (error) {
    stop = stopFor(error, played.length, heard.target);
  }
  return { steps: played, afterwards, outcome, stop };
}

function refusedStep(
  step: Step,
  own: Heard,
  form: NormalForm,
  times: Pick<PlayedStep, 'endedAt' | 'startedAt'>,
): PlayedStep {
  return {
    title: step.title,
    call: isCall(step) ? step.call : null,
    request: { method: own.method, path: normalPath(form, own.path), params: null },
    ...times,
    answeredAt: [times.endedAt],
    answer: answerOf(own, form),
    subject: null,
    events: [],
  };
}

/** @throws what is no fault of an answer */
function stopFor(error: unknown, step: number, target: TargetName): Stop {
  if (error instanceof GatewayError && !FATAL.has(error.kind)) {
    return { kind: 'refused', step, reason: `HTTP ${error.facts.status ?? 'error'}: ${error.message}` };
  }
  // Another server's answers may lack what ours and Stripe's never do.
  if (error instanceof BadReference || (error instanceof TypeError && target === 'test')) {
    return { kind: 'odd', step, reason: error.message };
  }
  throw error;
}

function normalPath(form: NormalForm, path: string): string {
  return path
    .split('/')
    .map((segment) => String(form.of(decodeURIComponent(segment))))
    .join('/');
}

function answerOf({ status, apiVersion, replayed, body }: Heard, form: NormalForm): PlayedAnswer {
  return { status, apiVersion: apiVersion ?? null, replayed, body: form.of(body) };
}

/** Whether the answer itself holds the subject as it is now. */
function isShown(own: Heard | undefined, subject: ApiRecord | undefined): boolean {
  if (own === undefined || subject === undefined) return subject === undefined;
  return own.body === subject || Object.values(own.body).includes(subject);
}

function heardUnemulated(step: PlayedStep | undefined): string | undefined {
  const body = step?.answer?.body;
  if (typeof body !== 'object' || body === null) return undefined;
  return Reflect.get(body, 'code') === 'emulator_unsupported'
    ? String(Reflect.get(body, 'message'))
    : undefined;
}

async function reread(stage: Stage, subject: ApiRecord | undefined): Promise<ApiRecord | undefined> {
  const route = routeOf(subject);
  return route === undefined ? undefined : (await stage.gateway.request('GET', route.path)).object;
}

async function expanded(stage: Stage, subject: ApiRecord | undefined): Promise<ApiRecord | undefined> {
  const route = routeOf(subject);
  if (route === undefined) return undefined;
  return (await stage.gateway.request('GET', route.path, { expand: EXPAND[route.kind] })).object;
}

function routeOf(
  subject: ApiRecord | undefined,
): { readonly path: string; readonly kind: string } | undefined {
  const [kind, id] = [subject?.['object'], subject?.['id']];
  if (typeof kind !== 'string' || typeof id !== 'string' || !Object.hasOwn(EXPAND, kind)) return undefined;
  return { kind, path: pathTo(`${kind}s`, id) };
}

/** What the events so far lack. */
function missing(
  expected: ReadonlyMap<string, number> | undefined,
  played: readonly PlayedStep[],
): readonly string[] {
  const left = new Map(expected);
  for (const type of played.flatMap(({ events }) => events)) left.set(type, (left.get(type) ?? 0) - 1);
  return [...left].flatMap(([type, count]) => (count > 0 ? Array<string>(count).fill(type) : []));
}
