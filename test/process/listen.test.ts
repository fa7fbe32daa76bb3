import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../src/emulator/engine.ts';
import { createTransport } from '../../src/emulator/transport.ts';
import type { Running } from '../support/emulator-program.ts';
import { type HookServer, hookServer } from '../support/hook-server.ts';
import { programStage } from '../support/program-stage.ts';

interface Line {
  readonly type: string;
  readonly [field: string]: unknown;
}

const KEY = ['sk', 'test', 'listen'].join('_');

let engine: Engine;
let stripe: Stripe;
let hook: HookServer;
const stage = programStage('listen');

beforeEach(async () => {
  engine = createEngine({ state: join(stage.home, 'emulator.db') });
  stripe = new Stripe(KEY, { httpClient: createTransport(engine.handle), telemetry: false });
  hook = await hookServer();
});
afterEach(async () => {
  await hook.down();
  engine.close();
});

/** Starts `listen --jsonl` and waits until it is ready. */
async function listen(...flags: string[]): Promise<Running> {
  const words = ['listen', '--offline', '--jsonl', ...flags];
  const running = stage.start(words);
  await running.says('"type":"ready"');
  return running;
}

/** All of stdout, which must be nothing but JSON lines. */
function lines(running: Running, type?: string): Line[] {
  const all = running
    .stdout()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  return type === undefined ? all : all.filter((line) => line.type === type);
}

/** Captured at once: no `charge.updated` follows by itself two seconds later, in the middle of whatever is looked at. */
const pay = (amount = 1099) =>
  stripe.paymentIntents.create({
    amount,
    capture_method: 'automatic',
    currency: 'eur',
    payment_method: 'pm_card_visa',
    confirm: true,
    return_url: 'https://example.com/return',
  });

const create = (amount = 1099) => stripe.paymentIntents.create({ amount, currency: 'eur' });

/** Ids of all events in the state, oldest first. */
const eventIds = () => [...engine.store.scan('events')].map(({ id }) => id).reverse();
const ids = (hooks: readonly { id: string }[]) => hooks.map(({ id }) => id);

describe('listen --forward-to', () => {
  test('delivers what happens in other processes, in order and signed as Stripe signs', async () => {
    const secret = (await finished(stage.start(['listen', '--print-secret']))).stdout().trim();
    await create();
    const running = await listen('--forward-to', hook.url, '--headers', 'X-Tenant: acme, X-Two: b');
    const intent = await pay();
    await hook.until(() => hook.accepted.length === 3);
    expect(hook.accepted.map(({ type }) => type)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
    ]);
    for (const { body, headers } of hook.accepted) {
      const header = String(headers['stripe-signature']);
      const event = stripe.webhooks.constructEvent(body, header, secret);
      expect(JSON.stringify(event, null, 2)).toBe(body);
      expect(headers).toMatchObject({ 'x-tenant': 'acme', 'x-two': 'b' });
      expect(headers['user-agent']).toBe('Stripe/1.0 (+https://stripe.com/docs/webhooks)');
    }
    running.child.kill('SIGINT');
    expect(await running.ended).toBe(130);
    expect(lines(running)[0]).toMatchObject({ type: 'ready', target: 'offline', forward_to: [hook.url] });
    expect(lines(running, 'event').at(-1)).toMatchObject({
      event_type: 'payment_intent.succeeded',
      payment_intent: intent.id,
      amount: 1099,
      currency: 'eur',
      previous_status: 'requires_payment_method',
      status: 'succeeded',
      fulfil: true,
    });
    expect(lines(running, 'delivery').map(({ http_status }) => http_status)).toEqual([200, 200, 200]);
    expect(lines(running).at(-1)).toMatchObject({ type: 'stopped', events: 3, delivered: 3, undelivered: 0 });
    const shown = running.stdout() + running.stderr();
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(String(intent.client_secret));
    expect(running.stderr().match(/Stopped/g)).toHaveLength(1);
  });

  test('filters, and routes that have secrets of their own', async () => {
    const other = await hookServer();
    const route = `charge.*=${other.url}`;
    const flags = ['--forward-to', hook.url, '--events', 'payment_intent.*', '--route', route];
    const secrets = await finished(stage.start(['listen', '--print-secret', ...flags]));
    const [own = '', routed = ''] = secrets
      .stdout()
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t')[0]);
    expect(own).not.toBe(routed);
    await listen(...flags);
    await pay();
    await hook.until(() => hook.accepted.length === 2);
    await other.until(() => other.accepted.length === 1);
    expect(hook.accepted.map(({ type }) => type)).toEqual([
      'payment_intent.created',
      'payment_intent.succeeded',
    ]);
    expect(other.accepted.map(({ type }) => type)).toEqual(['charge.succeeded']);
    for (const [{ accepted }, secret] of [
      [hook, own],
      [other, routed],
    ] as const) {
      const { body, headers } = accepted[0] as (typeof accepted)[number];
      stripe.webhooks.constructEvent(body, String(headers['stripe-signature']), secret);
    }
    await other.down();
  });

  test('a handler that is down for a while loses nothing and gets it in order', async () => {
    await hook.down();
    const running = await listen('--forward-to', hook.url, '--time-scale', '0.2');
    for (let index = 0; index < 5; index += 1) await create();
    await running.says('"retry"');
    await create();
    await hook.up();
    await hook.until(() => hook.accepted.length === 6);
    expect(ids(hook.hooks)).toEqual(eventIds());
    expect(lines(running, 'delivery')[0]).toMatchObject({
      status: 'failed',
      error: 'refused',
      http_status: null,
    });
    expect(lines(running, 'retry')[0]).toMatchObject({ attempt: 2, in_ms: expect.any(Number) });
  });

  test.each([
    ['500', { status: 500, body: 'TypeError: order is undefined' }, 'body', 'TypeError: order is undefined'],
    // Over a kept connection it is made again at once: the reset may be older than the request.
    ['a reset', 'reset', 'error', 'reset'],
    ['a redirect', 302, 'http_status', 302],
    ['no answer', 'hang', 'error', 'timeout'],
  ] as const)('%s is tried again, and what was accepted is not', async (_, answer, field, value) => {
    hook.answer = (_hook, index) => (index === 1 || index === 2 ? answer : 200);
    const running = await listen('--forward-to', hook.url, '--time-scale', '0.05', '--handler-timeout', '1s');
    for (let index = 0; index < 4; index += 1) await create();
    await hook.until(() => hook.accepted.length === 4);
    expect(ids(hook.accepted)).toEqual(eventIds());
    expect(hook.hooks).toHaveLength(6);
    const failed = lines(running, 'delivery').filter(({ status }) => status === 'failed');
    expect(failed.map((line) => line[field])).toEqual(answer === 'reset' ? [value] : [value, value]);
  });

  test('what is never accepted is given up, listed, and told by the exit code', async () => {
    hook.answer = ({ type }) => (type === 'charge.succeeded' ? 400 : 200);
    const flags = ['--forward-to', hook.url, '--time-scale', '0.001', '--until', 'payment_intent.succeeded'];
    const running = await listen(...flags);
    await pay();
    expect(await running.ended).toBe(7);
    const [charge] = hook.hooks.filter(({ type }) => type === 'charge.succeeded');
    const letter = {
      id: charge?.id,
      event_type: 'charge.succeeded',
      attempts: 7,
      http_status: 400,
      url: hook.url,
    };
    expect(lines(running).at(-1)).toMatchObject({ dead: 1, delivered: 2, dead_letters: [letter] });
    expect(running.stderr()).toContain(String(charge?.id));
  });

  test('kill -9 loses nothing and resends nothing that was accepted', async () => {
    const flags = ['--forward-to', hook.url];
    hook.answer = (_hook, index) => (index === 3 ? 'hang' : 200);
    const first = await listen(...flags);
    for (let index = 0; index < 6; index += 1) await create();
    await hook.until(() => hook.hooks.length === 4);
    first.child.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');
    for (let index = 0; index < 2; index += 1) await create();
    const second = await listen(...flags);
    await hook.until(() => hook.accepted.length === 8);
    expect(ids(hook.accepted)).toEqual(eventIds());
    expect(ids(hook.hooks).slice(3, 5)).toEqual([eventIds()[3], eventIds()[3]]);
    expect(hook.hooks).toHaveLength(9);
    expect(lines(second, 'gap')[0]).toMatchObject({ reason: 'restart', events: 2, backfilled: true });
  });

  test('--backfill leaves out what was accepted, unless --fresh forgets it', async () => {
    await pay();
    const flags = ['--forward-to', hook.url, '--backfill', '10m', '--timeout', '1s'];
    const first = await listen(...flags);
    expect(await first.ended).toBe(0);
    const second = await listen(...flags);
    expect(await second.ended).toBe(0);
    expect(ids(hook.accepted)).toEqual(eventIds());
    const again = await listen(...flags, '--fresh');
    expect(await again.ended).toBe(0);
    expect(ids(hook.accepted)).toEqual([...eventIds(), ...eventIds()]);
  });

  test('killed again and again under load', async () => {
    const total = 120;
    let running = await listen('--forward-to', hook.url);
    const writing = (async () => {
      for (let index = 0; index < total; index += 1) {
        await create();
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    })();
    for (let round = 0; round < 4; round += 1) {
      const before = hook.accepted.length;
      await hook.until(() => hook.accepted.length > before + 5);
      running.child.kill('SIGKILL');
      await running.ended;
      running = await listen('--forward-to', hook.url);
    }
    await writing;
    await hook.until(() => new Set(ids(hook.accepted)).size === total);
    // The window between an answer and its record is open once for each kill.
    expect(hook.accepted.length - new Set(ids(hook.accepted)).size).toBeLessThanOrEqual(4);
    expect([...new Set(ids(hook.accepted))]).toEqual(eventIds());
  });

  test('a second run to the same address is refused', async () => {
    await listen('--forward-to', hook.url);
    const words = ['listen', '--offline', '--json', '--forward-to', hook.url];
    const second = await finished(stage.start(words));
    expect(await second.ended).toBe(2);
    expect(JSON.parse(second.stderr().slice(second.stderr().indexOf('{')))).toMatchObject({
      error: { name: 'FORWARDING_TWICE' },
    });
  });

  test('the timeline of an intent shows what was forwarded, while it goes on', async () => {
    const running = await listen('--forward-to', hook.url, '--events', 'payment_intent.*');
    const { id } = await pay();
    await hook.until(() => hook.accepted.length === 2);
    const deliveries = async () => {
      const words = ['timeline', id, '--offline', '--json'];
      const timeline = await finished(stage.start(words));
      expect(await timeline.ended).toBe(0);
      const moments = JSON.parse(timeline.stdout()) as {
        events: { type: string; deliveries: Record<string, unknown>[] }[];
      }[];
      return moments.flatMap(({ events }) => events.map(({ type, deliveries }) => [type, ...deliveries]));
    };
    const got = { endpoint: 'listen', url: hook.url, status: 'succeeded', attempts: 1 };
    await expect
      .poll(deliveries, { timeout: 10_000 })
      .toEqual([['payment_intent.created', got], ['charge.succeeded'], ['payment_intent.succeeded', got]]);
    expect(running.child.exitCode).toBeNull();
  });

  test('a reset of the emulator: what happens after it arrives', async () => {
    await create();
    const running = await listen('--forward-to', hook.url);
    await create();
    await hook.until(() => hook.accepted.length === 1);
    engine.store.reset();
    await create();
    await hook.until(() => hook.accepted.length === 2);
    engine.close();
    rmSync(join(stage.home, 'emulator.db'));
    rmSync(join(stage.home, 'emulator.db-wal'), { force: true });
    rmSync(join(stage.home, 'emulator.db-shm'), { force: true });
    await running.says('state file was replaced');
    engine = createEngine({ state: join(stage.home, 'emulator.db') });
    stripe = new Stripe(KEY, { httpClient: createTransport(engine.handle), telemetry: false });
    await create();
    await hook.until(() => hook.accepted.length === 3);
    expect(new Set(ids(hook.accepted)).size).toBe(3);
  });

  test('faults are injected, the same for the same seed', async () => {
    const inject = ['--inject', 'duplicate=2,reorder@50%,drop-ack@30%,bad-signature=20%', '--seed', '7'];
    const shapes: unknown[] = [];
    for (let round = 0; round < 2; round += 1) {
      const flags = ['--forward-to', hook.url, '--time-scale', '0.01', '--max', '8', ...inject];
      const running = await listen(...flags);
      for (let index = 0; index < 8; index += 1) await create();
      expect(await running.ended).toBe(0);
      const events = eventIds().slice(-8);
      // What goes first depends on what is there already; how often each is sent, and what was done to it, does not.
      const done = (id: string) =>
        lines(running, 'delivery')
          .filter((line) => line['id'] === id)
          .map((line) => line['injected']);
      shapes.push(events.map((id) => [hook.hooks.filter((one) => one.id === id).length, done(id)]));
    }
    expect(shapes[0]).toEqual(shapes[1]);
    const text = JSON.stringify(shapes[0]);
    for (const fault of ['duplicate=2', 'reorder', 'drop-ack']) expect(text).toContain(fault);
  });
});

describe('listen ends', () => {
  test('at ^C after what is under way, at the second ^C at once', async () => {
    for (const twice of [false, true]) {
      const from = hook.hooks.length;
      hook.answer = () => 'hang';
      const running = await listen('--forward-to', hook.url, '--fresh');
      await create();
      await hook.until(() => hook.hooks.length === from + 1);
      const since = Date.now();
      running.child.kill('SIGINT');
      running.child.kill('SIGINT');
      if (twice) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        running.child.kill('SIGINT');
      }
      expect(await running.ended).toBe(130);
      const took = Date.now() - since;
      if (twice) expect(took).toBeLessThan(1500);
      else {
        expect(took).toBeGreaterThan(1900);
        expect(took).toBeLessThan(3500);
        expect(lines(running).at(-1)).toMatchObject({ type: 'stopped', undelivered: 1 });
      }
    }
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('at %s with %i', async (signal, code) => {
    const running = await listen('--forward-to', hook.url);
    running.child.kill(signal);
    expect(await running.ended).toBe(code);
    expect(lines(running).at(-1)).toMatchObject({ type: 'stopped', reason: 'signal' });
  });

  test('when stdin ends', async () => {
    const child = spawn(process.execPath, [stage.file, 'listen', '--offline', '--jsonl'], {
      env: { PATH: process.env['PATH'], PAYINTENT_HOME: stage.home },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.includes('"ready"')) setTimeout(() => child.stdin.end(), 500);
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(130);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'stopped',
      reason: 'stdin',
    });
  });

  test('after --max, and the next run begins afresh', async () => {
    const running = await listen('--forward-to', hook.url, '--max', '2');
    await pay();
    expect(await running.ended).toBe(0);
    expect(hook.accepted).toHaveLength(2);
    const next = await listen('--forward-to', hook.url, '--once');
    await create(555);
    expect(await next.ended).toBe(0);
    expect(hook.accepted).toHaveLength(3);
    expect(JSON.parse(hook.accepted[2]?.body ?? '').data.object.amount).toBe(555);
  });

  test('at --timeout: 8 while it still waited for something, 0 otherwise', async () => {
    const waiting = await listen('--timeout', '1s', '--until', 'payment_intent.succeeded');
    const looking = await listen('--timeout', '1s');
    await create();
    expect([await waiting.ended, await looking.ended]).toEqual([8, 0]);
    expect(lines(looking, 'event')).toHaveLength(1);
  });

  test('with the app it runs, which has the secret', async () => {
    const env = join(stage.home, '.env');
    writeFileSync(env, 'A=1\nSTRIPE_WEBHOOK_SECRET=old\nB=2\n', { mode: 0o644 });
    const app = `node -e "console.log('app got ' + process.env.STRIPE_WEBHOOK_SECRET.slice(-4)); setTimeout(() => process.exit(3), 1500)"`;
    const ready = join(stage.home, 'ready.json');
    const running = await listen('--env-file', env, '--exec', app, '--ready-file', ready);
    expect(JSON.parse(readFileSync(ready, 'utf8'))).toMatchObject({
      pid: running.child.pid,
      target: 'offline',
    });
    expect(await running.ended).toBe(3);
    const secret = readFileSync(join(stage.home, 'webhook-secret'), 'utf8').trim();
    expect(running.stderr()).toContain(`app got ${secret.slice(-4)}`);
    expect(readFileSync(env, 'utf8')).toBe(`A=1\nSTRIPE_WEBHOOK_SECRET=${secret}\nB=2\n`);
    expect(existsSync(ready)).toBe(false);
    expect(statSync(join(stage.home, 'webhook-secret')).mode & 0o777).toBe(0o600);
    expect(lines(running).at(-1)).toMatchObject({ type: 'stopped', reason: 'exec' });
    const made = join(stage.home, 'made.env');
    const words = ['listen', '--print-secret', '--dotenv', made];
    await finished(stage.start(words));
    expect(readFileSync(made, 'utf8')).toBe(`STRIPE_WEBHOOK_SECRET=${secret}\n`);
  });

  test('and takes the app with it', async () => {
    const marker = join(stage.home, 'alive');
    const app = `node -e "setInterval(() => require('fs').writeFileSync('${marker}', String(Date.now())), 50)"; true`;
    const running = await listen('--exec', app);
    await until(() => existsSync(marker));
    running.child.kill('SIGINT');
    expect(await running.ended).toBe(130);
    const last = readFileSync(marker, 'utf8');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(readFileSync(marker, 'utf8')).toBe(last);
  });
});

async function finished(running: Running): Promise<Running> {
  await running.ended;
  return running;
}

async function until(holds: () => boolean, milliseconds = 8000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!holds()) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
