import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ServedEmulator, serveEmulator } from '../../src/gateway/emulator-server.ts';
import { stripeAt } from '../support/live-emulator.ts';
import { runCli, temporaryHome } from '../support/run-cli.ts';
import { startHandler, type WebhookHandler } from '../support/webhook-handler.ts';

let served: ServedEmulator;
let handler: WebhookHandler;
const troubles: unknown[] = [];

beforeEach(async () => {
  troubles.length = 0;
  handler = await startHandler();
  served = await serveEmulator({
    statePath: ':memory:',
    host: '127.0.0.1',
    port: 0,
    now: () => Date.now(),
    onTrouble: (error) => troubles.push(error),
  });
});
afterEach(async () => {
  await served.stop();
  await handler.close();
  expect(troubles).toEqual([]);
});

const env = { STRIPE_API_KEY: ['sk', 'test', 'served0emulator'].join('_') };
const run = (...argv: string[]) =>
  runCli([...argv, '--api-base', served.url], { home: temporaryHome(), env, now: Date.now() });
const typesThere = async () =>
  (await stripeAt(served.url).events.list({ limit: 100 })).data.map(({ type }) => type).reverse();

describe('against an emulator that is served', () => {
  it.each([
    'payment_intent.succeeded',
    'charge.expired',
    'charge.dispute.funds_reinstated',
    'setup_intent.requires_action',
  ])('%s is triggered there', async (type) => {
    const { code, stderr } = await run('trigger', type);
    expect([code, stderr.includes('✗')]).toEqual([0, false]);
    expect(await typesThere()).toContain(type);
  });

  it('the customer is played, and time moved', async () => {
    const stripe = stripeAt(served.url);
    const intent = await stripe.paymentIntents.create({
      amount: 2000,
      currency: 'usd',
      payment_method: 'pm_card_threeDSecure2Required',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      capture_method: 'manual',
      confirm: true,
    });
    expect((await run('trigger', 'charge.expired', '--intent', intent.id)).code).toBe(0);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('canceled');
  });

  it('a registered endpoint gets what is triggered, and what is sent again', async () => {
    const stripe = stripeAt(served.url);
    await stripe.webhookEndpoints.create({ url: handler.url, enabled_events: ['customer.created'] });
    await run('trigger', 'customer.created');
    await expect.poll(() => handler.arrived.length).toBe(1);
    const [event] = (await stripe.events.list({ type: 'customer.created' })).data;
    const { code, stdout } = await run('events', 'resend', event?.id ?? '');
    expect([code, stdout.split('\t')[3]?.trim()]).toEqual([0, handler.url]);
    await expect.poll(() => handler.arrived.length).toBe(2);
    expect((await run('events', 'replay', '--last', '1', '--type', 'customer.created')).code).toBe(0);
    await expect.poll(() => handler.arrived.length).toBe(3);
    for (const { body } of handler.arrived) expect((JSON.parse(body) as { id: string }).id).toBe(event?.id);
  });
});
