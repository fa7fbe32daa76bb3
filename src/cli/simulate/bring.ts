import type { PaymentIntentStatus } from '../../domain/statuses.ts';
import { type ApiRecord, pathTo } from '../../gateway/gateway.ts';
import { creationFor } from '../../scenario/bring.ts';
import { planFor } from '../../scenario/continue.ts';
import type { Scenario, Step } from '../../scenario/format.ts';
import type { SnippetLanguage } from '../../scenario/snippets/snippet.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import type { Result } from '../spec.ts';
import { openStage } from '../stage.ts';
import { runThrough } from './simulation.ts';

export interface Wish {
  readonly goal: PaymentIntentStatus;
  /** The intent to go on with; a new one is made where there is none. */
  readonly id: string | undefined;
  readonly lang: SnippetLanguage;
  readonly pace: number;
}

/** What a new intent looks like to whoever plans its way, before it exists. */
const unborn = (params: ApiRecord): ApiRecord => ({
  capture_method: 'automatic_async',
  customer: null,
  latest_charge: null,
  next_action: null,
  status: 'requires_payment_method',
  ...params,
});

/** Brings an intent to a status by the shortest legal way. @throws CliError INTENT_WRONG_STATUS where there is none */
export async function bringTo(context: Context, { goal, id, lang, pace }: Wish): Promise<Result> {
  const { gateway, emulated } = await openStage(context);
  const creation = creationFor(goal);
  const read = async (params: ApiRecord) =>
    (await gateway.request('GET', pathTo('payment_intents', id ?? ''), params)).object;
  const intent =
    id === undefined
      ? unborn(creation.params ?? {})
      : await read({ expand: ['latest_charge', 'payment_method'] });
  const plan = planFor(intent, { status: goal }, emulated);
  if (!plan.ok) throw outOfReach(id ?? 'a new intent', goal, intent, plan.reasons);
  const steps: readonly Step[] = id === undefined ? [creation, ...plan.steps] : plan.steps;
  const scenario: Scenario = {
    id: `to-${goal}`,
    title: `To ${goal}`,
    teaches:
      plan.steps.length === 0
        ? `It is ${goal} already.`
        : `The shortest legal way: ${plan.statuses.join(', then ')}.`,
    steps,
  };
  const given = id === undefined ? {} : { given: { intent: await read({}) } };
  return runThrough(context, { scenario, lang, pace, ...given });
}

function outOfReach(
  name: string,
  goal: PaymentIntentStatus,
  intent: ApiRecord,
  reasons: readonly string[],
): CliError {
  const sentences = [`it is ${String(intent['status'])}`, ...reasons];
  return new CliError('INTENT_WRONG_STATUS', `No legal way leads ${name} to ${goal}`, {
    why: sentences.map((text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`).join(' '),
    fix: [`payintent simulate --to ${goal}`, 'payintent simulate --diagram'],
  });
}
