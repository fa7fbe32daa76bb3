import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PAYMENT_INTENT_STATUSES } from '../../../src/domain/statuses.ts';
import type { ApiRecord } from '../../../src/gateway/gateway.ts';
import { planFor } from '../../../src/scenario/continue.ts';
import type { Scenario } from '../../../src/scenario/format.ts';
import { findScenario } from '../../../src/scenario/library/all.ts';
import { runScenario } from '../../../src/scenario/runner.ts';
import type { Stage } from '../../../src/scenario/stage.ts';
import { WAYS } from '../../../src/scenario/ways/all.ts';
import { offlineStage } from '../../support/stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await offlineStage();
});
afterEach(() => stage.gateway.close());

const CARD = { amount: 2000, currency: 'usd', payment_method_types: ['card'] };

/** Intents of people who know nothing of scenarios, by what they are like. */
const INTENTS: Readonly<Record<string, ApiRecord>> = {
  new: CARD,
  'new manual': { ...CARD, capture_method: 'manual' },
  'new automatic methods': { amount: 2000, currency: 'usd' },
  'new debit': { amount: 2000, currency: 'eur', payment_method_types: ['sepa_debit'] },
  confirmable: { ...CARD, payment_method: 'pm_card_visa' },
  challenged: { ...CARD, payment_method: 'pm_card_threeDSecure2Required', confirm: true },
  'challenged manual': {
    ...CARD,
    payment_method: 'pm_card_threeDSecure2Required',
    confirm: true,
    capture_method: 'manual',
  },
  held: { ...CARD, payment_method: 'pm_card_visa', confirm: true, capture_method: 'manual' },
  paid: { ...CARD, payment_method: 'pm_card_visa', confirm: true },
  disputed: { ...CARD, payment_method: 'pm_card_createDispute', confirm: true },
  processing: {
    amount: 2000,
    currency: 'usd',
    confirm: true,
    mandate_data: { customer_acceptance: { type: 'offline' } },
    payment_method: 'pm_usBankAccount_success',
    payment_method_types: ['us_bank_account'],
  },
};

async function create(params: ApiRecord): Promise<ApiRecord> {
  const { object } = await stage.gateway.request('POST', '/v1/payment_intents', {
    ...params,
    expand: ['latest_charge'],
  });
  return object;
}

/** As steps know it: with the id of its charge only. */
const plain = (intent: ApiRecord): ApiRecord => {
  const charge = intent['latest_charge'] as ApiRecord | null;
  return { ...intent, latest_charge: charge === null ? null : charge['id'] };
};

const TYPES = [...new Set(WAYS.flatMap(({ sends }) => sends))];

describe.each(Object.keys(INTENTS))('from an intent that is %s', (name) => {
  test.each(TYPES)('%s is reached by its plan, or there is a reason why not', async (type) => {
    const intent = await create(INTENTS[name] as ApiRecord);
    const plan = planFor(intent, { event: type }, true);
    if (!plan.ok) {
      expect(plan.reasons.length).toBeGreaterThan(0);
      return;
    }
    // What a bank answers to a debit of somebody else's cannot be chosen: this one pays.
    if (name === 'processing' && plan.statuses.at(-1) === 'requires_payment_method') return;
    const types: unknown[] = [];
    const given = { intent: plain(intent) };
    for await (const result of runScenario({ steps: plan.steps }, stage, { given, until: type })) {
      expect(result.deviations).toEqual([]);
      types.push(...result.events.map((event) => event['type']));
    }
    expect(types).toContain(type);
  });

  test.each(PAYMENT_INTENT_STATUSES)('%s is reached by its plan, or there is a reason', async (status) => {
    const intent = await create(INTENTS[name] as ApiRecord);
    const plan = planFor(intent, { status }, true);
    if (!plan.ok) {
      expect(plan.reasons.length).toBeGreaterThan(0);
      return;
    }
    if (name === 'processing' && plan.statuses.at(-1) === 'requires_payment_method') return;
    let last = intent['status'];
    for await (const result of runScenario({ steps: plan.steps }, stage, {
      given: { intent: plain(intent) },
    }))
      last = result.status;
    expect(last).toBe(status);
  });
});

describe('plans', () => {
  const lengths = async (name: string, type: string, emulated = true) => {
    const plan = planFor(await create(INTENTS[name] as ApiRecord), { event: type }, emulated);
    return plan.ok ? plan.steps.map(({ title }) => title) : plan.reasons;
  };

  test('are as short as can be', async () => {
    expect(await lengths('new', 'payment_intent.succeeded')).toEqual(['Confirm with a card']);
    expect(await lengths('new', 'refund.created')).toEqual(['Confirm with a card', 'Refund']);
    expect(await lengths('held', 'payment_intent.succeeded')).toEqual(['Capture']);
    // A canceled hold sends charge.refunded too, and is not what is meant by it.
    expect(await lengths('held', 'charge.refunded')).toEqual(['Capture', 'Refund']);
    expect(await lengths('challenged', 'payment_intent.succeeded')).toEqual(['The customer passes']);
    expect(await lengths('new manual', 'charge.captured')).toEqual([
      'Confirm with a card: the money is reserved',
      'Capture',
    ]);
    expect(await lengths('paid', 'payment_intent.canceled')).toEqual([
      'it would have to be requires_payment_method, requires_confirmation, requires_action, processing or requires_capture for that',
    ]);
  });

  test('reserve money on an intent that was made to take it at once', async () => {
    const plan = planFor(await create(CARD), { status: 'requires_capture' }, true);
    expect(plan.ok && plan.steps.map((step) => ('params' in step ? step.params : undefined))).toEqual([
      { capture_method: 'manual', payment_method: 'pm_card_visa' },
    ]);
  });

  test.each([
    ['pm_usBankAccount_success', 'succeeded', 'requires_payment_method'],
    ['pm_usBankAccount_insufficientFunds', 'requires_payment_method', 'succeeded'],
    ['pm_sepaDebit_failedDelayed_de', 'requires_payment_method', 'succeeded'],
    ['pm_sepaDebit_successDelayed_de', 'succeeded', 'requires_payment_method'],
  ] as const)('know what the bank answers to a debit of %s', async (method, answer, other) => {
    const type = method.startsWith('pm_us') ? 'us_bank_account' : 'sepa_debit';
    const { object } = await stage.gateway.request('POST', '/v1/payment_intents', {
      ...(INTENTS['processing'] as ApiRecord),
      currency: type === 'sepa_debit' ? 'eur' : 'usd',
      payment_method: method,
      payment_method_types: [type],
      expand: ['latest_charge', 'payment_method'],
    });
    // One that bounces can be followed by another that is paid; one that is paid is paid.
    expect(planFor(object, { status: other }, true).ok).toBe(answer !== 'succeeded');
    const plan = planFor(object, { status: answer }, true);
    const steps = plan.ok ? plan.steps : [];
    let status: unknown;
    for await (const result of runScenario({ steps }, stage, { given: { intent: plain(object) } })) {
      expect(result.deviations).toEqual([]);
      status = result.status;
    }
    expect(status).toBe(answer);
  });

  test('do without what only the emulator can do', async () => {
    expect(await lengths('challenged', 'payment_intent.succeeded', false)).toEqual(['Confirm with a card']);
    expect(await lengths('held', 'charge.expired', false)).toEqual([
      "only the emulator's clock can be moved, and this takes 7d",
    ]);
  });

  test('are never made for a canceled intent', async () => {
    const intent = await create(CARD);
    const { object } = await stage.gateway.request('POST', `/v1/payment_intents/${intent['id']}/cancel`);
    expect(planFor(object, { event: 'payment_intent.succeeded' }, true)).toEqual({
      ok: false,
      reasons: ['nothing can happen to a canceled intent any more'],
    });
  });

  test('pay what is left of a bank transfer', async () => {
    let intent: ApiRecord | undefined;
    for await (const result of runScenario(findScenario('bank-transfer') as Scenario, stage, {
      until: 'payment_intent.requires_action',
    }))
      intent = result.after;
    for (const type of ['payment_intent.partially_funded', 'payment_intent.succeeded']) {
      const plan = planFor(intent as ApiRecord, { event: type }, true);
      const steps = plan.ok ? plan.steps : [];
      expect(steps).toHaveLength(1);
      for await (const result of runScenario({ steps }, stage, { given: { intent: intent as ApiRecord } })) {
        expect(result.deviations).toEqual([]);
        intent = result.after;
      }
    }
    expect(intent?.['status']).toBe('succeeded');
  });
});
