import { randomUUID } from 'node:crypto';
import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../src/advice/rules.ts';
import { type App, advisedRun, tolerating } from '../support/app-runs.ts';
import { PUBLISHABLE_KEY, TEST_KEY } from '../support/emulator.ts';

type Play = (app: App) => Promise<unknown>;

interface Case {
  /** What it is, and the severity the rule must say. */
  readonly fires: readonly (readonly [what: string, severity: string, play: Play])[];
  /** What looks like it and is right. */
  readonly silent: readonly (readonly [what: string, play: Play])[];
}

const RETURN = 'https://shop.example/paid';
const order = (id = '42') => ({ amount: 1099, currency: 'eur', metadata: { order_id: id } });
const key = (idempotencyKey: string) => ({ idempotencyKey });
const pay = (
  { stripe }: App,
  idempotencyKey: string,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.PaymentIntent> =>
  stripe.paymentIntents.create(
    { ...order(), payment_method: 'pm_card_visa', confirm: true, return_url: RETURN, ...more },
    key(idempotencyKey),
  );
const times = async (count: number, act: (index: number) => Promise<unknown>) => {
  for (let index = 0; index < count; index += 1) await act(index);
};
const hold = (app: App, id: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  pay(app, id, { capture_method: 'manual', ...more });
const curl = { 'stripe-version': '2026-10-28.endive', 'user-agent': 'curl/8.5.0' };
const DAY = 86_400;
/** Still taken, though no longer in the SDK's types. */
const only = (type: string): object => ({ payment_method_types: [type] });

const CASES: Readonly<Record<string, Case>> = {
  'idempotency-key': {
    fires: [
      [
        'an SDK without a key of the app, paying',
        'warning',
        ({ stripe }) =>
          stripe.paymentIntents.create({
            ...order(),
            payment_method: 'pm_card_visa',
            confirm: true,
            return_url: RETURN,
          }),
      ],
      [
        'an SDK without a key of the app, creating',
        'note',
        ({ stripe }) => stripe.paymentIntents.create(order()),
      ],
      [
        'no key at all, creating',
        'warning',
        ({ send }) => send('POST', '/v1/payment_intents', 'amount=1099&currency=eur', curl),
      ],
      [
        'no key at all, paying',
        'error',
        ({ send }) =>
          send(
            'POST',
            '/v1/payment_intents',
            'amount=1099&currency=eur&confirm=true&payment_method=pm_card_visa',
            curl,
          ),
      ],
      [
        'no key at all, confirming',
        'warning',
        async ({ stripe, send }) => {
          const { id } = await stripe.paymentIntents.create(order(), key('a'));
          await send('POST', `/v1/payment_intents/${id}/confirm`, 'payment_method=pm_card_visa', curl);
        },
      ],
      [
        'no key at all, refunding',
        'error',
        async (app) => {
          const { id } = await pay(app, 'a');
          await app.send('POST', '/v1/refunds', `payment_intent=${id}&amount=100`, curl);
        },
      ],
    ],
    silent: [
      ['keys of the app', (app) => pay(app, 'order-42')],
      [
        'a capture and an update',
        async (app) => {
          const { id } = await hold(app, 'a');
          await app.stripe.paymentIntents.update(id, { description: 'x' });
          await app.stripe.paymentIntents.capture(id);
        },
      ],
      [
        'a browser that confirms',
        async ({ stripe, page }) => {
          const { id, client_secret } = await stripe.paymentIntents.create(order(), key('a'));
          await page.paymentIntents.confirm(id, {
            client_secret: client_secret ?? '',
            payment_method: 'pm_card_visa',
            return_url: RETURN,
          } as never);
        },
      ],
      [
        'payintent itself',
        ({ send }) =>
          send('POST', '/v1/payment_intents', 'amount=1099&currency=eur', {
            ...curl,
            'user-agent': 'Stripe/v1 NodeBindings/23.1.0 payintent',
          }),
      ],
      [
        "Stripe's CLI",
        ({ send }) =>
          send('POST', '/v1/payment_intents', 'amount=1099&currency=eur', {
            'user-agent': 'Stripe/v1 stripe-cli/1.52.0',
          }),
      ],
    ],
  },
  'retry-new-key': {
    fires: [
      [
        'one order paid twice',
        'error',
        async (app) => {
          await pay(app, 'random-1');
          await app.wait(5);
          await pay(app, 'random-2');
        },
      ],
      [
        'a refund made twice',
        'warning',
        async (app) => {
          const { id } = await pay(app, 'a');
          await app.stripe.refunds.create({ payment_intent: id, amount: 100 }, key(randomUUID()));
          await app.stripe.refunds.create({ payment_intent: id, amount: 100 }, key(randomUUID()));
        },
      ],
      [
        'a confirmation again after it had gone through',
        'warning',
        async ({ stripe }) => {
          const { id } = await stripe.paymentIntents.create(order(), key('a'));
          const params = { payment_method: 'pm_card_visa', return_url: RETURN };
          await stripe.paymentIntents.confirm(id, params, key('c1'));
          await tolerating(stripe.paymentIntents.confirm(id, params, key('c2')));
        },
      ],
      [
        'a new key after a 500',
        'warning',
        async (app) => {
          app.trouble(500);
          await tolerating(pay(app, 'random-1'));
          await pay(app, 'random-2');
        },
      ],
      [
        "the SDK's keys around a retry of the app",
        'warning',
        async ({ stripe }) => {
          const params = { ...order(), payment_method: 'pm_card_visa', confirm: true, return_url: RETURN };
          await stripe.paymentIntents.create(params);
          await stripe.paymentIntents.create(params);
        },
      ],
    ],
    silent: [
      [
        'two equal parts given back, each with a key that names it',
        async (app) => {
          const { id } = await pay(app, 'a');
          const part = { payment_intent: id, amount: 100 };
          await app.stripe.refunds.create(part, key('refund-order-42-item-1'));
          await app.stripe.refunds.create(part, key('refund-order-42-item-2'));
        },
      ],
      [
        'the same key',
        async (app) => {
          await pay(app, 'order-42');
          await pay(app, 'order-42');
        },
      ],
      [
        'the same key after a 500',
        async (app) => {
          app.trouble(500);
          await tolerating(pay(app, 'order-42'));
          await pay(app, 'order-42');
        },
      ],
      [
        'a new key after a decline',
        async (app) => {
          await tolerating(pay(app, 'order-42-1', { payment_method: 'pm_card_chargeDeclined' }));
          await tolerating(pay(app, 'order-42-2', { payment_method: 'pm_card_chargeDeclined' }));
        },
      ],
      [
        'two customers who buy the same',
        async (app) => {
          await pay(app, 'a', { metadata: {} });
          await pay(app, 'b', { metadata: {} });
        },
      ],
      [
        'two orders',
        async (app) => {
          await pay(app, 'a', { metadata: { order_id: '1' } });
          await pay(app, 'b', { metadata: { order_id: '2' } });
        },
      ],
      [
        'the same an hour later',
        async (app) => {
          await pay(app, 'a');
          await app.wait(3600);
          await pay(app, 'b');
        },
      ],
    ],
  },
  'key-reused': {
    fires: [
      [
        'another amount',
        'error',
        async (app) => {
          await pay(app, 'cart-7');
          await tolerating(pay(app, 'cart-7', { amount: 2000 }));
        },
      ],
    ],
    silent: [
      [
        'the same request',
        async (app) => {
          await pay(app, 'cart-7');
          await pay(app, 'cart-7');
        },
      ],
    ],
  },
  'amount-scale': {
    fires: [
      ['yen times 100', 'warning', (app) => pay(app, 'a', { amount: 100_000, currency: 'jpy' })],
      [
        'yen times 100, the total known',
        'error',
        (app) => pay(app, 'a', { amount: 50_000, currency: 'jpy', metadata: { total: '500' } }),
      ],
      [
        'euros times 10000',
        'error',
        (app) => pay(app, 'a', { amount: 109_900, metadata: { order_total: '€10.99' } }),
      ],
      ['dinars times 100', 'error', (app) => tolerating(pay(app, 'a', { amount: 1099, currency: 'kwd' }))],
      [
        'krónur without the zeros',
        'error',
        (app) => tolerating(pay(app, 'a', { amount: 1550, currency: 'isk' })),
      ],
      ['whole euros', 'warning', (app) => tolerating(pay(app, 'a', { amount: 10 }))],
      ['a price with a point', 'error', (app) => tolerating(pay(app, 'a', { amount: 10.99 }))],
      ['the rest of floating point', 'error', (app) => tolerating(pay(app, 'a', { amount: 19.99 * 100 }))],
    ],
    silent: [
      ['yen', (app) => pay(app, 'a', { amount: 1000, currency: 'jpy' })],
      [
        'a dear thing in yen, among others',
        async (app) => {
          await pay(app, 'a', { amount: 198_000, currency: 'jpy' });
          await pay(app, 'b', { amount: 1980 + 5, currency: 'jpy' });
        },
      ],
      [
        'yen, the total known',
        (app) => pay(app, 'a', { amount: 500, currency: 'jpy', metadata: { total: '500' } }),
      ],
      ['euros, the total known', (app) => pay(app, 'a', { metadata: { total: '10.99' } })],
      ['a total in cents', (app) => pay(app, 'a', { metadata: { amount: '1099' } })],
      ['a whole total', (app) => pay(app, 'a', { amount: 109_900, metadata: { total: '1099' } })],
      ['dinars', (app) => pay(app, 'a', { amount: 10_990, currency: 'kwd' })],
      ['krónur', (app) => pay(app, 'a', { amount: 155_000, currency: 'isk' })],
      ['a large sum in euros', (app) => pay(app, 'a', { amount: 1_000_000 })],
    ],
  },
  'intent-per-page-load': {
    fires: [
      [
        'three reloads',
        'warning',
        ({ stripe, wait }) =>
          times(3, async (index) => {
            await stripe.paymentIntents.create(order(), key(`random-${index}`));
            await wait(20);
          }),
      ],
    ],
    silent: [
      [
        'two reloads',
        ({ stripe }) => times(2, (index) => stripe.paymentIntents.create(order(), key(`k-${index}`))),
      ],
      [
        'a key of the order',
        ({ stripe }) => times(5, () => stripe.paymentIntents.create(order(), key('order-42'))),
      ],
      [
        'three customers nobody names',
        ({ stripe }) =>
          times(3, (index) =>
            stripe.paymentIntents.create({ amount: 1099, currency: 'eur' }, key(`k-${index}`)),
          ),
      ],
      [
        'three orders',
        ({ stripe }) =>
          times(3, (index) => stripe.paymentIntents.create(order(String(index)), key(`k-${index}`))),
      ],
      [
        'each one used',
        ({ stripe }) =>
          times(4, async (index) => {
            const { id } = await stripe.paymentIntents.create(order(), key(`k-${index}`));
            await stripe.paymentIntents.confirm(
              id,
              { payment_method: 'pm_card_visa', return_url: RETURN },
              key(`c-${index}`),
            );
          }),
      ],
      [
        'three days',
        ({ stripe, wait }) =>
          times(3, async (index) => {
            await stripe.paymentIntents.create(order(), key(`k-${index}`));
            await wait(DAY);
          }),
      ],
    ],
  },
  'new-intent-after-decline': {
    fires: [
      [
        'a new one for the same order',
        'warning',
        async (app) => {
          await tolerating(pay(app, 'a', { payment_method: 'pm_card_chargeDeclined' }));
          await pay(app, 'b');
        },
      ],
      [
        'created and declined in two steps',
        'warning',
        async ({ stripe }) => {
          const { id } = await stripe.paymentIntents.create(order(), key('a'));
          await tolerating(
            stripe.paymentIntents.confirm(
              id,
              { payment_method: 'pm_card_chargeDeclined', return_url: RETURN },
              key('b'),
            ),
          );
          await stripe.paymentIntents.create(order(), key('c'));
        },
      ],
    ],
    silent: [
      [
        'the same one again',
        async ({ stripe }) => {
          const { id } = await stripe.paymentIntents.create(order(), key('a'));
          await tolerating(
            stripe.paymentIntents.confirm(
              id,
              { payment_method: 'pm_card_chargeDeclined', return_url: RETURN },
              key('b'),
            ),
          );
          await stripe.paymentIntents.confirm(
            id,
            { payment_method: 'pm_card_visa', return_url: RETURN },
            key('c'),
          );
          await stripe.paymentIntents.create(order(), key('d'));
        },
      ],
      [
        'the first one canceled',
        async ({ stripe }) => {
          const { id } = await stripe.paymentIntents.create(order(), key('a'));
          await tolerating(
            stripe.paymentIntents.confirm(
              id,
              { payment_method: 'pm_card_chargeDeclined', return_url: RETURN },
              key('b'),
            ),
          );
          await stripe.paymentIntents.cancel(id);
          await stripe.paymentIntents.create(order(), key('d'));
        },
      ],
      [
        'another order',
        async (app) => {
          await tolerating(pay(app, 'a', { payment_method: 'pm_card_chargeDeclined' }));
          await pay(app, 'b', { metadata: { order_id: '43' } });
        },
      ],
      [
        'nobody named',
        async (app) => {
          await tolerating(pay(app, 'a', { metadata: {}, payment_method: 'pm_card_chargeDeclined' }));
          await pay(app, 'b', { metadata: {} });
        },
      ],
    ],
  },
  'server-confirm': {
    fires: [
      [
        'a card by itself',
        'warning',
        ({ stripe }) =>
          stripe.paymentIntents.create(
            { ...order(), ...only('card'), payment_method: 'pm_card_visa', confirm: true },
            key('a'),
          ),
      ],
      [
        'a card that asks',
        'warning',
        ({ stripe }) =>
          stripe.paymentIntents.create(
            {
              ...order(),
              ...only('card'),
              payment_method: 'pm_card_threeDSecure2Required',
              confirm: true,
            },
            key('a'),
          ),
      ],
      [
        'redirects refused on purpose',
        'note',
        ({ stripe }) =>
          stripe.paymentIntents.create(
            {
              ...order(),
              automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
              payment_method: 'pm_card_visa',
              confirm: true,
            },
            key('a'),
          ),
      ],
      [
        'refused for want of an address',
        'error',
        async ({ stripe }) => {
          const { id } = await stripe.paymentIntents.create(order(), key('a'));
          await tolerating(stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }, key('b')));
        },
      ],
    ],
    silent: [
      ['return_url', (app) => pay(app, 'a')],
      [
        'off_session',
        async ({ stripe }) => {
          const customer = await stripe.customers.create({ email: 'a@example.com' });
          const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
          await stripe.paymentIntents.create(
            { ...order(), customer: customer.id, payment_method: id, confirm: true, off_session: true },
            key('a'),
          );
        },
      ],
      [
        'errors in place of actions',
        ({ stripe }) =>
          stripe.paymentIntents.create(
            {
              ...order(),
              ...only('card'),
              payment_method: 'pm_card_visa',
              confirm: true,
              error_on_requires_action: true,
            },
            key('a'),
          ),
      ],
      [
        'Stripe.js does the rest',
        ({ stripe }) =>
          stripe.paymentIntents.create(
            {
              ...order(),
              ...only('card'),
              payment_method: 'pm_card_visa',
              confirm: true,
              use_stripe_sdk: true,
            },
            key('a'),
          ),
      ],
      [
        'a browser came for it',
        async ({ stripe, page }) => {
          const { id, client_secret } = await stripe.paymentIntents.create(
            {
              ...order(),
              ...only('card'),
              payment_method: 'pm_card_threeDSecure2Required',
              confirm: true,
            },
            key('a'),
          );
          await page.paymentIntents.retrieve(id, { client_secret: client_secret ?? '' });
        },
      ],
      [
        'a debit',
        ({ stripe }) =>
          stripe.paymentIntents.create(
            {
              ...order(),
              ...only('sepa_debit'),
              payment_method_data: {
                type: 'sepa_debit',
                sepa_debit: { iban: 'DE89370400440532013000' },
                billing_details: { name: 'Jenny', email: 'a@example.com' },
              },
              mandate_data: { customer_acceptance: { type: 'offline' } },
              confirm: true,
            },
            key('a'),
          ),
      ],
      ['creating only', ({ stripe }) => stripe.paymentIntents.create(order(), key('a'))],
    ],
  },
  'requires-action-ignored': {
    fires: [
      [
        'nobody came',
        'warning',
        async (app) => {
          await pay(app, 'a', { payment_method: 'pm_card_threeDSecure2Required' });
          await app.wait(3600);
        },
      ],
    ],
    silent: [
      ['a moment ago', (app) => pay(app, 'a', { payment_method: 'pm_card_threeDSecure2Required' })],
      [
        'the customer went through it',
        async (app) => {
          const { id } = await pay(app, 'a', { payment_method: 'pm_card_threeDSecure2Required' });
          await app.engine.authenticate(id, 'succeed');
          await app.wait(3600);
        },
      ],
      [
        'one went through it, another did not',
        async (app) => {
          const { id } = await pay(app, 'a', { payment_method: 'pm_card_threeDSecure2Required' });
          await app.engine.authenticate(id, 'fail');
          await pay(app, 'b', {
            payment_method: 'pm_card_threeDSecure2Required',
            metadata: { order_id: '43' },
          });
          await app.wait(3600);
        },
      ],
      [
        'given up',
        async (app) => {
          const { id } = await pay(app, 'a', { payment_method: 'pm_card_threeDSecure2Required' });
          await app.stripe.paymentIntents.cancel(id);
          await app.wait(3600);
        },
      ],
    ],
  },
  'capture-after-hold': {
    fires: [
      [
        'captured after eight days',
        'error',
        async (app) => {
          const { id } = await hold(app, 'a');
          await app.wait(8 * DAY);
          await tolerating(app.stripe.paymentIntents.capture(id, {}, key('c')));
        },
      ],
      [
        'never captured',
        'warning',
        async (app) => {
          await hold(app, 'a');
          await app.wait(8 * DAY);
        },
      ],
      [
        'hours before its end',
        'warning',
        async (app) => {
          await hold(app, 'a');
          await app.wait(6.5 * DAY);
        },
      ],
      [
        'planned for too late',
        'warning',
        (app) => hold(app, 'a', { metadata: { order_id: '42', ship_date: '2026-02-01' } }),
      ],
      [
        'planned for too late, in seconds',
        'warning',
        (app) => hold(app, 'a', { metadata: { capture_at: String(Date.UTC(2026, 1, 1) / 1000) } }),
      ],
    ],
    silent: [
      [
        'captured in time',
        async (app) => {
          const { id } = await hold(app, 'a');
          await app.wait(3 * DAY);
          await app.stripe.paymentIntents.capture(id, {}, key('c'));
          await app.wait(8 * DAY);
        },
      ],
      [
        'given up in time',
        async (app) => {
          const { id } = await hold(app, 'a');
          await app.stripe.paymentIntents.cancel(id);
          await app.wait(8 * DAY);
        },
      ],
      [
        'days before its end',
        async (app) => {
          await hold(app, 'a');
          await app.wait(2 * DAY);
        },
      ],
      ['planned in time', (app) => hold(app, 'a', { metadata: { order_id: '42', ship_date: '2026-01-18' } })],
      [
        'paid at once, shipped later',
        (app) => pay(app, 'a', { metadata: { order_id: '42', ship_date: '2026-02-01' } }),
      ],
    ],
  },
  'client-secret-in-url': {
    fires: [
      [
        'in return_url',
        'error',
        async ({ stripe }) => {
          const { id, client_secret } = await stripe.paymentIntents.create(order(), key('a'));
          await stripe.paymentIntents.confirm(
            id,
            { payment_method: 'pm_card_visa', return_url: `${RETURN}?secret=${client_secret}` },
            key('b'),
          );
        },
      ],
      [
        'in metadata',
        'error',
        async ({ stripe }) => {
          const { id, client_secret } = await stripe.paymentIntents.create(order(), key('a'));
          await stripe.paymentIntents.update(id, { metadata: { secret: client_secret } });
        },
      ],
      [
        'in the query of a server',
        'warning',
        async ({ stripe }) => {
          const { id, client_secret } = await stripe.paymentIntents.create(order(), key('a'));
          await stripe.paymentIntents.retrieve(id, { client_secret: client_secret ?? '' });
        },
      ],
      [
        'in place of the id',
        'error',
        async ({ stripe }) => {
          const { client_secret } = await stripe.paymentIntents.create(order(), key('a'));
          await tolerating(stripe.paymentIntents.retrieve(client_secret ?? ''));
        },
      ],
    ],
    silent: [
      [
        'Stripe.js retrieves',
        async ({ stripe, page }) => {
          const { id, client_secret } = await stripe.paymentIntents.create(order(), key('a'));
          await page.paymentIntents.retrieve(id, { client_secret: client_secret ?? '' });
        },
      ],
      [
        'a server retrieves by id',
        async ({ stripe }) => {
          const { id } = await stripe.paymentIntents.create(order(), key('a'));
          await stripe.paymentIntents.retrieve(id);
        },
      ],
    ],
  },
  'secret-key-in-browser': {
    fires: [
      [
        'an origin',
        'error',
        ({ send }) => send('GET', '/v1/balance', '', { ...curl, origin: 'http://localhost:3000' }),
      ],
    ],
    silent: [
      [
        'no origin',
        ({ send }) =>
          send('GET', '/v1/balance', '', {
            ...curl,
            'user-agent': 'Mozilla/5.0 (Windows NT) WindowsPowerShell/5.1',
          }),
      ],
      [
        'a publishable key',
        ({ send }) =>
          send('POST', '/v1/tokens', 'pii[id_number]=1', {
            authorization: `Bearer ${PUBLISHABLE_KEY}`,
            origin: 'http://localhost:3000',
          }),
      ],
    ],
  },
  'publishable-key-refused': {
    fires: [
      [
        'a page that creates',
        'error',
        ({ send }) =>
          send('POST', '/v1/payment_intents', 'amount=1&currency=eur', {
            authorization: `Bearer ${PUBLISHABLE_KEY}`,
            origin: 'http://localhost:3000',
          }),
      ],
      ['a server with the wrong key', 'error', ({ page }) => tolerating(page.paymentIntents.create(order()))],
    ],
    silent: [
      [
        'what pages do',
        async ({ stripe, page }) => {
          const { id, client_secret } = await stripe.paymentIntents.create(order(), key('a'));
          await page.paymentIntents.retrieve(id, { client_secret: client_secret ?? '' });
        },
      ],
    ],
  },
  'raw-card-data': {
    fires: [
      [
        'a method',
        'error',
        ({ stripe }) =>
          tolerating(
            stripe.paymentMethods.create({
              type: 'card',
              card: { number: '4242424242424242', exp_month: 4, exp_year: 2031, cvc: '123' },
            }),
          ),
      ],
      [
        'inside a payment',
        'error',
        (app) =>
          tolerating(
            pay(app, 'a', {
              payment_method: undefined,
              payment_method_data: {
                type: 'card',
                card: { number: '4242424242424242', exp_month: 4, exp_year: 2031 },
              },
            } as never),
          ),
      ],
    ],
    silent: [
      ['a test method', (app) => pay(app, 'a')],
      [
        'a token',
        ({ stripe }) => stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } }),
      ],
      [
        'Stripe.js',
        ({ page }) =>
          page.paymentMethods.create({
            type: 'card',
            card: { number: '4242424242424242', exp_month: 4, exp_year: 2031, cvc: '123' },
          }),
      ],
    ],
  },
  polling: {
    fires: [
      [
        'an action',
        'warning',
        async (app) => {
          const { id } = await pay(app, 'a', { payment_method: 'pm_card_threeDSecure2Required' });
          await times(6, () => app.stripe.paymentIntents.retrieve(id));
        },
      ],
      [
        'events',
        'warning',
        ({ stripe, wait }) =>
          times(10, async () => {
            await stripe.events.list({ limit: 1 });
            await wait(2);
          }),
      ],
    ],
    silent: [
      [
        'a few looks',
        async (app) => {
          const { id } = await pay(app, 'a', { payment_method: 'pm_card_threeDSecure2Required' });
          await times(5, () => app.stripe.paymentIntents.retrieve(id));
        },
      ],
      [
        'looks now and then',
        async (app) => {
          const { id } = await pay(app, 'a', { payment_method: 'pm_card_threeDSecure2Required' });
          await times(20, async () => {
            await app.stripe.paymentIntents.retrieve(id);
            await app.wait(30);
          });
        },
      ],
      [
        'a finished payment',
        async (app) => {
          const { id } = await pay(app, 'a');
          await times(10, () => app.stripe.paymentIntents.retrieve(id));
        },
      ],
      [
        'a page that waits',
        async (app) => {
          const { id, client_secret } = await pay(app, 'a', {
            payment_method: 'pm_card_threeDSecure2Required',
          });
          await times(10, () => app.page.paymentIntents.retrieve(id, { client_secret: client_secret ?? '' }));
        },
      ],
      [
        'many payments',
        (app) =>
          times(8, async (index) => {
            const { id } = await pay(app, `a${index}`, {
              payment_method: 'pm_card_threeDSecure2Required',
              metadata: { order_id: String(index) },
            });
            await app.stripe.paymentIntents.retrieve(id);
          }),
      ],
    ],
  },
  'decline-retried': {
    fires: [
      [
        'again after the bank said not to',
        'error',
        async ({ stripe }: App) => {
          const { id } = await stripe.paymentIntents.create(order(), key('a'));
          await times(2, (index) =>
            tolerating(
              stripe.paymentIntents.confirm(
                id,
                { payment_method: 'pm_card_chargeDeclinedLostCard', return_url: RETURN },
                key(`c${index}`),
              ),
            ),
          );
        },
      ],
      [
        'four times',
        'warning',
        async ({ stripe }) => {
          const { id } = await stripe.paymentIntents.create(order(), key('a'));
          await times(4, (index) =>
            tolerating(
              stripe.paymentIntents.confirm(
                id,
                { payment_method: 'pm_card_chargeDeclined', return_url: RETURN },
                key(`c${index}`),
              ),
            ),
          );
        },
      ],
    ],
    silent: [
      [
        'two cards typed into the page one after the other',
        async ({ stripe, page }) => {
          const { id, client_secret } = await stripe.paymentIntents.create(order(), key('a'));
          for (const token of ['tok_chargeDeclinedLostCard', 'tok_chargeDeclinedStolenCard'])
            await tolerating(
              page.paymentIntents.confirm(id, {
                client_secret: client_secret ?? '',
                payment_method_data: { type: 'card', card: { token } },
                return_url: RETURN,
              } as never),
            );
        },
      ],
      [
        'three times',
        async ({ stripe }) => {
          const { id } = await stripe.paymentIntents.create(order(), key('a'));
          await times(3, (index) =>
            tolerating(
              stripe.paymentIntents.confirm(
                id,
                { payment_method: 'pm_card_chargeDeclined', return_url: RETURN },
                key(`c${index}`),
              ),
            ),
          );
        },
      ],
      [
        'the same key',
        async ({ stripe }) => {
          const { id } = await stripe.paymentIntents.create(order(), key('a'));
          await times(6, () =>
            tolerating(
              stripe.paymentIntents.confirm(
                id,
                { payment_method: 'pm_card_chargeDeclined', return_url: RETURN },
                key('c'),
              ),
            ),
          );
        },
      ],
      [
        'another card each time',
        async ({ stripe }) => {
          const { id } = await stripe.paymentIntents.create(order(), key('a'));
          const cards = [
            'pm_card_chargeDeclined',
            'pm_card_chargeDeclinedInsufficientFunds',
            'pm_card_chargeDeclinedExpiredCard',
            'pm_card_chargeDeclinedProcessingError',
            'pm_card_visa',
          ];
          await times(5, (index) =>
            tolerating(
              stripe.paymentIntents.confirm(
                id,
                { payment_method: cards[index] ?? '', return_url: RETURN },
                key(`c${index}`),
              ),
            ),
          );
        },
      ],
    ],
  },
  'hopeless-retry': {
    fires: [
      [
        'three refusals',
        'note',
        ({ stripe }) =>
          times(3, (index) =>
            tolerating(stripe.paymentIntents.create({ ...order(), currency: 'eurr' }, key(`k${index}`))),
          ),
      ],
    ],
    silent: [
      [
        'two refusals',
        ({ stripe }) =>
          times(2, () => tolerating(stripe.paymentIntents.create({ ...order(), currency: 'eurr' }))),
      ],
      [
        'different requests',
        ({ stripe }) =>
          times(5, (index) =>
            tolerating(stripe.paymentIntents.create({ ...order(String(index)), currency: 'eurr' })),
          ),
      ],
      [
        'trouble of the server',
        (app) =>
          times(4, () => {
            app.trouble(503);
            return tolerating(pay(app, 'a'));
          }),
      ],
    ],
  },
  'refund-repeated': {
    fires: [
      [
        'after all was given back',
        'warning',
        async (app) => {
          const { id } = await pay(app, 'a');
          await app.stripe.refunds.create({ payment_intent: id }, key('r'));
          await times(2, (index) =>
            tolerating(app.stripe.refunds.create({ payment_intent: id }, key(`r${index}`))),
          );
        },
      ],
      [
        'three equal parts',
        'error',
        async (app) => {
          const { id } = await pay(app, 'a');
          await times(3, () => app.send('POST', '/v1/refunds', `payment_intent=${id}&amount=100`, curl));
        },
      ],
    ],
    silent: [
      [
        'parts that are meant',
        async (app) => {
          const { id } = await pay(app, 'a');
          await times(4, (index) =>
            app.stripe.refunds.create(
              { payment_intent: id, amount: 100, metadata: { item: String(index) } },
              key(`item-${index}`),
            ),
          );
        },
      ],
      [
        'one refusal',
        async (app) => {
          const { id } = await pay(app, 'a');
          await times(2, (index) =>
            tolerating(app.stripe.refunds.create({ payment_intent: id }, key(`r${index}`))),
          );
        },
      ],
    ],
  },
  'charges-api': {
    fires: [
      [
        'a charge',
        'warning',
        ({ stripe }) =>
          tolerating(stripe.charges.create({ amount: 1099, currency: 'eur', source: 'tok_visa' })),
      ],
    ],
    silent: [['reading charges', ({ stripe }) => stripe.charges.list()]],
  },
  'order-reference': {
    fires: [
      [
        'nothing',
        'note',
        ({ stripe }) => stripe.paymentIntents.create({ amount: 1099, currency: 'eur' }, key('a')),
      ],
    ],
    silent: [
      [
        'a description',
        ({ stripe }) =>
          stripe.paymentIntents.create({ amount: 1099, currency: 'eur', description: 'Order 42' }, key('a')),
      ],
      [
        'added later',
        async ({ stripe }) => {
          const { id } = await stripe.paymentIntents.create({ amount: 1099, currency: 'eur' }, key('a'));
          await stripe.paymentIntents.update(id, { metadata: { order_id: '42' } });
        },
      ],
      [
        'refused',
        ({ stripe }) => tolerating(stripe.paymentIntents.create({ amount: 1, currency: 'eur' }, key('a'))),
      ],
    ],
  },
  'api-version': {
    fires: [
      [
        'a program of its own',
        'note',
        ({ send }) => send('GET', '/v1/balance', '', { 'user-agent': 'shop/1.0' }),
      ],
    ],
    silent: [
      ['an SDK', ({ stripe }) => stripe.balance.retrieve()],
      ['a header', ({ send }) => send('GET', '/v1/balance', '', curl)],
      [
        'a page',
        ({ send }) =>
          send('POST', '/v1/tokens', `key=${PUBLISHABLE_KEY}&pii[id_number]=1`, {
            authorization: `Bearer ${PUBLISHABLE_KEY}`,
          }),
      ],
    ],
  },
  'duplicate-customer': {
    fires: [
      [
        'one address',
        'note',
        ({ stripe }) => times(3, () => stripe.customers.create({ email: 'jenny@example.com' })),
      ],
    ],
    silent: [
      [
        'three addresses',
        ({ stripe }) => times(3, (index) => stripe.customers.create({ email: `jenny${index}@example.com` })),
      ],
      ['no address', ({ stripe }) => times(3, () => stripe.customers.create({ name: 'Jenny' }))],
      [
        'one address, deleted in between',
        ({ stripe }) =>
          times(4, async () => {
            const { id } = await stripe.customers.create({ email: 'jenny@example.com' });
            await stripe.customers.del(id);
          }),
      ],
      [
        'one key',
        ({ stripe }) => times(3, () => stripe.customers.create({ email: 'jenny@example.com' }, key('jenny'))),
      ],
    ],
  },
};

const findingsOf = async (rule: string, play: Play) => {
  const run = await advisedRun(play);
  return { ...run, found: run.advice.findings.filter((finding) => finding.rule === rule) };
};

describe.each(Object.keys(CASES))('%s', (rule) => {
  const { fires, silent } = CASES[rule] as Case;

  test.each(fires)('speaks of %s', async (_, severity, play) => {
    const { found } = await findingsOf(rule, play);
    expect(found.map((finding) => finding.severity)).toEqual([severity]);
    for (const { requests, count, reason, fix } of found) {
      expect(requests.length).toBeGreaterThan(0);
      expect(count).toBeGreaterThanOrEqual(requests.length);
      expect(reason.endsWith('.') && fix.length > 10).toBe(true);
      for (const secret of [TEST_KEY, PUBLISHABLE_KEY, '4242424242424242'])
        expect(reason + fix).not.toContain(secret);
    }
  });

  test.each(silent)('is silent about %s', async (_, play) => {
    const { found, live, calls } = await findingsOf(rule, play);
    expect(calls.length).toBeGreaterThan(0);
    expect(found).toEqual([]);
    // What is said while the app runs cannot be taken back, so only what later requests refute may have been said.
    if (!['amount-scale', 'server-confirm'].includes(rule))
      expect(live.filter((finding) => finding.rule === rule)).toEqual([]);
  });
});

test('every rule that judges requests is tried', () => {
  expect([...Object.keys(CASES), 'webhook-deliveries'].sort()).toEqual(RULES.map(({ id }) => id).sort());
});
