import { tryPrices, tryQuantities } from '../exercises/probes/checkout.ts';
import type { Answered } from '../exercises/visit.ts';
import type { Lesson } from '../lesson.ts';
import type { Seen } from '../seen.ts';

const SHIRT = 5000;

/** A shirt that was begun to be bought for less than it costs. */
function cheapShirt({ intents }: Seen): Seen['intents'][number] | undefined {
  const cheap = intents.filter(
    ({ amount, metadata }) => Number(amount) < SHIRT && (metadata as { item?: string }).item === 'shirt',
  );
  return cheap.find(({ status }) => status === 'succeeded') ?? cheap[0];
}

/** Whether amounts were seen, and each is one of these. */
function amounts({ facts }: Seen, fact: string, allowed: (amount: number) => boolean): boolean {
  const value = facts[fact];
  return Array.isArray(value) && value.every((amount) => typeof amount === 'number' && allowed(amount));
}

const isHonest = ({ facts }: Seen): boolean => JSON.stringify(facts['honest']) === '[5000,2400]';

/** Carts that came to the shop during the turn with a quantity that no page offers. */
function oddCarts({ facts }: Seen): readonly Answered[] {
  const visits = Array.isArray(facts['visits']) ? (facts['visits'] as readonly Answered[]) : [];
  return visits.filter(
    ({ path, form }) => path === '/checkout' && !/^[1-9]\d*$/.test(form['quantity'] ?? '1'),
  );
}

/** The first classic mistake: whoever pays says what it costs. */
export const amountFromTheBrowser: Lesson = {
  id: 'amount-from-the-browser',
  minutes: 9,
  terms: ['payment_intent', 'secret_key', 'publishable_key', 'client_secret', 'smallest_currency_unit'],
  rounds: [
    {
      id: 'attack',
      kind: 'mistake',
      predict: { choices: ['full', 'fifty', 'refused'], right: 'fifty' },
      task: {
        exercise: {
          program: 'checkout',
          runs: 'start',
          visits: [
            {
              title: 'Buy the shirt, and name the price',
              method: 'POST',
              path: '/checkout',
              form: { item: 'shirt', quantity: '1', amount: '50' },
              as: 'order',
            },
          ],
        },
        steps: [
          {
            title: 'Pay it with a card',
            call: 'payment_intents.confirm',
            on: '${order.payment_intent}',
            params: { payment_method: 'pm_card_visa' },
            expect: { events: ['charge.succeeded', 'payment_intent.succeeded'] },
          },
        ],
        finds: { cheap: cheapShirt },
        checks: [
          { id: 'begun', met: ({ objects }) => objects.has('cheap') },
          { id: 'paid', met: ({ objects }) => objects.get('cheap')?.['status'] === 'succeeded' },
        ],
      },
    },
    {
      id: 'mend',
      kind: 'mend',
      predict: { choices: ['hide', 'key', 'lookup'], right: 'lookup' },
      task: {
        exercise: { program: 'checkout', runs: 'copy', probe: tryPrices },
        steps: [],
        checks: [
          { id: 'runs', met: ({ facts }) => facts['runs'] === true },
          { id: 'honest', met: isHonest },
          { id: 'tampered', met: (seen) => amounts(seen, 'tampered', (amount) => amount === SHIRT) },
        ],
      },
    },
    {
      id: 'quantity',
      kind: 'break',
      predict: { choices: ['refused', 'shirt', 'cents'], right: 'cents' },
      task: {
        exercise: {
          program: 'checkout',
          runs: 'copy',
          visits: [
            {
              title: 'Buy a hundredth of a shirt',
              method: 'POST',
              path: '/checkout',
              form: { item: 'shirt', quantity: '0.01' },
            },
            {
              title: 'Buy a negative number of them',
              method: 'POST',
              path: '/checkout',
              form: { item: 'shirt', quantity: '-1' },
            },
          ],
          probe: tryQuantities,
        },
        steps: [],
        checks: [
          { id: 'tried', met: (seen) => oddCarts(seen).length > 0 },
          { id: 'odd', met: (seen) => amounts(seen, 'odd', (amount) => amount >= SHIRT) },
          { id: 'honest', met: isHonest },
        ],
      },
    },
  ],
};
