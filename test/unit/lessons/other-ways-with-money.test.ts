import { afterEach, expect, test } from 'vitest';
import type { ApiRecord, RequestMethod, RequestOptions } from '../../../src/gateway/gateway.ts';
import { GatewayError } from '../../../src/gateway/gateway-error.ts';
import { findLesson } from '../../../src/lessons/curriculum.ts';
import { LessonRun } from '../../../src/lessons/lesson-run.ts';
import { advance, authenticate } from '../../../src/scenario/stage.ts';
import { openClassroom } from '../../support/classroom.ts';

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

/** A learner who does it in a way of their own. */
async function learner(lessonId: string, rounds = 0) {
  const classroom = await openClassroom();
  close = classroom.close;
  const { gateway } = classroom.stage;
  const lesson = findLesson(lessonId);
  if (lesson === undefined) throw new Error(`no lesson ${lessonId}`);
  const run = await LessonRun.replay(lesson, classroom, rounds);
  await run.begin();
  /** Answers the object; for a decline that of the error; for another refusal an empty one. */
  async function send(
    method: RequestMethod,
    path: string,
    params: ApiRecord = {},
    options: RequestOptions = {},
  ): Promise<ApiRecord> {
    try {
      return (await gateway.request(method, `/v1/${path}`, params, options)).object;
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      const { payment_intent: intent } = error.facts.body;
      return (intent as ApiRecord | undefined) ?? {};
    }
  }
  const post = (path: string, params: ApiRecord = {}, options: RequestOptions = {}) =>
    send('POST', path, params, options);
  return {
    post,
    get: (path: string, params: ApiRecord, options: RequestOptions) => send('GET', path, params, options),
    pay: (params: ApiRecord = {}, options: RequestOptions = {}) =>
      post(
        'payment_intents',
        {
          amount: 1500,
          currency: 'eur',
          confirm: true,
          payment_method: 'pm_card_mastercard',
          payment_method_types: ['card'],
          ...params,
        },
        options,
      ),
    known: (name: string) => run.objects.get(name) ?? {},
    id: (name: string) => String(run.objects.get(name)?.['id']),
    pass: (id: unknown) => authenticate(gateway, String(id), 'succeed'),
    wait: (duration: string) => advance(gateway, duration),
    unmet: async () => (await run.check()).filter(({ met }) => !met).map(({ id }) => id),
    next: async () => {
      await run.next();
      await run.begin();
    },
  };
}

test('minor-units', async () => {
  const me = await learner('minor-units');
  await me.post('payment_intents', { amount: 50_000, currency: 'jpy' });
  expect(await me.unmet()).toEqual(['amount']);
  await me.pay({ amount: 500, currency: 'JPY' });
  await me.post('payment_intents', { amount: 5000, currency: 'jpy' });
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.post('payment_intents', { amount: 150, currency: 'kwd' });
  expect(await me.unmet()).toEqual(['amount']);
  await me.post('payment_intents', { amount: 1500, currency: 'kwd' });
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.post('payment_intents', { amount: 7500, currency: 'usd' });
  expect(await me.unmet()).toEqual(['mistaken']);
  const { id } = await me.post('payment_intents', { amount: 75, currency: 'usd' });
  await me.post(`payment_intents/${id}`, { amount: 7500 });
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.post('payment_intents', { amount: '10,99', currency: 'usd' });
  await me.post('payment_intents', { amount: 5, currency: 'eur' });
  expect(await me.unmet()).toEqual(['decimals', 'last-digit']);
  await me.post('payment_intents', { amount: '0.5', currency: 'kwd' });
  await me.post('payment_intents', { amount: 1510, currency: 'kwd' });
  expect(await me.unmet()).toEqual(['last-digit']);
  await me.post('payment_intents', { amount: 1511, currency: 'kwd' });
  expect(await me.unmet()).toEqual([]);
});

test('authorize-capture-cancel-refund', async () => {
  const me = await learner('authorize-capture-cancel-refund');
  const whole = await me.pay({ capture_method: 'manual' });
  await me.post(`payment_intents/${whole['id']}/capture`);
  expect(await me.unmet()).toEqual(['part']);
  const { id } = await me.post('payment_intents', { amount: 900, currency: 'gbp', capture_method: 'manual' });
  await me.post(`payment_intents/${id}/confirm`, {
    payment_method: 'pm_card_amex',
    return_url: 'https://a.example',
  });
  expect(await me.unmet()).toEqual(['captured', 'part']);
  await me.post(`payment_intents/${id}/capture`, { amount_to_capture: 300 });
  expect(await me.unmet()).toEqual([]);
  await me.next();
  const charge = me.known('intent')['latest_charge'];
  await me.post('refunds', { charge: whole['latest_charge'] });
  await me.post('refunds', { charge: whole['latest_charge'] });
  expect(await me.unmet()).toEqual(['part-back', 'too-much']);
  await me.post('refunds', { charge, amount: 100 });
  await me.post('refunds', { charge, amount: 100 });
  expect(await me.unmet()).toEqual(['too-much']);
  await me.post('refunds', { charge });
  await me.post('refunds', { charge });
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.post(`payment_intents/${me.id('intent')}/cancel`);
  expect(await me.unmet()).toEqual(['no-refund']);
  await me.post('refunds', { charge: me.known('intent')['latest_charge'] });
  expect(await me.unmet()).toEqual([]);
  await me.next();
  const held = await me.pay({ capture_method: 'manual' });
  await me.wait('6d');
  await me.post(`payment_intents/${me.id('intent')}/capture`, { amount_to_capture: 1 });
  expect(await me.unmet()).toEqual(['expired', 'too-late']);
  const other = await me.pay({ capture_method: 'manual' });
  await me.post(`payment_intents/${other['id']}/cancel`);
  expect(await me.unmet()).toEqual(['expired', 'too-late']);
  const third = await me.pay({ capture_method: 'manual' });
  await me.wait('8d');
  expect(await me.unmet()).toEqual(['too-late']);
  await me.post(`payment_intents/${third['id']}/capture`);
  expect(await me.unmet()).toEqual([]);
  expect(held['id']).not.toBe(third['id']);
});

test('off-session-3ds', async () => {
  const me = await learner('off-session-3ds');
  const customer = me.id('customer');
  await me.pay({ customer, setup_future_usage: 'on_session' });
  expect(await me.unmet()).toEqual(['permitted']);
  await me.pay({
    customer,
    setup_future_usage: 'off_session',
    payment_method: 'pm_card_visa_chargeDeclined',
  });
  expect(await me.unmet()).toEqual(['permitted']);
  const setup = await me.post('setup_intents', {
    confirm: true,
    customer,
    payment_method: 'pm_card_authenticationRequiredOnSetup',
    payment_method_types: ['card'],
  });
  await me.pass(setup['id']);
  expect(await me.unmet()).toEqual([]);
  expect(me.id('saving')).toBe(setup['id']);
  await me.next();
  const saved = setup['payment_method'];
  await me.pay({ customer, payment_method: saved });
  expect(await me.unmet()).toEqual(['said-away', 'paid']);
  await me.pay({ customer, payment_method: saved, off_session: true });
  expect(await me.unmet()).toEqual([]);
  await me.next();
  const method = me.id('method');
  const declined = await me.pay({ customer, payment_method: method, off_session: true });
  expect(await me.unmet()).toEqual(['asked', 'paid']);
  await me.pass((await me.pay({ customer, payment_method: method }))['id']);
  expect(await me.unmet()).toEqual(['asked', 'paid']);
  await me.post(`payment_intents/${declined['id']}/confirm`, { payment_method: method });
  expect(await me.unmet()).toEqual(['paid']);
  await me.pass(declined['id']);
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.pay({ customer, payment_method: method, off_session: true });
  expect(await me.unmet()).toEqual(['not-said', 'stuck']);
  const { id } = await me.post('payment_intents', { amount: 900, currency: 'usd', customer });
  await me.post(`payment_intents/${id}/confirm`, {
    payment_method: method,
    return_url: 'https://shop.example',
  });
  expect(await me.unmet()).toEqual([]);
});

test('idempotency-keys', async () => {
  const me = await learner('idempotency-keys');
  await me.pay();
  expect(await me.unmet()).toEqual(['keyed', 'replayed']);
  await me.pay({}, { idempotencyKey: 'mine' });
  await me.pay({ amount: 1600 }, { idempotencyKey: 'mine' });
  expect(await me.unmet()).toEqual(['replayed']);
  await me.pay({}, { idempotencyKey: 'mine' });
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.pay();
  await me.pay({ amount: 1600 });
  await me.pay({}, { idempotencyKey: 'mine' });
  expect(await me.unmet()).toEqual(['twice']);
  await me.pay();
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.pay({}, { idempotencyKey: 'mine' });
  expect(await me.unmet()).toEqual(['refused']);
  await me.pay({ currency: 'usd' }, { idempotencyKey: 'mine' });
  expect(await me.unmet()).toEqual([]);
});

test('what is never confirmed is not charged, neither once nor twice', async () => {
  const me = await learner('idempotency-keys');
  for (const idempotencyKey of ['unpaid', 'unpaid']) await me.pay({ confirm: false }, { idempotencyKey });
  expect(await me.unmet()).toEqual(['keyed']);
});

test('a key repeats a decline, as the lesson on keys says', async () => {
  const me = await learner('idempotency-keys');
  const declined = { payment_method: 'pm_card_visa_chargeDeclined' };
  const first = await me.pay(declined, { idempotencyKey: 'tried' });
  expect((await me.pay(declined, { idempotencyKey: 'tried' }))['id']).toBe(first['id']);
});

test('the-client-secret', async () => {
  const me = await learner('the-client-secret');
  const browser = { publishable: true };
  const path = `payment_intents/${me.id('intent')}`;
  const secret = { client_secret: me.known('intent')['client_secret'] };
  await me.get(path, secret, {});
  await me.get(path, {}, browser);
  await me.post(`${path}/confirm`, { ...secret, payment_method: 'pm_card_visa_chargeDeclined' }, browser);
  expect(await me.unmet()).toEqual(['looked', 'confirmed']);
  await me.get(path, secret, browser);
  await me.post(
    `${path}/confirm`,
    { ...secret, payment_method: 'pm_card_threeDSecure2Required', return_url: 'https://shop.example' },
    browser,
  );
  expect(await me.unmet()).toEqual([]);
  await me.next();
  const other = `payment_intents/${me.id('other')}`;
  await me.get(other, secret, {});
  await me.get(path, { client_secret: 'guessed' }, browser);
  expect(await me.unmet()).toEqual(['refused']);
  await me.post(`${other}/confirm`, { ...secret, payment_method: 'pm_card_visa' }, browser);
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.post(`${other}/cancel`, { cancellation_reason: 'duplicate' }, browser);
  expect(await me.unmet()).toEqual(['no-change', 'no-create']);
  await me.post('payment_intents', { amount: 9, currency: 'eur' }, browser);
  await me.post(other, { amount: 9 }, browser);
  expect(await me.unmet()).toEqual([]);
});
