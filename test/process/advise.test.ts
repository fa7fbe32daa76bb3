import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Running } from '../support/emulator-program.ts';
import { stripeAt } from '../support/live-emulator.ts';
import { programStage } from '../support/program-stage.ts';

const stage = programStage('advise');

function start(...words: string[]): Running {
  const running = stage.start(words);
  return running;
}

const order = { amount: 1099, currency: 'eur', metadata: { order_id: '42' } };
const often = (text: string, part: string) => text.split(part).length - 1;

describe('emulator serve --advise', () => {
  test('says each thing once, as soon as an app does it, and the rest at the end', async () => {
    const server = start('emulator', 'serve', '--port', '0', '--advise', '--jsonl');
    await server.says('"type":"ready"');
    const { url } = JSON.parse(server.stdout().split('\n')[0] ?? '') as { url: string };
    const stripe = stripeAt(url);
    await stripe.paymentIntents.create({ amount: 100_000, currency: 'jpy' });
    await server.says(/Advice +warning {2}amount-scale/);
    await server.says('Send 1000 if ¥1,000 was meant');
    await stripe.paymentIntents.create({ amount: 200_000, currency: 'jpy', metadata: { order_id: '1' } });
    await stripe.paymentIntents.create(order, { idempotencyKey: 'order-42' });
    expect(server.stderr()).not.toContain('order-reference');
    server.child.kill('SIGINT');
    expect(await server.ended).toBe(130);
    for (const rule of ['amount-scale', 'idempotency-key', 'order-reference'])
      expect(often(server.stderr(), `  ${rule}\n`), rule).toBe(1);
    const records = server
      .stdout()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records.map(({ type }) => type)).toEqual(['ready', 'advice', 'advice', 'advice', 'stopped']);
    expect(records[1]).toMatchObject({
      severity: expect.any(String),
      request: expect.stringMatching(/^req_/),
    });
  });

  test('is asked for', async () => {
    const server = start('emulator', 'serve', '--port', '0', '--jsonl');
    await server.says('"type":"ready"');
    const { url } = JSON.parse(server.stdout().split('\n')[0] ?? '') as { url: string };
    await stripeAt(url).paymentIntents.create({ amount: 100_000, currency: 'jpy' });
    server.child.kill('SIGINT');
    await server.ended;
    expect(server.stderr()).not.toContain('Advice');
  });
});

describe('emulator exec --advise', () => {
  const sdk = JSON.stringify(
    resolve(import.meta.dirname, '../../node_modules/stripe/esm/stripe.esm.node.js'),
  );
  const app = (calls: string) => `
    import Stripe from ${sdk};
    const { hostname: host, port } = new URL(process.env.STRIPE_API_BASE);
    const stripe = new Stripe(process.env.STRIPE_SECRET_KEY, { host, port, protocol: 'http', telemetry: false });
    ${calls}
    console.log('paid');
    process.exitCode = 3;`;
  const exec = (calls: string) =>
    start('emulator', 'exec', '--advise', '--', process.execPath, '--input-type=module', '-e', app(calls));

  test('says at the end what there is, and changes no exit code', async () => {
    const running = exec(
      `for (const index of [1, 2, 3]) await stripe.paymentIntents.create(${JSON.stringify(order)});`,
    );
    expect(await running.ended).toBe(3);
    expect(running.stdout()).toBe('paid\n');
    expect(running.stderr()).toMatch(/warning {2}intent-per-page-load\n.* and 2 more/);
    expect(often(running.stderr(), 'idempotency-key\n')).toBe(1);
  });

  test('says that there is nothing', async () => {
    const running = exec(
      `await stripe.paymentIntents.create(${JSON.stringify(order)}, { idempotencyKey: 'order-42' });`,
    );
    expect(await running.ended).toBe(3);
    expect(running.stderr()).toMatch(/Advice +nothing to advise in 1 request$/m);
  });
});
