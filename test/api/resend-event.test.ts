import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDeliveries } from '../../src/emulator/delivery/deliveries.ts';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { startHandler, type WebhookHandler } from '../support/webhook-handler.ts';

let emulator: TestEmulator;
let stripe: Stripe;
let handler: WebhookHandler;

beforeEach(async () => {
  emulator = createTestEmulator();
  stripe = emulator.stripe;
  handler = await startHandler();
});
afterEach(async () => {
  await handler.close();
  emulator.close();
});

const resend = (event: string, body = '') => emulator.raw('POST', `/_payintent/events/${event}/resend`, body);
const register = (types: Stripe.WebhookEndpointCreateParams.EnabledEvent[], disabled = false) =>
  stripe.webhookEndpoints
    .create({ url: handler.url, enabled_events: types })
    .then((made) => (disabled ? stripe.webhookEndpoints.update(made.id, { disabled: true }) : made));

async function makeEvent(): Promise<string> {
  await stripe.customers.create();
  return (await stripe.events.list()).data[0]?.id as string;
}

const pending = async (id: string) => (await stripe.events.retrieve(id)).pending_webhooks;

describe('an event is sent once more', () => {
  test('to the endpoints that want it', async () => {
    const event = await makeEvent();
    const wanting = await register(['customer.created']);
    await register(['charge.succeeded']);
    await register(['*'], true);
    const { status, json } = await resend(event);
    expect([status, json]).toEqual([
      200,
      { object: 'event_resend', event, webhook_endpoints: [{ id: wanting.id, url: handler.url }] },
    ]);
    expect(await pending(event)).toBe(1);
  });

  test('to one endpoint, whatever that listens to', async () => {
    const event = await makeEvent();
    const other = await register(['charge.succeeded']);
    const { json } = await resend(event, `webhook_endpoint=${other.id}`);
    expect(json['webhook_endpoints']).toEqual([{ id: other.id, url: handler.url }]);
  });

  test('and pending_webhooks counts who has yet to accept it', async () => {
    await register(['customer.created']);
    const event = await makeEvent();
    const deliveries = createDeliveries(emulator.engine, { timeScale: 0.01 });
    deliveries.start();
    try {
      await expect.poll(() => pending(event)).toBe(0);
      await resend(event);
      expect(await pending(event)).toBe(1);
      await expect.poll(() => pending(event)).toBe(0);
      expect(handler.arrived.map(({ body }) => (JSON.parse(body) as { id: string }).id)).toEqual([
        event,
        event,
      ]);
    } finally {
      await deliveries.stop();
    }
  });

  test.each([
    ['evt_nope', '', 404],
    [undefined, 'webhook_endpoint=we_nope', 400],
  ])('not %s %s', async (id, body, status) => {
    const event = id ?? (await makeEvent());
    expect((await resend(event, body)).status).toBe(status);
  });

  test('not to a disabled endpoint', async () => {
    const event = await makeEvent();
    const off = await register(['*'], true);
    const { status, json } = await resend(event, `webhook_endpoint=${off.id}`);
    expect([status, (json['error'] as { param: string }).param]).toEqual([400, 'webhook_endpoint']);
  });
});
