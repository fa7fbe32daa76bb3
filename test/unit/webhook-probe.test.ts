import { describe, expect, test } from 'vitest';
import { isContract, pathReader, readContract } from '../../src/conformance/effect.ts';
import { learnReader } from '../../src/conformance/learned-effect.ts';

const order = {
  id: 'order_1',
  amount: 5000,
  currency: 'usd',
  intents: ['pi_aaaaaaaaaaaa', 'pi_bbbbbbbbbbbb'],
};
const [intent = ''] = order.intents;
const other = { ...order, id: 'order_2', intents: ['pi_cccccccccccc'] };

describe('the documented shape', () => {
  test('is read under the order or its intents', () => {
    const record = { fulfilled: 2, refunded: 300, disputed: true, status: 'paid' };
    const effect = { fulfilled: 2, countable: true, refunded: 300, disputed: true, status: 'paid' };
    expect(readContract({ orders: { order_1: record } }, order)).toEqual(effect);
    expect(readContract({ orders: { [intent]: record } }, order)).toEqual(effect);
    expect(readContract({ orders: { order_1: record } }, other)).toEqual({ fulfilled: 0, countable: true });
  });

  test('adds up what two intents did, and does not count one record twice', () => {
    const [first = '', second = ''] = order.intents;
    const orders = { [first]: { fulfilled: 1 }, [second]: { fulfilled: 1 } };
    expect(readContract({ orders }, order).fulfilled).toBe(2);
    expect(readContract({ orders: { ...orders, order_1: { fulfilled: 1 } } }, order).fulfilled).toBe(1);
  });

  test('may say whether instead of how often, which cannot be counted', () => {
    expect(readContract({ orders: { order_1: { fulfilled: true } } }, order)).toEqual({
      fulfilled: 1,
      countable: false,
    });
  });

  test.each([
    [{ orders: {} }, true],
    [{ orders: { a: { fulfilled: 0 } } }, true],
    [{ orders: { a: { shipped: 0 } } }, false],
    [{ orders: [] }, false],
    [[], false],
  ])('%j: %s', (answer, expected) => {
    expect(isContract(answer)).toBe(expected);
  });
});

test('a path counts numbers, lists and members', () => {
  expect(pathReader('shipped')({ shipped: 3 }, order).fulfilled).toBe(3);
  expect(pathReader('shipped')({ shipped: ['a', 'b'] }, order).fulfilled).toBe(2);
  expect(pathReader('orders.{order}.times')({ orders: { order_1: { times: 4 } } }, order).fulfilled).toBe(4);
  expect(pathReader('paid.{intent}')({ paid: { [intent]: 1 } }, order).fulfilled).toBe(1);
  expect(pathReader('paid.{intent}')({}, order).fulfilled).toBe(0);
});

describe('another shape is learned from one payment', () => {
  test.each<[string, unknown, unknown, string, unknown, number]>([
    ['a counter', { shipped: 4 }, { shipped: 5 }, 'shipped', { shipped: 7 }, 7],
    [
      'a list of ids',
      { fulfilled: [] },
      { fulfilled: [intent] },
      'fulfilled',
      { fulfilled: [intent, 'pi_zzzzzzzzzzzz', intent] },
      2,
    ],
    [
      'a hash of counts',
      {},
      { fulfilments: { [intent]: 1 } },
      'fulfilments.{order}',
      { fulfilments: { [intent]: 3 } },
      3,
    ],
    [
      'a list of records',
      [],
      [{ order: 'order_1', fulfilled: 1, amount: 5000 }],
      '[…].fulfilled',
      [
        { order: 'order_1', fulfilled: 2 },
        { order: 'order_2', fulfilled: 5 },
      ],
      2,
    ],
    [
      'a counter among others',
      { webhooks_received: 1, shipped: 0, seen: ['a'] },
      { webhooks_received: 2, shipped: 1, seen: ['a', 'b'] },
      'shipped',
      { webhooks_received: 9, shipped: 2 },
      2,
    ],
    ['a status', { [intent]: 'open' }, { [intent]: 'paid' }, '{order}', { [intent]: 'paid' }, 1],
    ['a record that appears', {}, { fulfilled: { [intent]: { at: 'now' } } }, 'fulfilled.{order}', {}, 0],
  ])('%s', (_, before, after, place, later, count) => {
    const learned = learnReader(before, after, order);
    expect(learned?.place).toBe(place);
    expect(learned?.read(later, order).fulfilled).toBe(count);
  });

  test('nothing is learned where nothing counts', () => {
    expect(learnReader({ a: 1 }, { a: 1 }, order)).toBeUndefined();
    expect(learnReader({ events: 1, at: 5 }, { events: 2, at: 9 }, order)).toBeUndefined();
  });

  test('refunds and disputes are found by their names', () => {
    const learned = learnReader({ shipped: 0 }, { shipped: 1 }, order);
    const answer = { shipped: 1, refunds: { [intent]: 2500 }, disputed: [intent] };
    expect(learned?.read(answer, order)).toMatchObject({ refunded: 2500, disputed: true });
    expect(learned?.read(answer, other)).toMatchObject({ disputed: false });
    expect(learned?.read({ shipped: 1 }, order)).not.toHaveProperty('refunded');
  });
});
