import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { pay, refusal } from '../support/payments.ts';

let emulator: TestEmulator;
let stripe: Stripe;

beforeEach(() => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
});
afterEach(() => emulator.close());

/** Makes intents of these amounts, each with metadata `n`, one a minute. */
async function intents(...amounts: number[]): Promise<void> {
  for (const amount of amounts) {
    await stripe.paymentIntents.create({ amount, currency: 'usd', metadata: { n: String(amount) } });
    await emulator.advance(60);
  }
}

const amounts = async (query: string) =>
  (await stripe.paymentIntents.search({ query, limit: 100 })).data.map(({ amount }) => amount);

describe('PaymentIntents', () => {
  test('are found at once, newest first', async () => {
    await intents(1000, 2000, 3000);
    const result = await stripe.paymentIntents.search({ query: 'amount>1000' });
    expect(result).toMatchObject({
      object: 'search_result',
      has_more: false,
      next_page: null,
      url: '/v1/payment_intents/search',
    });
    expect(result).not.toHaveProperty('total_count');
    expect(result.data.map(({ amount }) => amount)).toEqual([3000, 2000]);
  });

  test.each([
    ['amount:2000', [2000]],
    ['amount:"2000"', [2000]],
    ['amount>=2000', [3000, 2000]],
    ['amount<2000', [1000]],
    ['amount<=2000', [2000, 1000]],
    ['-amount:2000', [3000, 1000]],
    ['amount>1000 AND amount<3000', [2000]],
    ['amount>1000 amount<3000', [2000]],
    ['amount:1000 or amount:3000', [3000, 1000]],
    ['currency:"USD"', [3000, 2000, 1000]],
    ["currency:'eur'", []],
    ['-currency:"eur"', [3000, 2000, 1000]],
    ['status:"requires_payment_method"', [3000, 2000, 1000]],
    ['customer:null', [3000, 2000, 1000]],
    ['-customer:NULL', []],
    ['metadata["n"]:"2000"', [2000]],
    ["metadata['n']:'2000'", [2000]],
    ['metadata["n"]:null', []],
    ['-metadata["other"]:"x" amount>2000', [3000]],
    ['metadata["other"]:null AND amount:1000', [1000]],
    ['created>1768478459 AND created<1768478500', [2000]],
    ['  amount : 1000  ', [1000]],
  ])('%s', async (query, expected) => {
    await intents(1000, 2000, 3000);
    expect(await amounts(query)).toEqual(expected);
  });

  test('are found by customer and by status', async () => {
    const customer = await stripe.customers.create({});
    await intents(1000);
    await pay(stripe, 'pm_card_visa', { customer: customer.id });
    expect(await amounts(`customer:"${customer.id}" AND status:'succeeded'`)).toEqual([5000]);
    expect(await amounts(`-customer:"${customer.id}"`)).toEqual([1000]);
    expect(await amounts(`customer:"${customer.id}" OR amount:1000`)).toEqual([5000, 1000]);
  });

  test('come in pages, whose number of objects is known on request', async () => {
    await intents(1000, 2000, 3000, 4000, 5000);
    const query = 'amount>1000';
    const first = await stripe.paymentIntents.search({ query, limit: 3, expand: ['total_count'] });
    expect(first).toMatchObject({ has_more: true, next_page: expect.any(String), total_count: 4 });
    const second = await stripe.paymentIntents.search({ query, limit: 3, page: first.next_page as string });
    expect(second).toMatchObject({ has_more: false, next_page: null });
    expect([...first.data, ...second.data].map(({ amount }) => amount)).toEqual([5000, 4000, 3000, 2000]);
    const all = await stripe.paymentIntents.search({ query, limit: 1 }).autoPagingToArray({ limit: 50 });
    expect(all).toHaveLength(4);
  });

  test('expand what they name', async () => {
    await pay(stripe);
    const { data } = await stripe.paymentIntents.search({
      query: 'amount:5000',
      expand: ['data.latest_charge'],
    });
    expect(data[0]?.latest_charge).toMatchObject({ object: 'charge', amount: 5000 });
  });
});

test('escaped quotes belong to the text', async () => {
  const title = 'the story called "The Sea"';
  const { id } = await stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    metadata: { title, 'it is "so"': 'yes' },
  });
  for (const query of [
    'metadata["title"]:"the story called \\"The Sea\\""',
    `metadata["title"]:'${title}'`,
    'metadata["it is \\"so\\""]:"yes"',
  ]) {
    const { data } = await stripe.paymentIntents.search({ query });
    expect(data.map((intent) => intent.id)).toEqual([id]);
  }
});

describe('customers', () => {
  const names = async (query: string) =>
    (await stripe.customers.search({ query })).data.map(({ name }) => name);

  beforeEach(async () => {
    await stripe.customers.create({ name: 'One Two Three', email: 'amy@rocketrides.io', phone: '+15550001' });
    await stripe.customers.create({ name: 'One Two Three Four', email: 'bob@example.com' });
  });

  test.each([
    ['name:"one two three"', ['One Two Three Four', 'One Two Three']],
    ['name:"two four"', []],
    ['name:"four"', ['One Two Three Four']],
    ['name~"hree f"', ['One Two Three Four']],
    ['email:"AMY@rocketrides.io"', ['One Two Three']],
    ['email:"rocketrides.io"', []],
    ['email~"rocket"', ['One Two Three']],
    ['-email~"rocket"', ['One Two Three Four']],
    ['phone:"+15550001"', ['One Two Three']],
    ['phone:null', ['One Two Three Four']],
  ])('%s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  test('are not found once they are deleted', async () => {
    const { data } = await stripe.customers.search({ query: 'name:"four"' });
    await stripe.customers.del(data[0]?.id as string);
    expect(await names('name:"four"')).toEqual([]);
  });
});

describe('charges', () => {
  const found = async (query: string) => (await stripe.charges.search({ query })).data.map(({ id }) => id);

  test('are found by card, dispute, refund and address', async () => {
    const plain = await pay(stripe, 'pm_card_visa');
    const disputed = await pay(stripe, 'pm_card_createDispute');
    const partly = await pay(stripe, 'pm_card_mastercard');
    const wholly = await pay(stripe, 'pm_card_mastercard');
    await stripe.refunds.create({ charge: partly.id, amount: 1 });
    await stripe.refunds.create({ charge: wholly.id });
    expect(await found('payment_method_details.card.last4:4242')).toEqual([plain.id]);
    expect(await found('payment_method_details.card.brand:"mastercard"')).toEqual([wholly.id, partly.id]);
    expect(await found('disputed:"true"')).toEqual([disputed.id]);
    expect(await found('refunded:"true"')).toEqual([wholly.id]);
    expect(await found('refunded:"false"')).toEqual([partly.id]);
    expect(await found('refunded:null')).toEqual([disputed.id, plain.id]);
    expect(await found('billing_details.address.postal_code:12345')).toEqual([]);
    expect(await found('payment_method_details.card_present.brand:null')).toHaveLength(4);
  });
});

describe('refused', () => {
  const search = (query: string) => refusal(stripe.paymentIntents.search({ query }));
  const unreadable = /^We were unable to parse your search query\./;

  test.each([
    'asdf',
    '',
    'amount:',
    'amount>1000 AND',
    'amount 1000',
    'status:succeeded',
    '(amount:1000)',
    'metadata["a"]:"b',
    'metadata:"x"',
    'currency["a"]:"x"',
  ])('%s is no query', async (query) => {
    expect(await search(query)).toMatchObject({ status: 400, type: 'StripeInvalidRequestError' });
  });

  test("what cannot be read, in Stripe's words", async () => {
    expect(await search('asdf')).toEqual({
      status: 400,
      type: 'StripeInvalidRequestError',
      code: undefined,
      param: undefined,
      message:
        'We were unable to parse your search query. Try using the format `metadata["key"]:"value"` to query for metadata or key:"value" to query for other fields.',
    });
    expect((await search('amount:1 AND amount:2 OR amount:3'))['message']).toMatch(unreadable);
    expect((await search('amount:1 amount:2 OR amount:3'))['message']).toMatch(unreadable);
    const long = Array.from({ length: 11 }, (_, n) => `amount:${n}`).join(' OR ');
    expect((await search(long))['message']).toMatch(unreadable);
  });

  test('fields that a resource does not have', async () => {
    expect(await search('email:"a@b.co"')).toMatchObject({
      message:
        'Field `email` is an unsupported search field for resource `payment_intents`. See http://stripe.com/docs/search#query-fields-for-payment-intents for a list of supported fields.',
    });
    expect(await search('constructor:"x"')).toMatchObject({
      message: expect.stringContaining('unsupported search field'),
    });
  });

  test('operators that a field does not take', async () => {
    for (const query of ['status>"a"', 'status~"succ"', 'amount~1000', 'amount:"many"', 'amount>null']) {
      expect((await search(query))['status']).toBe(400);
    }
    const short = await refusal(stripe.customers.search({ query: 'email~"am"' }));
    expect(short['message']).toContain('at least 3 characters');
    expect((await refusal(stripe.charges.search({ query: 'disputed:"maybe"' })))['status']).toBe(400);
  });

  test('no query, and pages that never were', async () => {
    const { json } = await emulator.raw('GET', '/v1/payment_intents/search');
    expect(json['error']).toMatchObject({ code: 'parameter_missing', param: 'query' });
    const page = await refusal(stripe.paymentIntents.search({ query: 'amount:1', page: 'nope' }));
    expect(page).toMatchObject({ status: 400, param: 'page' });
  });
});

test('what the store looks up leaves nothing out', async () => {
  await intents(1000, 2000, 3000);
  const customer = await stripe.customers.create({});
  await pay(stripe, 'pm_card_visa', { customer: customer.id, amount: 4000 });
  const [start, end] = [1768478400, 1768478400 + 180];
  expect(await amounts(`created:${start}`)).toEqual([1000]);
  expect(await amounts(`created>=${start} AND created<=${end - 60}`)).toEqual([3000, 2000, 1000]);
  expect(await amounts(`created>${start} AND created>${start + 60}`)).toEqual([4000, 3000]);
  expect(await amounts(`created>${start + 60} AND created>${start}`)).toEqual([4000, 3000]);
  expect(await amounts(`-created>${start}`)).toEqual([1000]);
  expect(await amounts(`created<${start + 1} OR created>=${end}`)).toEqual([4000, 1000]);
  expect(await amounts('status:"SUCCEEDED"')).toEqual([4000]);
  expect(await amounts('-status:"succeeded"')).toEqual([3000, 2000, 1000]);
  expect(await amounts('status:"succeeded" status:"canceled"')).toEqual([]);
  expect(await amounts(`customer:"${customer.id}" AND status:"succeeded"`)).toEqual([4000]);
});
