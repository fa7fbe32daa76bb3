import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../src/emulator/engine.ts';
import { listen as serve } from '../../src/emulator/listen.ts';
import type { RunningServer } from '../../src/emulator/server/http-server.ts';
import { createTransport } from '../../src/emulator/transport.ts';
import type { Running } from '../support/emulator-program.ts';
import { type HookServer, hookServer } from '../support/hook-server.ts';
import { programStage } from '../support/program-stage.ts';

const KEY = ['sk', 'test', 'listen'].join('_');

let engine: Engine;
let api: RunningServer;
let stripe: Stripe;
let hook: HookServer;
const stage = programStage('listen-test');

beforeEach(async () => {
  engine = createEngine();
  api = await serve({ handle: engine.handle, port: 0 });
  stripe = new Stripe(KEY, { httpClient: createTransport(engine.handle), telemetry: false });
  hook = await hookServer();
});
afterEach(async () => {
  await hook.down();
  await api.close();
  engine.close();
});

/** Starts `listen --jsonl` on a server that stands for test mode. */
async function listen(
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const words = ['listen', '--test', '--jsonl', '--forward-to', hook.url, '--time-scale', '0.1', ...flags];
  const running = stage.start(words, {
    env: { STRIPE_API_KEY: KEY, PAYINTENT_API_BASE: api.url, ...env },
  });
  await running.says('"type":"ready"');
  return running;
}

/** The server goes away, something happens, and it is back at the same port. */
async function whileAway(work: () => Promise<unknown>): Promise<void> {
  const { port } = api;
  await api.close();
  await work();
  api = await serve({ handle: engine.handle, port });
}

const create = () => stripe.paymentIntents.create({ amount: 1099, currency: 'eur' });
const eventIds = () => [...engine.store.scan('events')].map(({ id }) => id).reverse();
const ids = (hooks: readonly { id: string }[]) => hooks.map(({ id }) => id);

function lines(running: Running, type: string): Record<string, unknown>[] {
  return running
    .stdout()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line['type'] === type);
}

describe('listen on test mode', () => {
  test('a gap in the network is shown, and what happened in it is fetched', async () => {
    await create();
    const running = await listen([]);
    await create();
    await hook.until(() => hook.accepted.length === 1);
    await whileAway(async () => {
      for (let index = 0; index < 3; index += 1) await create();
      await running.says('No events at the moment');
    });
    await hook.until(() => hook.accepted.length === 4);
    await create();
    await hook.until(() => hook.accepted.length === 5);
    expect(ids(hook.accepted)).toEqual(eventIds().slice(1));
    expect(hook.hooks).toHaveLength(5);
    expect(lines(running, 'gap')).toEqual([
      expect.objectContaining({ reason: 'network', events: 3, backfilled: true }),
    ]);
  });

  test('kill -9 loses nothing; --exit-on-gap lets a supervisor start it again', async () => {
    const first = await listen([]);
    await create();
    // Told once it is recorded; until then nobody can know that it was accepted.
    await first.says('"type":"delivery"');
    first.child.kill('SIGKILL');
    await first.ended;
    await create();
    const second = await listen(['--exit-on-gap']);
    await second.says('"type":"delivery"');
    await whileAway(async () => {
      await create();
      await second.says('No events at the moment');
    });
    expect(await second.ended).toBe(6);
    await listen([]);
    await hook.until(() => hook.accepted.length === 3);
    expect(ids(hook.hooks)).toEqual(eventIds());
  });

  test('--backfill begins in the past', async () => {
    for (let index = 0; index < 130; index += 1) await create();
    const running = await listen(['--backfill', '5m', '--max', '130']);
    expect(await running.ended).toBe(0);
    expect(ids(hook.accepted)).toEqual(eventIds());
  });

  test("Stripe's CLI as the source: what it prints is delivered, what it missed is fetched", async () => {
    const cli = join(stage.home, 'stripe');
    // Stands for `stripe listen --format JSON`: says that it is ready, then passes on what it finds in a file.
    writeFileSync(
      cli,
      `#!${process.execPath}
const { existsSync, readFileSync, rmSync } = require('fs');
console.error('Ready! You are using Stripe API Version [2026]. Your webhook signing secret is whsec_x');
if (process.argv.join(' ').includes('listen') && process.env.STRIPE_API_KEY === '${KEY}')
  setInterval(() => {
    if (!existsSync('${stage.home}/say')) return;
    const text = readFileSync('${stage.home}/say', 'utf8');
    rmSync('${stage.home}/say');
    if (text === 'end') process.exit(1);
    process.stdout.write(text);
  }, 20);
`,
    );
    chmodSync(cli, 0o755);
    const running = await listen(['--source', 'stripe-cli'], {
      PAYINTENT_STRIPE_CLI: cli,
      PATH: process.env['PATH'] ?? '',
    });
    await create();
    const [first] = engine.store.scan('events');
    // It comes twice, and the list has it too: delivered once.
    const text = `${JSON.stringify(first, null, 2)}\n`;
    writeFileSync(join(stage.home, 'say'), `some text {\n${text}${text}`);
    await hook.until(() => hook.accepted.length === 1);
    await create();
    writeFileSync(join(stage.home, 'say'), 'end');
    await hook.until(() => hook.accepted.length === 2);
    expect(ids(hook.hooks)).toEqual(eventIds());
    expect(lines(running, 'ready')[0]).toMatchObject({ source: 'stripe-cli' });
    expect(lines(running, 'gap').at(-1)).toMatchObject({ reason: 'source', events: 1 });
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(143);
  });

  test("without Stripe's CLI it says so", async () => {
    const words = ['listen', '--test', '--json', '--source', 'stripe-cli'];
    const running = stage.start(words, {
      env: {
        STRIPE_API_KEY: KEY,
        PAYINTENT_API_BASE: api.url,
        PAYINTENT_STRIPE_CLI: join(stage.home, 'nowhere'),
      },
    });
    expect(await running.ended).toBe(127);
    expect(running.stderr()).toContain('PROGRAM_NOT_FOUND');
  });
});
