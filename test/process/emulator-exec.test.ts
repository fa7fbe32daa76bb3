import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Running } from '../support/emulator-program.ts';
import { programStage } from '../support/program-stage.ts';
import { runCli } from '../support/run-cli.ts';

const stage = programStage('exec');

interface ExecOptions {
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

/** Runs a piece of JavaScript with `emulator exec`. */
function exec(code: string, { flags = [], env = {}, stdin = '' }: ExecOptions = {}): Running {
  const words = ['emulator', 'exec', ...flags, '--', process.execPath, '-e', code];
  const running = stage.start(words, { env, stdin });
  return running;
}

const names = [
  'STRIPE_API_KEY',
  'STRIPE_SECRET_KEY',
  'STRIPE_PUBLISHABLE_KEY',
  'STRIPE_API_BASE',
  'PAYINTENT_API_BASE',
  'PAYINTENT_TARGET',
  'NO_PROXY',
  'OTHER',
];
const printEnv = `console.log(JSON.stringify(Object.fromEntries(${JSON.stringify(names)}.map((n) => [n, process.env[n]]))))`;

describe('payintent emulator exec', () => {
  test('gives the command an emulator, and never a key of the user', async () => {
    const real = ['sk', 'live', 'theOwnersOwn'].join('_');
    const running = exec(printEnv, {
      env: {
        STRIPE_API_KEY: real,
        STRIPE_SECRET_KEY: real,
        OTHER: 'kept',
        HTTP_PROXY: 'http://proxy.example',
      },
    });
    expect(await running.ended).toBe(0);
    const env = JSON.parse(running.stdout()) as Record<string, string>;
    expect(env).toMatchObject({
      STRIPE_API_KEY: 'sk_test_emulator',
      STRIPE_SECRET_KEY: 'sk_test_emulator',
      STRIPE_PUBLISHABLE_KEY: 'pk_test_emulator',
      PAYINTENT_TARGET: 'test',
      NO_PROXY: '127.0.0.1,localhost',
      OTHER: 'kept',
    });
    expect(env['STRIPE_API_BASE']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(env['PAYINTENT_API_BASE']).toBe(env['STRIPE_API_BASE']);
    expect(running.stdout() + running.stderr()).not.toContain(real);
    expect(running.stderr()).toContain(env['STRIPE_API_BASE']);
    await expect(fetch(`${env['STRIPE_API_BASE']}/_payintent/health`)).rejects.toThrow();
  });

  test('payintent inside works on it, and it is gone afterwards', async () => {
    const call = (...words: string[]) =>
      `require('child_process').execFileSync(process.execPath, ${JSON.stringify([stage.file, ...words])}, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })`;
    const create = call(
      'create',
      '--amount',
      '1099',
      '--currency',
      'eur',
      '--payment-method',
      'visa',
      '--capture-method',
      'manual',
      '--confirm',
      '-q',
    );
    const running = exec(
      `const id = ${create}; ${call('emulator', 'advance', '8d')}; console.log(${call('list', '--json')})`,
    );
    expect(await running.ended).toBe(0);
    const list = JSON.parse(running.stdout()) as { data: { status: string }[] };
    expect(list.data.map(({ status }) => status)).toEqual(['canceled']);
    const outside = await runCli(['list', '--json'], { home: stage.home });
    expect(outside.json()['data']).toEqual([]);
  });

  test('status and env inside speak of it', async () => {
    const call = (...words: string[]) =>
      `require('child_process').execFileSync(process.execPath, ${JSON.stringify([stage.file, ...words])}, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })`;
    const lines = [
      call('create', '--amount', '1099', '--currency', 'eur', '-q'),
      call('emulator', 'advance', '2d'),
      call('emulator', 'status', '--json'),
      call('emulator', 'env', '--json'),
      call('emulator', 'env', '--port', '4242'),
      call('emulator', 'status', '--offline', '--json'),
    ];
    const running = exec(`console.log(JSON.stringify([process.env.STRIPE_API_BASE, ${lines.join(', ')}]))`);
    expect(await running.ended).toBe(0);
    const [url, , , status, env, other, offline] = JSON.parse(running.stdout()) as string[];
    expect(JSON.parse(status ?? '')).toMatchObject({
      state: ':memory:',
      exists: true,
      objects: { payment_intents: 1, events: 1 },
      clock: { offset: 2 * 86_400 },
      server: { url, answers: 'emulator', same_state: true },
    });
    expect(JSON.parse(env ?? '')).toMatchObject({
      url,
      host: '127.0.0.1',
      port: Number(new URL(url ?? '').port),
    });
    expect(other).toContain('http://127.0.0.1:4242');
    expect(JSON.parse(offline ?? '')).toMatchObject({
      state: join(stage.home, 'emulator.db'),
      exists: false,
    });
  });

  test('keeps the state where --state says', async () => {
    const state = join(stage.home, 'kept.db');
    const running = exec(
      `fetch(process.env.STRIPE_API_BASE + '/v1/payment_intents', { method: 'POST', body: new URLSearchParams({ amount: '1099', currency: 'eur' }), headers: { authorization: 'Bearer ' + process.env.STRIPE_API_KEY } }).then((r) => r.json()).then((o) => console.log(o.id))`,
      { flags: ['--state', state] },
    );
    expect(await running.ended).toBe(0);
    const seen = await runCli(['retrieve', running.stdout().trim(), '--json', '--state', state], {
      home: stage.home,
      now: Date.now(),
    });
    expect(seen.json()['amount']).toBe(1099);
  });

  test.each([0, 1, 7, 255])("answers the command's exit code: %i", async (code) => {
    expect(await exec(`process.exit(${code})`).ended).toBe(code);
  });

  test('passes stdin, stdout and stderr through', async () => {
    const running = exec(
      "process.stdin.on('data', (d) => process.stdout.write(d)); process.stdin.on('end', () => console.error('heard'))",
      { stdin: 'one\ntwo\n', flags: ['-q'] },
    );
    expect(await running.ended).toBe(0);
    expect(running.stdout()).toBe('one\ntwo\n');
    expect(running.stderr()).toBe('heard\n');
  });

  test('flags after the command are its own, without -- too', async () => {
    const code = 'console.log(process.argv.slice(1).join())';
    const words = ['emulator', 'exec', process.execPath, '-e', code, 'one', '--json', '-q', '--port', '1'];
    const running = stage.start(words);
    expect(await running.ended).toBe(0);
    expect(running.stdout()).toBe('one,--json,-q,--port,1\n');
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'sends %s on and lets the command answer it',
    async (signal) => {
      const running = exec(
        `process.on('${signal}', () => { console.log('heard'); setTimeout(() => process.exit(5), 50) }); setInterval(() => {}, 1000); console.log('up')`,
      );
      await running.says('up');
      running.child.kill(signal);
      expect(await running.ended).toBe(5);
      expect(running.stdout()).toBe('up\nheard\n');
    },
  );

  test('a command ended by a signal exits as a shell says it', async () => {
    expect(await exec("process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)").ended).toBe(137);
    const running = exec("setInterval(() => {}, 1000); console.log('up')");
    await running.says('up');
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(143);
  });
});
