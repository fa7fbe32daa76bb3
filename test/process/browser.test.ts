import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browserPath, mustHaveBrowser, openBrowser, type TestBrowser } from '../support/browser.ts';
import { type LiveEmulator, PUBLISHABLE_KEY, startLiveEmulator } from '../support/live-emulator.ts';

const skipped = browserPath === undefined && !mustHaveBrowser;
if (skipped) process.stderr.write('Browser tests are skipped: no Chromium on this machine.\n');

let live: LiveEmulator;
let shop: { url: string; visits: string[]; close(): void };

/** The merchant's site: notes where the customer comes back to. */
function startShop(): Promise<typeof shop> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/favicon') !== true) visits.push(request.url ?? '');
    response.setHeader('content-type', 'text/html').end('<h1>Thank you</h1>');
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ url: `http://localhost:${port}`, visits, close: () => server.close() });
    });
  });
}

beforeEach(async () => {
  live = await startLiveEmulator();
  shop = await startShop();
});
afterEach(async () => {
  shop.close();
  await live.stop();
  expect(live.bugs).toEqual([]);
});

async function waiting(): Promise<{ intent: Stripe.PaymentIntent; page: string }> {
  const intent = await live.stripe.paymentIntents.create({
    amount: 1099,
    currency: 'usd',
    payment_method: 'pm_card_threeDSecure2Required',
    confirm: true,
    return_url: `${shop.url}/done?order=7`,
  });
  return { intent, page: intent.next_action?.redirect_to_url?.url ?? '' };
}

describe.skipIf(skipped)('the authentication page in a browser', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    // Without JavaScript: the page must not need any.
    browser = await openBrowser({ javaScriptEnabled: false });
  });
  afterAll(() => browser?.close());

  test.each([
    ['Complete authentication', 'succeeded', 'succeeded'],
    ['Fail authentication', 'requires_payment_method', 'failed'],
  ])('%s brings the customer back to the shop', async (button, status, redirectStatus) => {
    const { intent, page: url } = await waiting();
    const page = await browser.context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(url);
    expect(await page.title()).toBe('Authenticate this payment');
    expect(await page.locator('.amount').textContent()).toBe('$10.99');
    await page.getByRole('button', { name: button }).click();
    await page.waitForURL(`${shop.url}/**`);
    expect(await page.locator('h1').textContent()).toBe('Thank you');
    expect(shop.visits).toEqual([
      `/done?order=7&payment_intent=${intent.id}&payment_intent_client_secret=${intent.client_secret}&redirect_status=${redirectStatus}`,
    ]);
    expect((await live.stripe.paymentIntents.retrieve(intent.id)).status).toBe(status);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('going back and pressing again is told that it is over', async () => {
    const { page: url } = await waiting();
    const page = await browser.context.newPage();
    await page.goto(url);
    await page.getByRole('button', { name: 'Complete authentication' }).click();
    await page.waitForURL(`${shop.url}/**`);
    await page.goto(url);
    expect(await page.locator('h1').textContent()).toBe('There is nothing to do here');
    await page.close();
  });

  test('fits a narrow screen and shows itself in the dark', async () => {
    const { page: url } = await waiting();
    const page = await browser.context.newPage();
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(url);
    const box = await page.locator('main').boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(320);
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await page.screenshot();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await page.screenshot();
    expect(dark.equals(light)).toBe(false);
    await page.close();
  });
});

describe.skipIf(skipped)('a page of a shop in a browser', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  test('retrieves and confirms with a publishable key, across origins', async () => {
    const created = await live.stripe.paymentIntents.create({
      amount: 1099,
      currency: 'usd',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    });
    const page = await browser.context.newPage();
    await page.goto(shop.url);
    const status = await page.evaluate(
      async ({ base, id, secret, key }) => {
        const headers = { authorization: `Bearer ${key}`, 'stripe-version': '2026-08-26.dahlia' };
        const form = new URLSearchParams({ client_secret: secret, payment_method: 'pm_card_visa' });
        const confirmed = await fetch(`${base}/v1/payment_intents/${id}/confirm`, {
          method: 'POST',
          headers,
          body: form,
        });
        const seen = await fetch(`${base}/v1/payment_intents/${id}?client_secret=${secret}`, { headers });
        const { status } = (await seen.json()) as { status: string };
        return `${confirmed.headers.get('request-id')?.slice(0, 4)} ${status}`;
      },
      {
        base: live.server.url,
        id: created.id,
        secret: created.client_secret ?? '',
        key: PUBLISHABLE_KEY,
      },
    );
    expect(status).toBe('req_ succeeded');
    await page.close();
  });
});
