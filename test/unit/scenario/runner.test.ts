import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ApiRecord, Gateway } from '../../../src/gateway/gateway.ts';
import { GatewayError } from '../../../src/gateway/gateway-error.ts';
import { deviationsFrom } from '../../../src/scenario/expectation.ts';
import type { Scenario, Step } from '../../../src/scenario/format.ts';
import { findScenario } from '../../../src/scenario/library/all.ts';
import {
  offlineOnly,
  Play,
  runScenario,
  StepNotPossible,
  type StepResult,
} from '../../../src/scenario/runner.ts';
import type { Stage } from '../../../src/scenario/stage.ts';
import { offlineStage } from '../../support/stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await offlineStage();
});
afterEach(() => stage.gateway.close());

const scenario = (id: string) => findScenario(id) as Scenario;
const typesOf = (events: readonly ApiRecord[]) => events.map((event) => event['type']);

async function played(id: string, on: Stage = stage, until?: string): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for await (const result of runScenario(scenario(id), on, { until })) results.push(result);
  return results;
}

/** The same emulator as Stripe's test mode would look: nothing of its own can be asked of it. */
function asTestMode(sleeps: number[] = []): Stage {
  let time = 0;
  return {
    ...stage,
    emulated: false,
    now: () => time,
    async sleep(milliseconds) {
      sleeps.push(milliseconds);
      time += milliseconds;
    },
  };
}

describe('a step', () => {
  test('shows what was sent, and its subject before and after', async () => {
    const [create, decline, pay] = [...(await played('card-two-steps'))] as [
      StepResult,
      StepResult,
      StepResult,
    ];
    expect(create.request).toMatchObject({
      method: 'POST',
      path: '/v1/payment_intents',
      params: { amount: 2000 },
    });
    expect(create.before).toBeUndefined();
    expect(decline.before).toMatchObject({ status: 'requires_payment_method' });
    expect(decline.after).toMatchObject({ status: 'requires_confirmation' });
    expect(pay.request.path).toBe(`/v1/payment_intents/${create.answer?.['id']}/confirm`);
    expect(pay.status).toBe('succeeded');
    expect(pay.events.map((event) => event['object'])).toEqual(['event', 'event']);
  });

  test('that is refused as expected shows the refusal, and the intent inside it', async () => {
    const [refused] = (await played('card-declined')) as [StepResult];
    expect(refused.answer).toBeUndefined();
    expect(refused.error).toMatchObject({ status: 402, declineCode: 'generic_decline' });
    expect(refused.after).toMatchObject({ object: 'payment_intent', status: 'requires_payment_method' });
  });

  test('that is refused unexpectedly ends the scenario', async () => {
    const play = await Play.open(stage, 'intent');
    const step: Step = {
      title: 'Too little',
      call: 'payment_intents.create',
      params: { amount: 1, currency: 'usd' },
    };
    await expect(play.perform(step)).rejects.toBeInstanceOf(GatewayError);
  });

  test('reads the subject again when something else was answered', async () => {
    const play = await Play.open(stage, 'intent');
    for (const step of scenario('refund').steps.slice(0, 2)) await play.perform(step);
    expect(play.objects.get('refund')).toMatchObject({ object: 'refund' });
    expect(play.objects.get('intent')).toMatchObject({ status: 'succeeded' });
  });

  test('can be one that is not in the scenario, on an object that exists already', async () => {
    const [{ answer }] = (await played('create-only')) as [StepResult];
    const play = await Play.open(stage, 'intent', { intent: answer as ApiRecord });
    const result = await play.perform({
      title: 'Cancel',
      call: 'payment_intents.cancel',
      on: '${intent.id}',
    });
    expect(result.before).toMatchObject({ status: 'requires_payment_method' });
    expect(result.status).toBe('canceled');
    expect(typesOf(result.events)).toEqual(['payment_intent.canceled']);
  });

  test('says what is not as expected', async () => {
    const play = await Play.open(stage, 'intent');
    const [step] = scenario('create-only').steps as [Step];
    const result = await play.perform({ ...step, expect: { status: 'succeeded', events: [] } });
    expect(result.deviations).toEqual([
      'expected the status succeeded, it is requires_payment_method',
      'expected the events none; there were payment_intent.created',
    ]);
  });

  test('can be sent with an idempotency key', async () => {
    const play = await Play.open(stage, 'intent');
    const [step] = scenario('create-only').steps as [Step];
    const first = await play.perform({ ...step, idempotencyKey: 'order-1' } as Step);
    const again = await play.perform({ ...step, idempotencyKey: 'order-1' } as Step);
    expect(again.answer?.['id']).toBe(first.answer?.['id']);
    expect(again.events).toEqual([]);
  });
});

describe('events', () => {
  test('of others on the same account are left out', async () => {
    const play = await Play.open(stage, 'intent');
    const others = () =>
      stage.gateway.request('POST', '/v1/payment_intents', { amount: 900, currency: 'usd' });
    await others();
    const [create, wait] = scenario('card-success').steps as [Step, Step];
    const first = await play.perform(create);
    await others();
    const second = await play.perform(wait);
    expect(first.deviations).toEqual([]);
    expect(second.deviations).toEqual([]);
  });

  test('are found however many others there are', async () => {
    for (let number = 0; number < 120; number += 1) await stage.gateway.request('POST', '/v1/customers');
    const play = await Play.open(stage, 'intent');
    for (let number = 0; number < 230; number += 1) await stage.gateway.request('POST', '/v1/customers');
    const [create] = scenario('card-success').steps as [Step];
    expect((await play.perform(create)).deviations).toEqual([]);
  });

  test('are waited for where they come late, and the wait ends', async () => {
    const sleeps: number[] = [];
    const place = asTestMode(sleeps);
    let hidden = 3;
    const gateway: Gateway = {
      ...place.gateway,
      async request(method, path, ...rest) {
        const answer = await stage.gateway.request(method, path, ...rest);
        if (path !== '/v1/events' || hidden === 0) return answer;
        hidden -= 1;
        return { ...answer, object: { ...answer.object, data: [], has_more: false } };
      },
    };
    const play = await Play.open({ ...place, gateway }, 'intent');
    const [create] = scenario('card-success').steps as [Step];
    expect((await play.perform(create)).deviations).toEqual([]);
    expect(sleeps).toHaveLength(2);
    const never = await play.perform({
      title: 'Nothing',
      call: 'payment_intents.retrieve',
      on: '${intent.id}',
      expect: { events: ['charge.refunded'] },
    });
    expect(never.deviations).toHaveLength(1);
  });
});

describe("what Stripe's test mode cannot do", () => {
  test.each([
    ['3ds-passed', /play the customer/],
    ['authorization-expires', /7d/],
  ])('%s is refused before anything is sent', async (id, reason) => {
    expect(offlineOnly(scenario(id))).toMatch(reason);
    const before = await stage.gateway.request('GET', '/v1/payment_intents');
    await expect(played(id, asTestMode())).rejects.toBeInstanceOf(StepNotPossible);
    expect((await stage.gateway.request('GET', '/v1/payment_intents')).object).toEqual(before.object);
  });

  test('is no obstacle where it comes after what is wanted', async () => {
    const results = await played('authorization-expires', asTestMode(), 'charge.succeeded');
    expect(results).toHaveLength(1);
  });

  test('short times are waited for', async () => {
    const sleeps: number[] = [];
    const play = await Play.open(asTestMode(sleeps), 'intent');
    await play.perform({ title: 'Wait', advance: '3s', expect: { events: [] } });
    expect(sleeps).toEqual([3000]);
  });
});

describe('expectations', () => {
  const outcome = {
    status: 'succeeded',
    error: undefined,
    events: [{ type: 'charge.succeeded' }, { type: 'payment_intent.succeeded' }],
  };

  test('of an order count only where there is one', () => {
    const events = ['payment_intent.succeeded', 'charge.succeeded'];
    expect(deviationsFrom({ events }, outcome, true)).toHaveLength(1);
    expect(deviationsFrom({ events }, outcome, false)).toEqual([]);
  });

  test('of an error compare what they name', () => {
    expect(deviationsFrom({ error: { code: 'card_declined' } }, outcome, true)).toEqual([
      'expected an error, the call succeeded',
    ]);
    const error = { status: 402, code: 'expired_card', declineCode: undefined };
    expect(
      deviationsFrom(
        { error: { status: 402, code: 'card_declined', decline_code: 'x' } },
        { ...outcome, error },
        true,
      ),
    ).toEqual([
      'expected the code card_declined of the error, it is expired_card',
      'expected the decline_code x of the error, it is absent',
    ]);
  });
});

describe('a step with the publishable key', () => {
  const steps: readonly Step[] = [
    {
      title: 'The server creates',
      call: 'payment_intents.create',
      as: 'intent',
      params: { amount: 2000, currency: 'usd', payment_method_types: ['card'] },
    },
    {
      title: 'The browser confirms',
      call: 'payment_intents.confirm',
      on: '${intent.id}',
      key: 'publishable',
      params: { client_secret: '${intent.client_secret}', payment_method: 'pm_card_visa' },
      expect: { status: 'succeeded' },
    },
    {
      title: 'The browser creates',
      call: 'payment_intents.create',
      key: 'publishable',
      params: { amount: 1, currency: 'usd' },
      expect: { error: { status: 401 } },
    },
  ];

  test('is sent with it, and what is known stays whole', async () => {
    const results: StepResult[] = [];
    for await (const result of runScenario({ steps }, stage)) results.push(result);
    expect(results.flatMap(({ deviations }) => deviations)).toEqual([]);
    expect(results.map(({ request }) => request.publishable)).toEqual([undefined, true, true]);
    expect(results[1]?.answer).not.toHaveProperty('latest_charge');
    expect(results[1]?.after).toHaveProperty('latest_charge');
  });

  test('is for the emulator only', () => {
    expect(offlineOnly({ steps: steps.slice(0, 1) })).toBeUndefined();
    expect(offlineOnly({ steps })).toContain('publishable key');
  });
});
