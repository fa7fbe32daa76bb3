import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LiveEmulator, startLiveEmulator } from '../support/live-emulator.ts';

let live: LiveEmulator;
beforeEach(async () => {
  live = await startLiveEmulator();
});
afterEach(async () => {
  await live.stop();
  expect(live.bugs).toEqual([]);
});

const RETURN_URL = 'https://shop.example/done?order=7%20a#top';

function waiting(params: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  return live.stripe.paymentIntents.create({
    amount: 123_456,
    currency: 'eur',
    payment_method: 'pm_card_threeDSecure2Required',
    confirm: true,
    return_url: RETURN_URL,
    ...params,
  });
}

const pageOf = (intent: { next_action: unknown }) => {
  const action = intent.next_action as Stripe.PaymentIntent.NextAction;
  const sdk = action.use_stripe_sdk as { stripe_js?: string } | undefined;
  return action.redirect_to_url?.url ?? sdk?.stripe_js ?? '';
};

const press = (url: string, fields: Record<string, string>) =>
  fetch(url.replace(/\?.*/s, ''), { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });

describe('the page', () => {
  test('shows what is being authorised, without script or anything from elsewhere', async () => {
    const intent = await waiting({ description: 'Order <script>alert("7")</script>' });
    const answer = await fetch(pageOf(intent));
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' https://shop.example;");
    expect(text).toContain('€1,234.56');
    expect(text).toContain('Visa ending in 3220');
    expect(text).toContain(intent.id);
    expect(text).toContain('Order &lt;script&gt;');
    expect(text).not.toMatch(/<script|src=|@import|https?:\/\//);
    expect(text.match(/<button/g)).toHaveLength(2);
  });

  test.each([
    ['succeed', 'succeeded', 'succeeded'],
    ['fail', 'requires_payment_method', 'failed'],
  ])('%s leads to %s and sends the customer back', async (outcome, status, redirectStatus) => {
    const intent = await waiting();
    const answer = await press(pageOf(intent), { client_secret: intent.client_secret ?? '', outcome });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(
      `https://shop.example/done?order=7%20a&payment_intent=${intent.id}&payment_intent_client_secret=${intent.client_secret}&redirect_status=${redirectStatus}#top`,
    );
    expect((await live.stripe.paymentIntents.retrieve(intent.id)).status).toBe(status);
  });

  test('of an intent without return_url ends with a result', async () => {
    const intent = await live.stripe.paymentIntents.create({
      amount: 1099,
      currency: 'usd',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      payment_method: 'pm_card_threeDSecure2Required',
      confirm: true,
    });
    const answer = await press(pageOf(intent), {
      client_secret: intent.client_secret ?? '',
      outcome: 'succeed',
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('You can close this page');
  });

  test('of a SetupIntent names no amount and sends back its own parameters', async () => {
    const intent = await live.stripe.setupIntents.create({
      payment_method: 'pm_card_threeDSecure2Required',
      confirm: true,
      return_url: 'myapp://done',
    });
    const shown = await fetch(pageOf(intent));
    expect(shown.headers.get('content-security-policy')).toContain("form-action 'self' myapp:;");
    expect(await shown.text()).not.toContain('class="amount"');
    const answer = await press(pageOf(intent), {
      client_secret: intent.client_secret ?? '',
      outcome: 'succeed',
    });
    expect(answer.headers.get('location')).toBe(
      `myapp://done?setup_intent=${intent.id}&setup_intent_client_secret=${intent.client_secret}&redirect_status=succeeded`,
    );
    expect((await live.stripe.setupIntents.retrieve(intent.id)).status).toBe('succeeded');
  });
});

describe('the page refuses', () => {
  test('a wrong or missing client secret, for looking and for acting', async () => {
    const intent = await waiting();
    const url = pageOf(intent).replace(/\?.*/s, '');
    for (const answer of [
      await fetch(url),
      await fetch(`${url}?client_secret=${intent.id}_secret_wrong`),
      await press(url, { outcome: 'succeed' }),
      await press(url, { outcome: 'succeed', client_secret: 'wrong' }),
    ]) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      const text = await answer.text();
      expect(text).not.toContain('€');
      expect(text).not.toContain(intent.client_secret);
    }
    expect((await live.stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_action');
  });

  test('an intent that waits for nothing', async () => {
    const intent = await waiting();
    const fields = { client_secret: intent.client_secret ?? '', outcome: 'succeed' };
    await press(pageOf(intent), fields);
    const again = await press(pageOf(intent), fields);
    const looked = await fetch(pageOf(intent));
    for (const answer of [again, looked]) {
      expect(answer.status).toBe(409);
      expect(await answer.text()).toContain('has the status succeeded');
    }
  });

  test('an unknown intent, a choice that is none, and other methods', async () => {
    const intent = await waiting();
    const url = pageOf(intent).replace(/\?.*/s, '');
    const secret = intent.client_secret ?? '';
    const unknown = `${live.server.url}/_payintent/authenticate/pi_0nobody?client_secret=x`;
    expect((await fetch(unknown)).status).toBe(404);
    expect((await press(url, { client_secret: secret })).status).toBe(400);
    expect((await press(url, { client_secret: secret, outcome: 'maybe' })).status).toBe(400);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(405);
  });

  test('a form sent by another site', async () => {
    const intent = await waiting();
    const answer = await fetch(pageOf(intent), {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
      body: new URLSearchParams({ client_secret: intent.client_secret ?? '', outcome: 'succeed' }),
    });
    expect(answer.status).toBe(403);
  });
});
