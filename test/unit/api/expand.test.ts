import { describe, expect, test } from 'vitest';
import { type ExpandContext, expand } from '../../../src/emulator/api/expand.ts';
import { validateParams } from '../../../src/emulator/api/validate.ts';
import { ApiError } from '../../../src/emulator/api-error.ts';
import type { ApiHash } from '../../../src/emulator/objects.ts';

const OBJECTS: Record<string, ApiHash> = {
  ch_1: {
    id: 'ch_1',
    object: 'charge',
    balance_transaction: 'txn_1',
    customer: 'cus_1',
    payment_intent: 'pi_1',
  },
  txn_1: { id: 'txn_1', object: 'balance_transaction', source: 'ch_1' },
  cus_1: {
    id: 'cus_1',
    object: 'customer',
    default_source: null,
    invoice_settings: { custom_fields: null, default_payment_method: 'pm_1' },
    name: 'A',
  },
  pm_1: { id: 'pm_1', object: 'payment_method', customer: 'cus_1' },
  pi_1: {
    id: 'pi_1',
    object: 'payment_intent',
    customer: 'cus_1',
    latest_charge: 'ch_1',
    payment_method: null,
  },
};

const context: ExpandContext = {
  load: (_names, id) => OBJECTS[id],
  include: (owner, field) => {
    if (owner['object'] === 'charge' && field === 'refunds') {
      return {
        object: 'list',
        data: [{ id: 're_1', object: 'refund', charge: 'ch_1' }],
        has_more: false,
        url: '/',
      };
    }
    if (owner['object'] === 'search_result' && field === 'total_count') return 7;
    return field === 'amount_details.line_items' ? { object: 'list', data: [] } : undefined;
  },
};

const intent = OBJECTS['pi_1'] as ApiHash;
const listOf = (...data: ApiHash[]): ApiHash => ({ object: 'list', data, has_more: false, url: '/v1/x' });

describe('expand', () => {
  test('replaces an id, and ids inside what it put there', () => {
    const answer = expand(
      intent,
      ['latest_charge.balance_transaction', 'latest_charge.customer', 'customer'],
      context,
    );
    expect(answer['customer']).toEqual(OBJECTS['cus_1']);
    expect(answer['latest_charge']).toMatchObject({
      balance_transaction: { object: 'balance_transaction' },
      customer: { object: 'customer' },
      payment_intent: 'pi_1',
    });
  });

  test('changes neither the object nor what is stored', () => {
    const before = structuredClone(OBJECTS);
    expand(
      intent,
      ['latest_charge.balance_transaction.source', 'customer.invoice_settings.default_payment_method'],
      context,
    );
    expect(OBJECTS).toEqual(before);
  });

  test('null stays null, an id that leads nowhere stays an id', () => {
    expect(expand(intent, ['payment_method.customer'], context)).toEqual(intent);
    expect(expand({ ...intent, customer: 'cus_9' }, ['customer'], context)['customer']).toBe('cus_9');
  });

  test('goes through nested hashes and lists', () => {
    const customer = expand(
      OBJECTS['cus_1'] as ApiHash,
      ['invoice_settings.default_payment_method'],
      context,
    );
    expect(customer['invoice_settings']).toMatchObject({ default_payment_method: { id: 'pm_1' } });
    const list = expand(listOf(intent, { ...intent, customer: null }), ['data.customer'], context);
    expect(list['data']).toEqual([
      { ...intent, customer: OBJECTS['cus_1'] },
      { ...intent, customer: null },
    ]);
  });

  test('adds fields that are only there when asked for, in their place', () => {
    const charge = expand(OBJECTS['ch_1'] as ApiHash, ['refunds.data.charge'], context);
    expect(Object.keys(charge)).toEqual([...Object.keys(OBJECTS['ch_1'] as ApiHash), 'refunds']);
    expect(charge['refunds']).toMatchObject({ data: [{ id: 're_1', charge: { id: 'ch_1' } }] });
    expect(
      expand({ ...intent, amount_details: { tip: {} } }, ['amount_details.line_items'], context)[
        'amount_details'
      ],
    ).toEqual({ line_items: { object: 'list', data: [] }, tip: {} });
    expect(expand(OBJECTS['cus_1'] as ApiHash, ['sources'], context)).not.toHaveProperty('sources');
    expect(expand({ object: 'search_result', data: [] }, ['total_count'], context)['total_count']).toBe(7);
  });
});

describe('expand paths', () => {
  function refusal(operation: string, path: string) {
    try {
      validateParams(operation, { expand: [path] });
    } catch (error) {
      if (error instanceof ApiError) return error.error;
      throw error;
    }
    return undefined;
  }

  test.each([
    ['payment_intents.retrieve', 'bogus', 'This property cannot be expanded (bogus).'],
    ['payment_intents.retrieve', 'description', 'This property cannot be expanded (description).'],
    ['payment_intents.retrieve', 'metadata', 'This property cannot be expanded (metadata).'],
    [
      'payment_intents.retrieve',
      'latest_charge.bogus.x',
      'This property cannot be expanded (latest_charge.bogus).',
    ],
    [
      'customers.retrieve',
      'invoice_settings.bogus',
      'This property cannot be expanded (invoice_settings.bogus).',
    ],
    ['charges.retrieve', 'refunds.charge', 'This property cannot be expanded (refunds.charge).'],
    [
      'payment_intents.list',
      'customer',
      "This property cannot be expanded (customer). You may want to try expanding 'data.customer' instead.",
    ],
    ['payment_intents.list', 'data.bogus', 'This property cannot be expanded (data.bogus).'],
  ])('%s with %s is refused without code or param', (operation, path, message) => {
    expect(refusal(operation, path)).toEqual({ type: 'invalid_request_error', message });
  });

  test('more than four levels', () => {
    expect(refusal('payment_intents.list', 'data.latest_charge.customer.default_source.x')).toEqual({
      type: 'invalid_request_error',
      code: 'property_expansion_max_depth',
      message:
        'You cannot expand more than 4 levels of a property. Property: data.latest_charge.customer.default_source.x',
    });
  });

  test.each([
    ['payment_intents.retrieve', 'latest_charge.balance_transaction'],
    ['payment_intents.retrieve', 'last_payment_error.payment_method'],
    ['payment_intents.retrieve', 'review.charge'],
    ['payment_intents.retrieve', 'customer.foo'],
    ['payment_intents.list', 'data'],
    ['payment_intents.list', 'data.latest_charge.payment_intent.customer'],
    ['customers.retrieve', 'address'],
    ['customers.retrieve', 'tax'],
    ['customers.retrieve', 'subscriptions.data.anything'],
    ['charges.retrieve', 'dispute'],
    ['charges.retrieve', 'refunds.data.balance_transaction'],
    ['balance_transactions.list', 'data.source'],
  ])('%s with %s is accepted', (operation, path) => {
    expect(refusal(operation, path)).toBeUndefined();
  });

  test('total_count belongs to searches', () => {
    expect(() =>
      validateParams('payment_intents.search', { query: 'x', expand: ['total_count'] }),
    ).not.toThrow();
    expect(refusal('payment_intents.list', 'total_count')).toBeDefined();
  });
});
