import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ACCOUNT_FIELDS, accountCannot, accountReason } from '../../../src/parity/account-fields.ts';
import { fieldDifferences, Pairs } from '../../../src/parity/field-differences.ts';

const between = (test: unknown, emulator: unknown, pairs = new Pairs()) =>
  fieldDifferences(test, emulator, '', pairs).map((one) => [one.field, one.kind, one.test, one.emulator]);

describe('fields', () => {
  test.each([
    ['nothing', { a: 1 }, { a: 1 }, []],
    ['order', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['a value', { a: 1 }, { a: 2 }, [['a', 'value', 1, 2]]],
    ['a type', { a: 1 }, { a: '1' }, [['a', 'type', 1, '1']]],
    ['an object for an id', { a: { b: 1 } }, { a: 'x' }, [['a', 'type', { b: 1 }, 'x']]],
    ['an array for an object', { a: [] }, { a: {} }, [['a', 'type', [], {}]]],
    ['null and something', { a: null }, { a: 'x' }, [['a', 'value', null, 'x']]],
    ['null and absent', { a: null }, {}, [['a', 'missing', null, undefined]]],
    ['one too many', {}, { a: null }, [['a', 'extra', undefined, null]]],
    ['deep down', { a: { b: { c: 1 } } }, { a: { b: { c: 2 } } }, [['a.b.c', 'value', 1, 2]]],
    ['a whole part', { a: { b: 1 } }, { a: {} }, [['a.b', 'missing', 1, undefined]]],
    ['in an array', { a: [1, 2] }, { a: [1, 3] }, [['a[1]', 'value', 2, 3]]],
    ['a longer array', { a: [1] }, { a: [1, 3] }, [['a[1]', 'extra', undefined, 3]]],
    [
      'a shorter array',
      { a: [1, 2] },
      { a: [] },
      [
        ['a[0]', 'missing', 1, undefined],
        ['a[1]', 'missing', 2, undefined],
      ],
    ],
    ['no object at all', null, { a: 1 }, [['', 'value', null, { a: 1 }]]],
  ])('%s', (_, one, other, expected) => {
    expect(between(one, other)).toEqual(expected);
  });

  test('are named after the object of the API they belong to', () => {
    const charge = (brand: string) => ({
      object: 'payment_intent',
      latest_charge: { object: 'charge', card: { brand } },
      charges: { object: 'list', data: [{ object: 'charge', card: { brand } }] },
    });
    expect(between(charge('visa'), charge('amex')).map(([field]) => field)).toEqual([
      'charge.card.brand',
      'charge.card.brand',
    ]);
    expect(fieldDifferences({ code: 'a' }, { code: 'b' }, 'error', new Pairs())[0]?.field).toBe('error.code');
  });

  test('named __proto__ and constructor are fields like any other', () => {
    expect(between(JSON.parse('{"__proto__":1,"constructor":2}'), JSON.parse('{"__proto__":1}'))).toEqual([
      ['constructor', 'missing', 2, undefined],
    ]);
  });
});

describe('ids', () => {
  test('mean the same object where they first stand, and no other later', () => {
    const pairs = new Pairs();
    expect(between({ id: 'ch_1' }, { id: 'ch_2' }, pairs)).toEqual([]);
    expect(between({ id: 'ch_1' }, { id: 'ch_2' }, pairs)).toEqual([]);
    expect(between({ id: 'ch_2' }, { id: 'ch_2' }, pairs)).toEqual([['id', 'value', 'ch_2', 'ch_2']]);
    expect(between({ id: 'ch_1' }, { id: 'ch_3' }, pairs)).toEqual([['id', 'value', 'ch_1', 'ch_3']]);
    expect(between({ id: 'ch_4' }, { id: 'ch_4' }, pairs)).toEqual([]);
  });

  test('of another kind are different', () => {
    expect(between({ id: 'ch_1' }, { id: 'py_1' })).toEqual([['id', 'value', 'ch_1', 'py_1']]);
  });

  test('inside a sentence do not count, its words do', () => {
    expect(between({ m: 'No such pi_1, sorry' }, { m: 'No such pi_2, sorry' })).toEqual([]);
    expect(between({ m: 'No such pi_1, sorry' }, { m: 'No such pi_1.' })).toHaveLength(1);
  });
});

describe('times', () => {
  test.each([
    ['<time +0>', '<time +599>', 0],
    ['<time +604800>', '<time +604800>', 0],
    ['<time +604800>', '<time +601000>', 1],
    ['<time +604800>', '<time -604800>', 1],
    ['<time +0>', '<random>', 1],
  ])('%s and %s', (one, other, differences) => {
    expect(between({ at: one }, { at: other })).toHaveLength(differences);
  });
});

describe('what depends on the account', () => {
  test.each([
    'payment_intent.payment_method_configuration_details',
    'payment_intent.payment_method_configuration_details.id',
    'charge.calculated_statement_descriptor',
    'balance_transaction.fee',
    'balance_transaction.fee_details[0].amount',
    'charge.outcome.risk_level',
    'charge.payment_method_details.card.overcapture.status',
    'customer.next_invoice_sequence',
  ])('%s does', (field) => {
    expect(accountReason({ field })).toBeTypeOf('string');
  });

  test.each([
    'payment_intent.amount',
    'payment_intent.status',
    'charge.balance_transaction',
    'balance_transaction.type',
    'charge.amount',
    'payment_intent.payment_method_options',
    'error.message',
    'HTTP status',
    'charge.outcome.type',
    'charge.payment_method_details.card.brand',
  ])('%s does not', (field) => {
    expect(accountReason({ field })).toBeUndefined();
  });

  test('docs/parity.md has every row', () => {
    const text = readFileSync(new URL('../../../docs/parity.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `([\w.*]+)` \| (.*) \|$/gm)].map(([, field, because]) => [
      field,
      because,
    ]);
    expect(rows).toEqual(ACCOUNT_FIELDS.map(({ field, because }) => [field, because]));
  });

  test('each row says why, once', () => {
    expect(new Set(ACCOUNT_FIELDS.map(({ field }) => field)).size).toBe(ACCOUNT_FIELDS.length);
    for (const { field, because, pattern } of ACCOUNT_FIELDS) {
      expect(because).not.toBe('');
      expect(pattern.test(field.replaceAll('*', 'x'))).toBe(true);
    }
  });

  test.each([
    [
      'The payment method type "konbini" is invalid. Please ensure the provided type is activated in your dashboard (https://dashboard.stripe.com/account/payments/settings) and your account is enabled for any preview features that you are trying to use.',
      true,
    ],
    ['Your account cannot currently make charges.', true],
    ['Amount must be at least $0.50 usd', false],
    ['Your card was declined.', false],
    ['No such customer: cus_1', false],
    ['You cannot cancel this PaymentIntent because it has a status of succeeded.', false],
  ])('a refusal of the account: %s', (message, expected) => {
    expect(accountCannot(message)).toBe(expected);
  });
});
