import { expect, test } from 'vitest';
import type { Lesson } from '../../../src/lessons/lesson.ts';
import { shownRequests } from '../../../src/lessons/shown-requests.ts';
import type { Step } from '../../../src/scenario/format.ts';

const steps: readonly Step[] = [
  {
    title: 'Pay again',
    call: 'payment_intents.create',
    as: 'intent',
    params: { amount: '${intent.amount / 2}', currency: 'usd', customer: '${customer.id}' },
  },
  { title: 'Look', call: 'payment_intents.retrieve', on: '${intent.id}', key: 'publishable' },
  { title: 'Answer', authenticate: '${intent.id}', outcome: 'succeed' },
];

const lesson = { rounds: [{ task: { steps } }] } as unknown as Lesson;

const pathsOf = (objects: Record<string, Record<string, unknown>>) =>
  shownRequests(steps, new Map(Object.entries(objects)), lesson).map(({ path }) => path);

test('what a step is about to make is not mistaken for what went by its name before', () => {
  const [create] = shownRequests(
    steps,
    new Map(Object.entries({ intent: { id: 'pi_old', amount: 700 }, customer: { id: 'cus_1' } })),
    lesson,
  );
  expect(create?.params).toEqual({ amount: 350, currency: 'usd', customer: 'cus_1' });
  expect(pathsOf({ intent: { id: 'pi_old', amount: 700 } })).toEqual([
    '/v1/payment_intents',
    '/v1/payment_intents/pi_…',
    '/_payintent/payment_intents/pi_…/authenticate',
  ]);
});

test('what nobody knows yet has a name', () => {
  const [create, look] = shownRequests(steps, new Map(), lesson);
  expect(create?.params['amount']).toBe('<intent.amount / 2>');
  expect([look?.ids, look?.publishable]).toEqual([['pi_…'], true]);
});
