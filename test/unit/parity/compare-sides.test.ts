import { describe, expect, test } from 'vitest';
import { compareSides } from '../../../src/parity/compare-sides.ts';
import type { PlayedAnswer, PlayedStep, Side } from '../../../src/parity/side.ts';
import { verdictOf } from '../../../src/parity/verdict.ts';

const answer = (body: unknown, rest: Partial<PlayedAnswer> = {}): PlayedAnswer => ({
  status: 200,
  apiVersion: 'v1',
  replayed: false,
  body,
  ...rest,
});

const refusal = (body: unknown, status = 400): PlayedAnswer => answer(body, { status });

const intent = (fields: object = {}) => ({
  object: 'payment_intent',
  id: 'pi_1',
  status: 'succeeded',
  ...fields,
});

const step = (rest: Partial<PlayedStep> = {}): PlayedStep => ({
  title: 'Create',
  call: 'payment_intents.create',
  request: null,
  startedAt: 0,
  endedAt: 1,
  answeredAt: [],
  answer: answer(intent()),
  subject: null,
  events: ['payment_intent.created'],
  ...rest,
});

const side = (steps: readonly PlayedStep[], rest: Partial<Side> = {}): Side => ({
  steps,
  afterwards: step({ title: 'later', call: null, answer: null, subject: intent(), events: [] }),
  outcome: intent(),
  stop: null,
  ...rest,
});

const compare = (one: Side, other: Side) => compareSides(one, other, { scenario: 'a-story' });
const brief = (one: Side, other: Side) =>
  compare(one, other).differences.map(({ step: number, part, field, kind }) => [number, part, field, kind]);

describe('differences', () => {
  test('none between equals', () => {
    expect(compare(side([step()]), side([step()]))).toEqual({ differences: [], compared: 1, end: null });
  });

  test('are told with everything around them', () => {
    expect(
      compare(side([step()]), side([step({ answer: answer(intent({ status: 'processing' })) })])).differences,
    ).toEqual([
      {
        scenario: 'a-story',
        step: 1,
        title: 'Create',
        call: 'payment_intents.create',
        part: 'answer',
        field: 'payment_intent.status',
        kind: 'value',
        test: 'succeeded',
        emulator: 'processing',
        depends: null,
      },
    ]);
  });

  test('count where they are first seen, and once', () => {
    const odd = step({ answer: answer(intent({ amount: 1 })) });
    expect(brief(side([step(), step()]), side([odd, odd]))).toEqual([
      [1, 'answer', 'payment_intent.amount', 'extra'],
    ]);
    const other = step({ answer: answer(intent({ amount: 2 })) });
    expect(brief(side([step(), step()]), side([odd, other]))).toHaveLength(2);
  });

  test('in headers, the subject and the outcome', () => {
    const one = side([step({ answer: answer(intent(), { replayed: true }), subject: intent({ a: 1 }) })], {
      outcome: intent({ b: 1 }),
    });
    const other = side([step({ answer: answer(intent(), { apiVersion: 'v2' }), subject: intent({ a: 2 }) })]);
    expect(brief(one, other)).toEqual([
      [1, 'header', 'Idempotent-Replayed', 'value'],
      [1, 'header', 'Stripe-Version', 'value'],
      [1, 'subject', 'payment_intent.a', 'value'],
      [2, 'outcome', 'payment_intent.b', 'missing'],
    ]);
  });

  test('in a refusal: its status, code and words', () => {
    const one = side([step({ answer: refusal({ code: 'a', message: 'No.', param: 'x' }, 402) })]);
    const other = side([step({ answer: refusal({ code: 'b', message: 'Never.' }) })]);
    expect(brief(one, other)).toEqual([
      [1, 'status', 'HTTP status', 'value'],
      [1, 'error', 'error.code', 'value'],
      [1, 'error', 'error.message', 'value'],
      [1, 'error', 'error.param', 'missing'],
    ]);
  });

  test('of the account say what they depend on', () => {
    const [difference] = compare(
      side([step()]),
      side([step({ answer: answer(intent({ statement_descriptor: 'X' })) })]),
    ).differences;
    expect(difference?.depends).toBe('the name of the account');
  });
});

describe('where the two part', () => {
  const refused = step({ answer: refusal({ type: 'invalid_request_error', message: 'Not so.' }) });

  test('nothing after it is compared', () => {
    const comparison = compare(side([step(), refused, step()]), side([step(), step(), step({ subject: 1 })]));
    expect(comparison.compared).toBe(1);
    expect(comparison.end).toEqual({ kind: 'apart', step: 2, reason: 'test mode refused it: Not so.' });
    expect(comparison.differences.map(({ field, test: one, emulator }) => [field, one, emulator])).toEqual([
      ['HTTP status', 400, 200],
      ['error.type', 'invalid_request_error', null],
      ['error.message', 'Not so.', null],
    ]);
    expect(verdictOf(comparison, 3, 'fix').verdict).toBe('fail');
    expect(compare(side([step()]), side([refused])).end?.reason).toBe('the emulator refused it: Not so.');
  });

  test('a payment method that the account has not activated is no difference', () => {
    const message =
      'The payment method type "konbini" is invalid. Please ensure the provided type is activated in your dashboard';
    const comparison = compare(side([step({ answer: refusal({ message }) })]), side([step()]));
    expect(comparison.differences).toEqual([]);
    expect(verdictOf(comparison, 1, 'fix')).toMatchObject({ verdict: 'inconclusive' });
  });

  test('what the emulator says it does not have is none either', () => {
    const body = { code: 'emulator_unsupported', message: 'The emulator has no such thing.' };
    const comparison = compare(side([step()]), side([step({ answer: refusal(body) })]));
    expect(comparison.end?.kind).toBe('not-emulated');
    expect(verdictOf(comparison, 1, 'fix')).toMatchObject({
      verdict: 'inconclusive',
      reason: 'Not emulated at step 1: The emulator has no such thing.',
    });
  });

  test('a subject that cannot be read again is a difference', () => {
    const gone = side([step()], {
      afterwards: null,
      stop: { kind: 'refused', step: 1, reason: 'HTTP 404: No such payment_intent' },
    });
    const comparison = compare(gone, side([step(), step()]));
    expect(comparison.differences).toMatchObject([
      { step: 2, field: 'reading it again', emulator: 'as it should be' },
    ]);
  });

  test('a step that test mode cannot do ends it, and is said', () => {
    const stop = {
      kind: 'offline-only',
      step: 1,
      reason: 'only the emulator can play the customer',
    } as const;
    const comparison = compare(side([step()], { stop }), side([step()], { stop }));
    expect(comparison).toMatchObject({ compared: 1, end: { kind: 'offline-only', step: 2 } });
    expect(verdictOf(comparison, 3, 'fix')).toMatchObject({
      verdict: 'pass',
      reason: '1 step is the same, of 3. From step 2 on: only the emulator can play the customer.',
    });
    const first = { ...stop, step: 0 };
    expect(
      verdictOf(
        compare(side([], { stop: first, afterwards: null }), side([], { stop: first, afterwards: null })),
        3,
        'x',
      ).verdict,
    ).toBe('skipped');
  });
});

describe('events', () => {
  const with_ = (...events: string[][]) => side(events.map((types) => step({ events: types })));

  test('may come in any order, and late', () => {
    expect(compare(with_(['a', 'b'], ['c']), with_(['b', 'a'], ['c'])).differences).toEqual([]);
    expect(compare(with_(['a'], ['c', 'b']), with_(['a', 'b'], ['c'])).differences).toEqual([]);
  });

  test('that are missing or too many are told where they first came', () => {
    expect(brief(with_(['a'], ['b', 'b']), with_(['a', 'c'], ['b']))).toEqual([
      [2, 'events', 'b', 'missing'],
      [1, 'events', 'c', 'extra'],
    ]);
    const [first] = compare(with_(['a'], ['b', 'b']), with_(['a'], ['b'])).differences;
    expect(first).toMatchObject({ test: 2, emulator: 1 });
    expect(verdictOf(compare(with_(['a']), with_([])), 1, 'x').reason).toBe(
      '1 difference at step 1: a came once in test mode, never from the emulator.',
    );
  });
});

describe('verdicts', () => {
  test('count, and tell the first', () => {
    const other = side([
      step({ answer: answer(intent({ amount: 1, status: 'canceled', application: 'x' })) }),
    ]);
    expect(verdictOf(compare(side([step()]), other), 1, 'look')).toEqual({
      verdict: 'fail',
      reason:
        '2 differences, the first at step 1: payment_intent.status is "succeeded" in test mode, "canceled" on the emulator. 1 more depends on the account.',
      fix: 'look',
    });
  });

  test('what only accounts differ in passes', () => {
    const other = side([step({ answer: answer(intent({ application: 'x' })) })]);
    expect(verdictOf(compare(side([step()]), other), 1, 'look')).toEqual({
      verdict: 'pass',
      reason: '1 step is the same. 1 more depends on the account.',
    });
  });
});
