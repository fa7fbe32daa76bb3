import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testKey } from '../support/fake-stripe.ts';
import { stripeAt } from '../support/live-emulator.ts';
import { json, oddServer } from '../support/odd-server.ts';
import { programStage } from '../support/program-stage.ts';
import { startWebhookSink } from '../support/webhook-sink.ts';

const stage = programStage('smoke');

/** `payintent emulator serve` over a state of the test's own. */
async function serve(): Promise<string> {
  return (await stage.serve('--state', join(stage.home, 'served.db'))).url;
}

const smoke = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  stage.start(['smoke', ...words], { env });

async function chargeable(url: string): Promise<string[]> {
  const { data } = await stripeAt(url).paymentIntents.list({ limit: 100, expand: ['data.latest_charge'] });
  return data
    .filter(({ status, latest_charge: charge }) => {
      const refunded = typeof charge === 'object' && charge?.refunded === true;
      return status !== 'canceled' && !refunded;
    })
    .map(({ id, status }) => `${id} ${status}`);
}

test('against a served emulator everything passes, and an event arrives at a registered endpoint', async () => {
  const url = await serve();
  const sink = await startWebhookSink();
  stage.atEnd(() => sink.close());
  await stripeAt(url).webhookEndpoints.create({
    url: sink.url,
    enabled_events: ['payment_intent.succeeded'],
  });
  const run = smoke(['--api-base', url, '--json', '--webhook-timeout', '20s'], { STRIPE_API_KEY: testKey });
  expect(await run.ended).toBe(0);
  const { checks } = JSON.parse(run.stdout()) as { checks: { id: string; verdict: string }[] };
  expect(checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  expect(checks.find(({ id }) => id === 'webhook-arrival')?.verdict).toBe('pass');
  expect(sink.received.some(({ body }) => body.includes('payintent_smoke'))).toBe(true);
  expect(await chargeable(url)).toEqual([]);
  expect(run.stdout() + run.stderr()).not.toContain(testKey);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s in the middle of a run leaves nothing chargeable',
  async (signal) => {
    const url = await serve();
    const run = smoke(['--api-base', url], { STRIPE_API_KEY: testKey });
    await run.says('authorize-capture\t');
    run.child.kill(signal);
    expect(await run.ended).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(await chargeable(url)).toEqual([]);
  },
);

test('a second signal does not wait for a server that hangs', async () => {
  const { env, requests } = await oddServer((request, response) => {
    if (request.method === 'GET') json(response, 200, { object: 'list', data: [] });
  });
  const run = smoke(['--only', 'payment'], env);
  await expect.poll(() => requests.some((line) => line.startsWith('POST'))).toBe(true);
  run.child.kill('SIGINT');
  await run.says('Stopping');
  await new Promise((resolve) => setTimeout(resolve, 200));
  const second = performance.now();
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(130);
  expect(performance.now() - second).toBeLessThan(3000);
});

test('the built program reads a file of options', async () => {
  const file = join(stage.home, 'smoke.yaml');
  writeFileSync(file, 'only: [decline]\ncurrency: eur\n');
  const run = smoke(['--offline', '--json', '--options', file]);
  expect(await run.ended, run.stderr()).toBe(0);
  expect(JSON.parse(run.stdout()).checks).toMatchObject([{ id: 'decline', verdict: 'pass' }]);
});

test('what a killed run leaves is swept', async () => {
  const url = await serve();
  const run = smoke(['--api-base', url], { STRIPE_API_KEY: testKey });
  await run.says('three-d-secure\t');
  run.child.kill('SIGKILL');
  await run.ended;
  expect((await chargeable(url)).length).toBeGreaterThan(0);
  const sweeping = smoke(['--sweep', '--api-base', url], { STRIPE_API_KEY: testKey });
  expect(await sweeping.ended).toBe(0);
  expect(await chargeable(url)).toEqual([]);
});

test('an offline run takes at most two seconds more than starting the program', async () => {
  const timed = async (words: readonly string[]): Promise<number> => {
    const started = performance.now();
    expect(await stage.start(words).ended).toBe(0);
    return performance.now() - started;
  };
  await timed(['--version']);
  const start = await timed(['--version']);
  expect((await timed(['smoke', '--offline'])) - start).toBeLessThan(2000);
});
