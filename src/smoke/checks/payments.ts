import { fail, pass } from '../../conformance/judgement.ts';
import { formatAmount } from '../../domain/money.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import { GatewayError } from '../../gateway/gateway-error.ts';
import type { Step } from '../../scenario/format.ts';
import { runScenario, type StepResult } from '../../scenario/runner.ts';
import type { SmokeBench, SmokeCheck } from '../check.ts';
import { type Finding, findingOf } from '../finding.ts';
import { makeIntent } from './account.ts';

/** What a flow starts from. */
interface Order {
  readonly amount: number;
  readonly currency: string;
}

interface Flow {
  readonly id: string;
  readonly title: string;
  steps(order: Order): readonly Step[];
  /** What else has to hold of the answers; a sentence where it does not. */
  readonly wrong?: (results: readonly StepResult[], order: Order) => string | undefined;
  readonly good: (order: Order) => string;
}

const create = (order: Order, params: ApiRecord): Step => ({
  title: 'create',
  call: 'payment_intents.create',
  as: 'intent',
  params: { ...order, payment_method_types: ['card'], ...params },
  expect: { status: 'requires_confirmation' },
});

const confirmed = (
  order: Order,
  payment_method: string,
  params: ApiRecord,
  expect: Step['expect'] & object,
): Step => ({
  ...create(order, { payment_method, confirm: true, ...params }),
  title: 'create and confirm',
  expect,
});

/** What to look at where payments go another way than they should. */
const otherWay = ({ target }: SmokeBench): string =>
  target?.name === 'test' && target.apiBase !== undefined
    ? 'Look at the server behind --api-base: it may keep no state, or know no test cards.'
    : 'Look at the Radar rules and the payment settings of the account.';

const FLOWS: readonly Flow[] = [
  {
    id: 'payment',
    title: 'a payment is made, read and refunded',
    steps: (order) => [
      create(order, { payment_method: 'pm_card_visa' }),
      {
        title: 'confirm',
        call: 'payment_intents.confirm',
        on: '${intent.id}',
        expect: { status: 'succeeded' },
      },
      {
        title: 'retrieve',
        call: 'payment_intents.retrieve',
        on: '${intent.id}',
        as: 'read',
        expect: { status: 'succeeded' },
      },
      { title: 'refund', call: 'refunds.create', params: { payment_intent: '${intent.id}' }, as: 'refund' },
    ],
    wrong: ([, , read, refund], order) =>
      differs('retrieve', read, {
        amount: order.amount,
        amount_received: order.amount,
        currency: order.currency,
      }) ??
      differs('refund', refund, { object: 'refund', amount: order.amount }) ??
      (['pending', 'succeeded'].includes(String(refund?.answer?.['status']))
        ? undefined
        : `refund: its status is ${String(refund?.answer?.['status'])}`),
    good: ({ amount, currency }) => `${formatAmount(amount, currency)} went there and back.`,
  },
  {
    id: 'authorize-capture',
    title: 'money is reserved and captured',
    steps: (order) => [
      confirmed(order, 'pm_card_visa', { capture_method: 'manual' }, { status: 'requires_capture' }),
      {
        title: 'capture',
        call: 'payment_intents.capture',
        on: '${intent.id}',
        expect: { status: 'succeeded' },
      },
    ],
    wrong: ([held, taken], { amount }) =>
      differs('authorize', held, { amount_capturable: amount }) ??
      differs('capture', taken, { amount_received: amount, amount_capturable: 0 }),
    good: ({ amount, currency }) => `${formatAmount(amount, currency)} was held, then taken.`,
  },
  {
    id: 'authorize-cancel',
    title: 'money is reserved and released',
    steps: (order) => [
      confirmed(order, 'pm_card_visa', { capture_method: 'manual' }, { status: 'requires_capture' }),
      { title: 'cancel', call: 'payment_intents.cancel', on: '${intent.id}', expect: { status: 'canceled' } },
    ],
    wrong: ([, released]) => differs('cancel', released, { amount_received: 0 }),
    good: () => 'Nothing was taken.',
  },
  {
    id: 'decline',
    title: 'a decline is reported as a decline',
    steps: (order) => [
      confirmed(
        order,
        'pm_card_visa_chargeDeclined',
        {},
        {
          status: 'requires_payment_method',
          error: { status: 402, code: 'card_declined', decline_code: 'generic_decline' },
        },
      ),
    ],
    good: () => 'HTTP 402, card_declined, generic_decline, and the payment can be tried again.',
  },
  {
    id: 'three-d-secure',
    title: '3D Secure asks for an action',
    steps: (order) => [confirmed(order, 'pm_card_threeDSecure2Required', {}, { status: 'requires_action' })],
    wrong: ([asked]) =>
      asked?.after?.['next_action'] == null
        ? 'the status is requires_action, and next_action is empty'
        : undefined,
    good: () => 'requires_action, and next_action says which.',
  },
];

/** A sentence about the first field of an answer that is not as it should be. */
function differs(what: string, result: StepResult | undefined, wanted: ApiRecord): string | undefined {
  for (const [name, value] of Object.entries(wanted)) {
    const got = result?.answer?.[name];
    if (got !== value) return `${what}: ${name} should be ${String(value)}, it is ${String(got)}`;
  }
  return undefined;
}

async function playFlow(flow: Flow, bench: SmokeBench): Promise<Finding> {
  const order = { amount: bench.amount, currency: bench.currency };
  const results: StepResult[] = [];
  const steps = flow.steps(order);
  try {
    for await (const result of runScenario({ steps }, bench.stage)) {
      results.push(result);
      const [deviation] = result.deviations;
      if (deviation !== undefined) return fail(`${result.step.title}: ${deviation}.`, otherWay(bench));
    }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return findingOf(error, steps[results.length]?.title ?? flow.id);
  }
  const wrong = flow.wrong?.(results, order);
  return wrong === undefined ? pass(flow.good(order)) : fail(`${wrong}.`, otherWay(bench));
}

export const PAYMENT_CHECKS: readonly SmokeCheck[] = [
  ...FLOWS.map(
    (flow): SmokeCheck => ({ id: flow.id, title: flow.title, run: (bench) => playFlow(flow, bench) }),
  ),
  {
    id: 'idempotent-replay',
    title: 'a repeated request is answered, not repeated',
    async run(bench) {
      const params = { amount: bench.amount, currency: bench.currency, payment_method_types: ['card'] };
      const idempotencyKey = `${bench.run}_replay`;
      const send = () => bench.gateway.request('POST', '/v1/payment_intents', params, { idempotencyKey });
      const [first, second] = [await send(), await send()];
      const [one, other] = [first.object['id'], second.object['id']];
      if (one !== other)
        return fail(
          `Two requests with one idempotency key made ${String(one)} and ${String(other)}.`,
          otherWay(bench),
        );
      return second.replayed
        ? pass('The second answer was the first one.')
        : fail(
            'The second answer has no Idempotent-Replayed header, so the payment may have been made twice.',
            otherWay(bench),
          );
    },
  },
  {
    id: 'list',
    title: 'the list finds a new payment',
    async run(bench) {
      const { id } = await makeIntent(bench, { payment_method_types: ['card'] });
      const { object } = await bench.gateway.request('GET', '/v1/payment_intents', { limit: 100 });
      const data: readonly ApiRecord[] = Array.isArray(object['data']) ? object['data'] : [];
      const at = data.findIndex((intent) => intent['id'] === id);
      return at < 0
        ? fail(`${String(id)} is not among the newest ${data.length}.`, otherWay(bench))
        : pass(`It is number ${at + 1} of the newest.`);
    },
  },
];
