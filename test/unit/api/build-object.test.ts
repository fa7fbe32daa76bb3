import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildNested, buildObject } from '../../../src/emulator/api/build-object.ts';
import { checkObject } from '../../../src/emulator/api/check-object.ts';
import { objectNames } from '../../../src/emulator/api/tables.ts';
import { requiredValues } from './samples.ts';

const INTENT = {
  id: 'pi_0',
  amount: 1099,
  amount_capturable: 0,
  amount_received: 0,
  capture_method: 'automatic',
  confirmation_method: 'automatic',
  created: 1,
  currency: 'usd',
  payment_method_types: ['card'],
  status: 'requires_payment_method',
};

describe('buildObject', () => {
  test('fills nulls and defaults, leaves optional fields out, and orders keys', () => {
    const intent = buildObject('payment_intent', INTENT);
    expect(Object.keys(intent).slice(0, 5)).toEqual([
      'id',
      'object',
      'allowed_payment_method_types',
      'amount',
      'amount_capturable',
    ]);
    expect(intent).toMatchObject({ object: 'payment_intent', livemode: false, metadata: {}, customer: null });
    expect(intent).toHaveProperty('shared_payment_granted_token', null);
    expect(intent).not.toHaveProperty('amount_details');
    expect(checkObject('payment_intent', intent)).toEqual([]);
  });

  test('puts an optional field in its place', () => {
    const intent = buildObject('payment_intent', {
      ...INTENT,
      amount_details: { tip: {} },
      hooks: undefined,
    });
    expect(Object.keys(intent).indexOf('amount_details')).toBe(
      Object.keys(intent).indexOf('amount_capturable') + 1,
    );
    expect(intent).not.toHaveProperty('hooks');
    expect(checkObject('payment_intent', intent)).toEqual([]);
  });

  test('does not share defaults between objects', () => {
    const first = buildObject('payment_intent', INTENT);
    (first['metadata'] as Record<string, string>)['a'] = 'b';
    expect(buildObject('payment_intent', INTENT)['metadata']).toEqual({});
  });

  test('refuses what would be a bug', () => {
    expect(() => buildObject('payment_intent', { ...INTENT, status: undefined })).toThrow(
      'payment_intent needs status',
    );
    expect(() => buildObject('payment_intent', { ...INTENT, wat: 1 })).toThrow(
      'payment_intent has no field wat',
    );
    expect(() => buildObject('toString', {})).toThrow('no object toString');
  });

  test('builds nested parts', () => {
    expect(buildNested('payment_intent.next_action.redirect_to_url', { url: 'https://x' })).toEqual({
      return_url: null,
      url: 'https://x',
    });
    expect(() => buildNested('payment_intent.nope', {})).toThrow('no object payment_intent.nope');
  });

  test.each(objectNames())('%s: what is built from the required values is faithful', (name) => {
    fc.assert(
      fc.property(requiredValues(name), (values) => {
        expect(checkObject(name, buildObject(name, values))).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });
});

describe('checkObject', () => {
  const problemsOf = (change: Record<string, unknown>) =>
    checkObject('payment_intent', { ...buildObject('payment_intent', INTENT), ...change });

  test.each([
    [{ amount: '1' }, 'payment_intent.amount: "1" is not an integer'],
    [{ amount: null }, 'payment_intent.amount: null'],
    [{ customer: undefined }, 'payment_intent.customer: missing'],
    [{ metadata: { a: 1 } }, 'payment_intent.metadata.a: 1 is not a string'],
    [{ payment_method_types: 'card' }, 'payment_intent.payment_method_types: "card" is not an array'],
    [
      { customer: { id: 'x', object: 'charge' } },
      'payment_intent.customer: is charge, not customer or deleted_customer',
    ],
    [{ shipping: { name: 1 } }, 'payment_intent.shipping.name: 1 is not a string'],
    [{ next_action: {} }, 'payment_intent.next_action.type: missing'],
    [{ zzz: 1 }, 'payment_intent.zzz: unknown field'],
    [{ aaa: 1 }, 'payment_intent.aaa: out of order, after transfer_group'],
  ])('%j is reported', (change, problem) => {
    expect(problemsOf(change)).toContain(problem);
  });

  test('accepts a tombstone in place of a customer', () => {
    expect(problemsOf({ customer: { id: 'cus_0', object: 'customer', deleted: true } })).toEqual([]);
  });

  test('reports a value outside an enum', () => {
    expect(problemsOf({ status: 'paid' })[0]).toMatch(
      /^payment_intent\.status: "paid" is not one of canceled,/,
    );
  });
});
