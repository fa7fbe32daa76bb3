import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readState } from '../../src/gateway/emulator-access.ts';
import type { Running } from '../support/emulator-program.ts';
import { stripeAt } from '../support/live-emulator.ts';
import { programStage } from '../support/program-stage.ts';
import { runCli } from '../support/run-cli.ts';

const run = promisify(execFile);

const stage = programStage('serve');

interface Serving extends Running {
  readonly url: string;
  readonly port: number;
}

/** Starts `emulator serve` on a free port and waits until it is ready. */
async function serve(...flags: string[]): Promise<Serving> {
  const words = ['emulator', 'serve', '--port', '0', '--json', ...flags];
  const running = stage.start(words);
  await running.says('"ready"');
  const ready = JSON.parse(running.stdout().split('\n')[0] ?? '') as Record<string, unknown>;
  expect(ready).toMatchObject({ type: 'ready', host: '127.0.0.1' });
  return { ...running, url: String(ready['url']), port: Number(ready['port']) };
}

const lastLine = (text: string) => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as unknown;

async function until(holds: () => boolean | Promise<boolean>, milliseconds = 8000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('payintent emulator serve', () => {
  test('serves the state of the other commands, and says what it does', async () => {
    const server = await serve();
    const health = (await (await fetch(`${server.url}/_payintent/health`)).json()) as { pid: number };
    expect(health).toMatchObject({ status: 'ok', pid: server.child.pid });
    const intent = await stripeAt(server.url).paymentIntents.create({ amount: 1099, currency: 'eur' });
    const seen = await runCli(['retrieve', intent.id, '--json'], { home: stage.home, now: Date.now() });
    expect(seen.json()).toMatchObject({ id: intent.id, amount: 1099 });
    await fetch(`${server.url}/v1/payment_intents/${intent.id}?client_secret=${intent.client_secret}`);
    await server.says('401');
    const status = await runCli(['emulator', 'status', '--json', '--port', String(server.port)], {
      home: stage.home,
    });
    expect(status.json()['server']).toEqual({
      url: server.url,
      answers: 'emulator',
      pid: server.child.pid,
      same_state: true,
    });
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(143);
    expect(lastLine(server.stdout())).toEqual({ type: 'stopped', requests: 2 });
    expect(server.stderr()).toContain(join(stage.home, 'emulator.db'));
    expect(server.stderr()).toMatch(/POST +\/v1\/payment_intents {2}200 {2}\d+ms {2}req_\w+/);
    expect(server.stderr()).toMatch(new RegExp(`GET +/v1/payment_intents/${intent.id} {2}401 `));
    expect(server.stderr()).not.toContain('secret');
    expect(server.stderr()).not.toContain('health');
  });

  test('a quiet one says nothing on stderr', async () => {
    const server = await serve('-q', '--state', ':memory:');
    await stripeAt(server.url).paymentIntents.list();
    server.child.kill('SIGHUP');
    expect(await server.ended).toBe(129);
    expect(server.stderr()).toBe('');
  });

  test('the ready file is there while it serves', async () => {
    const file = join(stage.home, 'ready.json');
    const server = await serve('--ready-file', file, '--state', ':memory:');
    const ready: unknown = JSON.parse(readFileSync(file, 'utf8'));
    expect(ready).toEqual({ url: server.url, port: server.port, pid: server.child.pid });
    server.child.kill('SIGINT');
    expect(await server.ended).toBe(130);
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
  });

  test('a second server on the port names the first one and leaves it alone', async () => {
    const server = await serve('--state', ':memory:');
    const words = ['emulator', 'serve', '--port', String(server.port), '--state', ':memory:', '--json'];
    const second = stage.start(words);
    expect(await second.ended).toBe(2);
    expect(second.stdout()).toBe('');
    const { error } = JSON.parse(second.stderr()) as { error: Record<string, unknown> };
    expect(error).toMatchObject({ name: 'PORT_IN_USE', port: server.port, pid: server.child.pid });
    expect((await fetch(`${server.url}/_payintent/health`)).status).toBe(200);
  });

  test('other machines are let in with a warning only', async () => {
    const words = [
      'emulator',
      'serve',
      '--port',
      '0',
      '--host',
      '0.0.0.0',
      '--allow-host',
      'emulator',
      '--json',
    ];
    const server = stage.start(words);
    await server.says('"ready"');
    expect(server.stderr()).toContain('reachable from other machines');
    const { port } = JSON.parse(server.stdout()) as { port: number };
    const asked = await run(process.execPath, [
      '-e',
      `require('http').get({host:'127.0.0.1',port:${port},path:'/_payintent/health',headers:{host:'emulator'}},(r)=>{console.log(r.statusCode);r.resume()})`,
    ]);
    expect(asked.stdout.trim()).toBe('200');
  });

  test('time passes while it serves', async () => {
    const server = await serve();
    const statePath = join(stage.home, 'emulator.db');
    const due = () => readState({ statePath, now: () => Date.now() }).nextJobAt;
    const stripe = stripeAt(server.url);
    await stripe.paymentIntents.create({
      amount: 1099,
      currency: 'eur',
      confirm: true,
      payment_method: 'pm_card_visa',
      return_url: 'https://example.com/return',
    });
    // A paid charge is completed a moment later, and nobody asks the server meanwhile.
    expect(due()).toBeDefined();
    await until(() => due() === undefined);
  });

  test('its clock is advanced through the state file, or through the server', async () => {
    for (const flags of [[], ['--state', ':memory:']]) {
      const server = await serve(...flags);
      const stripe = stripeAt(server.url);
      const intent = await stripe.paymentIntents.create({
        amount: 1099,
        currency: 'eur',
        confirm: true,
        capture_method: 'manual',
        payment_method: 'pm_card_visa',
        return_url: 'https://example.com/return',
      });
      const where = flags.length === 0 ? [] : ['--api-base', server.url];
      const advanced = await runCli(['emulator', 'advance', '8d', '--json', ...where], {
        home: stage.home,
        now: Date.now(),
      });
      expect(advanced.code).toBe(0);
      expect((advanced.json()['events'] as { subject: string }[]).at(-1)?.subject).toBe(intent.id);
      expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('canceled');
    }
  });

  test('the clock is moved by programs, not by pages of other sites', async () => {
    const server = await serve('--state', ':memory:');
    const advance = (body: string, headers: Record<string, string> = {}) =>
      fetch(`${server.url}/_payintent/clock/advance`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      });
    expect((await advance('duration=1d', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await advance('duration=soon')).status).toBe(400);
    const answer = (await (await advance('duration=1d')).json()) as { from: number; to: number };
    expect(answer.to - answer.from).toBe(86_400);
  });
});

describe('stopping', () => {
  /** A request whose body does not come: the server waits for it. */
  async function hang(server: Serving): Promise<void> {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    await new Promise<void>((resolve) => socket.on('connect', () => resolve()));
    socket.write(
      'POST /v1/payment_intents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\namount=',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
  }

  test('waits two seconds at most for what is under way', async () => {
    const server = await serve();
    await hang(server);
    const since = Date.now();
    server.child.kill('SIGINT');
    expect(await server.ended).toBe(130);
    expect(Date.now() - since).toBeGreaterThan(1000);
    expect(Date.now() - since).toBeLessThan(4000);
  });

  test('at once at the second signal; the echo of the first one does not count', async () => {
    const server = await serve();
    await hang(server);
    const since = Date.now();
    server.child.kill('SIGINT');
    await server.says('Stopping');
    server.child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(server.child.exitCode).toBeNull();
    server.child.kill('SIGINT');
    expect(await server.ended).toBe(130);
    expect(Date.now() - since).toBeLessThan(1300);
  });

  test('a reader of stdout that leaves ends it quietly', async () => {
    const server = await serve('--state', ':memory:');
    server.child.stdout?.destroy();
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.stderr()).not.toContain('Error');
  });
});

describe('payintent emulator env', () => {
  async function linesFor(lang: string, server: Serving): Promise<string> {
    return (await runCli(['emulator', 'env', '--lang', lang, '--port', String(server.port)])).stdout;
  }

  test('node: the lines work as they are', async () => {
    const server = await serve();
    const file = join(stage.directory, 'env.mjs');
    const call = "console.log((await stripe.paymentIntents.create({ amount: 1234, currency: 'eur' })).id);";
    writeFileSync(file, `${await linesFor('node', server)}\n${call}\n`);
    const { stdout } = await run(process.execPath, [file]);
    const seen = await runCli(['retrieve', stdout.trim(), '--json'], { home: stage.home, now: Date.now() });
    expect(seen.json()['amount']).toBe(1234);
  });

  test('sh: payintent follows the variables', async () => {
    const server = await serve('--state', ':memory:');
    const env = Object.fromEntries(
      (await linesFor('sh', server))
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/^export /, '').split('=') as [string, string]),
    );
    const made = await runCli(['create', '--amount', '1099', '--currency', 'eur', '-q'], { env });
    expect(made.code).toBe(0);
    expect((await stripeAt(server.url).paymentIntents.retrieve(made.stdout.trim())).amount).toBe(1099);
  });

  test.runIf(spawnSync('curl', ['--version']).status === 0)('curl: the command works as it is', async () => {
    const server = await serve();
    const { stdout } = await run('sh', ['-c', await linesFor('curl', server)]);
    expect(JSON.parse(stdout)).toMatchObject({
      object: 'payment_intent',
      amount: 1099,
      currency: 'eur',
      status: 'requires_payment_method',
    });
  });
});
