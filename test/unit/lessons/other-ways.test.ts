import { afterEach, expect, test } from 'vitest';
import type { ApiRecord } from '../../../src/gateway/gateway.ts';
import { findLesson } from '../../../src/lessons/curriculum.ts';
import { LessonRun } from '../../../src/lessons/lesson-run.ts';
import { advance, authenticate } from '../../../src/scenario/stage.ts';
import { openClassroom } from '../../support/classroom.ts';

const RETURN = 'https://shop.example/back';

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

/** A learner who follows no instructions to the letter. */
async function learner(lessonId: string) {
  const classroom = await openClassroom();
  close = classroom.close;
  const { gateway } = classroom.stage;
  const lesson = findLesson(lessonId);
  if (lesson === undefined) throw new Error(`no lesson ${lessonId}`);
  const run = LessonRun.start(lesson, classroom);
  await run.begin();
  const post = async (path: string, params: ApiRecord): Promise<string> => {
    try {
      return String((await gateway.request('POST', `/v1/payment_intents${path}`, params)).object['id']);
    } catch {
      // A refusal is often what is wanted.
      return path.split('/')[1] ?? '';
    }
  };
  return {
    /** Of the intent that the lesson is about. */
    id: () => String(run.objects.get('intent')?.['id']),
    create: (params: ApiRecord) => post('', { amount: 700, currency: 'usd', ...params }),
    pay: (method: string, params: ApiRecord = {}) =>
      post('', {
        amount: 700,
        currency: 'usd',
        confirm: true,
        payment_method: method,
        return_url: RETURN,
        ...params,
      }),
    update: (id: string, params: ApiRecord) => post(`/${id}`, params),
    confirm: (id: string, method: string) =>
      post(`/${id}/confirm`, { payment_method: method, return_url: RETURN }),
    cancel: (id: string) => post(`/${id}/cancel`, {}),
    get: (path: string) => gateway.request('GET', `/v1/payment_intents${path}`),
    pass: (id: string) => authenticate(gateway, id, 'succeed'),
    fail: (id: string) => authenticate(gateway, id, 'fail'),
    wait: (duration: string) => advance(gateway, duration),
    unmet: async () => (await run.check()).filter(({ met }) => !met).map(({ id }) => id),
    next: async () => {
      await run.next();
      await run.begin();
    },
  };
}

const redirectTo = (type: string): ApiRecord => ({
  currency: 'eur',
  confirm: true,
  payment_method_data: { type, billing_details: { name: 'Jenny Rosen', email: 'jenny@example.com' } },
  return_url: RETURN,
});

test('what-an-intent-is', async () => {
  const me = await learner('what-an-intent-is');
  await me.pay('pm_card_visa');
  expect(await me.unmet()).toEqual(['created', 'told']);
  await me.create({ currency: 'jpy', payment_method: 'pm_card_visa' });
  expect(await me.unmet()).toEqual([]);
  await me.next();
  expect(await me.unmet()).toEqual(['looked']);
  await me.get('');
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.confirm(me.id(), 'pm_card_visa_chargeDeclined');
  expect(await me.unmet()).toEqual(['succeeded', 'told']);
  await me.confirm(me.id(), 'pm_card_threeDSecure2Required');
  await me.pass(me.id());
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.update(me.id(), { metadata: { order: '6735' } });
  await me.update(await me.pay('pm_card_visa'), { amount: 900 });
  expect(await me.unmet()).toEqual(['refused']);
  await me.update(me.id(), { amount: 800, description: 'with shipping' });
  expect(await me.unmet()).toEqual([]);
});

test('creating-is-not-charging', async () => {
  const me = await learner('creating-is-not-charging');
  await me.cancel(await me.create({}));
  expect(await me.unmet()).toEqual(['created', 'no-charge']);
  await me.pay('pm_card_amex');
  expect(await me.unmet()).toEqual(['no-charge']);
  await me.create({ currency: 'kwd', amount: 5000 });
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.confirm(me.id(), 'pm_card_visa');
  expect(await me.unmet()).toEqual(['waits', 'no-charge']);
  await me.create({ payment_method: 'pm_card_mastercard' });
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.pay('pm_card_visa');
  expect(await me.unmet()).toEqual(['succeeded', 'charged']);
  await me.confirm(me.id(), 'pm_card_amex');
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.update(me.id(), { amount: 1 });
  await me.pay('pm_card_visa');
  expect(await me.unmet()).toEqual(['refused']);
  await me.confirm(me.id(), 'pm_card_visa');
  expect(await me.unmet()).toEqual([]);
});

test('three-requires', async () => {
  const me = await learner('three-requires');
  await me.confirm(me.id(), 'pm_card_visa');
  expect(await me.unmet()).toEqual(['chosen']);
  await me.create({ payment_method: 'pm_card_amex' });
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.confirm(me.id(), 'pm_card_visa');
  expect(await me.unmet()).toEqual(['asked']);
  const challenged = await me.pay('pm_card_authenticationRequired');
  await me.fail(challenged);
  expect(await me.unmet()).toEqual(['passed']);
  await me.confirm(challenged, 'pm_card_threeDSecure2Required');
  await me.pass(challenged);
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.pay('pm_card_visa');
  expect(await me.unmet()).toEqual(['held', 'untaken']);
  await me.confirm(await me.create({ capture_method: 'manual', currency: 'gbp' }), 'pm_card_visa');
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.cancel(me.id());
  expect(await me.unmet()).toEqual(['refused']);
  await me.confirm(me.id(), 'pm_card_visa');
  expect(await me.unmet()).toEqual([]);
});

test('a-decline-is-not-the-end', async () => {
  const me = await learner('a-decline-is-not-the-end');
  await me.pay('pm_card_visa');
  expect(await me.unmet()).toEqual(['declined', 'told']);
  await me.confirm(await me.create({}), 'pm_card_chargeDeclinedExpiredCard');
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.pay('pm_card_visa');
  await me.confirm(me.id(), 'pm_card_chargeDeclinedIncorrectCvc');
  expect(await me.unmet()).toEqual(['succeeded', 'clean']);
  await me.confirm(me.id(), 'pm_card_mastercard');
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.pay('pm_card_visa_chargeDeclined');
  expect(await me.unmet()).toEqual(['silent']);
  await me.pay('pm_card_radarBlock');
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.confirm(me.id(), 'pm_card_visa');
  expect(await me.unmet()).toEqual(['second']);
  await me.confirm(await me.create({}), 'pm_card_amex');
  expect(await me.unmet()).toEqual([]);
});

test('redirect-is-not-paid', async () => {
  const me = await learner('redirect-is-not-paid');
  await me.pay('pm_card_visa');
  expect(await me.unmet()).toEqual(['away']);
  await me.create(redirectTo('bancontact'));
  expect(await me.unmet()).toEqual([]);
  await me.next();
  expect(await me.unmet()).toEqual(['back', 'told']);
  await me.fail(me.id());
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.confirm(me.id(), 'pm_card_visa');
  expect(await me.unmet()).toEqual(['asked']);
  const again = await me.create(redirectTo('eps'));
  expect(await me.unmet()).toEqual(['paid']);
  await me.pass(again);
  expect(await me.unmet()).toEqual([]);
  await me.next();
  await me.pay('pm_usBankAccount_success', { mandate_data: { customer_acceptance: { type: 'offline' } } });
  await me.wait('10s');
  expect(await me.unmet()).toEqual(['bounced']);
  await me.pay('pm_usBankAccount_noAccount', { mandate_data: { customer_acceptance: { type: 'offline' } } });
  await me.wait('10s');
  expect(await me.unmet()).toEqual([]);
});
