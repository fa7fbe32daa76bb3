import type { ApiRecord } from '../../../gateway/gateway.ts';
import type { Probe, ProbeBench } from '../exercise.ts';

/** What a cart holds, as a page would send it. */
type Cart = Readonly<Record<string, string>>;

/** A shirt costs 5000, a mug 1200. */
const HONEST: readonly Cart[] = [
  { item: 'shirt', quantity: '1', amount: '5000' },
  { item: 'mug', quantity: '2', amount: '2400' },
];

const TAMPERED: readonly Cart[] = [
  { item: 'shirt', quantity: '1', amount: '50' },
  { item: 'shirt', quantity: '1', amount: '1200' },
];

/** Nothing that a page would send. */
const ODD: readonly Cart[] = [
  ...['0.01', '0', '-1', '-0.01', '1e-2', 'NaN', ''].map((quantity) => ({
    item: 'shirt',
    quantity,
    amount: '5000',
  })),
  ...['constructor', '__proto__', 'sock'].map((item) => ({ item, quantity: '1', amount: '50' })),
];

/** Whether prices come from the server: `honest` and `tampered` are the amounts of the intents that were made. */
export const tryPrices: Probe = async (bench) => ({
  honest: await amountsOf(bench, HONEST),
  tampered: await amountsOf(bench, TAMPERED),
});

/** Whether anything else that a browser sends makes a shirt cheaper: `odd` are the amounts of the intents for odd carts. */
export const tryQuantities: Probe = async (bench) => ({
  ...(await tryPrices(bench)),
  odd: await amountsOf(bench, ODD),
});

/** Buys each cart. Answers the amounts of all intents that were made for them, as they are afterwards. */
async function amountsOf(bench: ProbeBench, carts: readonly Cart[]): Promise<readonly unknown[]> {
  await bench.takeEvents();
  for (const cart of carts) await bench.visit('POST', '/checkout', cart);
  const made = (await bench.takeEvents()).filter((event) => event['type'] === 'payment_intent.created');
  const intents = await Promise.all(
    made.map((event) => bench.call('GET', `/v1/payment_intents/${objectOf(event)['id']}`)),
  );
  return intents.map((intent) => intent['amount']);
}

const objectOf = (event: ApiRecord): ApiRecord => (event['data'] as { object: ApiRecord }).object;
