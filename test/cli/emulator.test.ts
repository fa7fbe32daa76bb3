import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sdkNames } from '../../src/cli/sdk-lines.ts';
import { emulatorEntries } from '../../src/commands/emulator/entries.ts';
import { openSqlite } from '../../src/emulator/sqlite.ts';
import { serveEmulator } from '../../src/gateway/emulator-server.ts';
import {
  cancel,
  createIntent,
  type RunOptions,
  type RunResult,
  runCli,
  temporaryHome,
} from '../support/run-cli.ts';

const held = ['--payment-method', 'visa', '--capture-method', 'manual', '--confirm'];

function emulator(words: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return runCli(['emulator', ...words], { ...options, env: { NO_COLOR: '1', ...options.env } });
}

/** The one JSON object on stderr. */
function errorOf(result: RunResult): Record<string, unknown> {
  return (JSON.parse(result.stderr) as { error: Record<string, unknown> }).error;
}

async function statusOf(home: string, id: string): Promise<unknown> {
  return (await runCli(['retrieve', id, '--json'], { home })).json()['status'];
}

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A port somebody listens on without ever answering. */
async function silentPort(): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => {}));
  onTestFinished(() => {
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      server.unref();
      resolve((server.address() as { port: number }).port);
    });
  });
}

describe('emulator status', () => {
  test('makes no state where there is none', async () => {
    const home = temporaryHome();
    const port = String(await freePort());
    const result = await emulator(['status', '--json', '--port', port], { home });
    expect(result.code).toBe(0);
    expect(result.json()).toMatchObject({
      object: 'emulator',
      state: join(home, 'emulator.db'),
      exists: false,
      size_bytes: 0,
      clock: { offset: 0 },
      next_job_at: null,
      server: { url: `http://127.0.0.1:${port}`, answers: 'nobody' },
    });
    expect(statSync(join(home, 'emulator.db'), { throwIfNoEntry: false })).toBeUndefined();
  });

  test('tells what there is, what the clock shows and what comes next', async () => {
    const home = temporaryHome();
    await createIntent(home, ...held);
    await emulator(['advance', '2d'], { home });
    const data = (await emulator(['status', '--json', '--port', '0'], { home })).json();
    expect(data).toMatchObject({
      exists: true,
      objects: { payment_intents: 1, charges: 1, refunds: 0 },
      clock: { offset: 2 * 86_400 },
    });
    expect(data['size_bytes']).toBe(
      ['', '-wal'].reduce(
        (sum, end) => sum + (statSync(join(home, `emulator.db${end}`), { throwIfNoEntry: false })?.size ?? 0),
        0,
      ),
    );
    const due = Number(data['next_job_at']) - Number((data['clock'] as { now: number }).now);
    expect(due).toBeGreaterThan(4.9 * 86_400);
    expect(due).toBeLessThanOrEqual(5 * 86_400);
    const { stdout } = await emulator(['status', '--port', '0'], { home, tty: true });
    expect(stdout).toContain('1 payment_intent, ');
    expect(stdout).toContain('(2d ahead)');
    expect(stdout).toMatch(/Next .*in 5d\)|Next .*in 4d23h/);
  });

  test('is about the server that commands are sent to, whatever its state is in', async () => {
    const home = temporaryHome();
    await createIntent(home);
    const elsewhere = join(temporaryHome(), 'other.db');
    for (const statePath of [':memory:', elsewhere, join(home, 'emulator.db')]) {
      const server = await serveEmulator({ statePath, now: () => Date.now(), host: '127.0.0.1', port: 0 });
      onTestFinished(() => server.stop());
      const own = statePath === join(home, 'emulator.db');
      const env = { PAYINTENT_API_BASE: server.url };
      const { stdout, ...run } = await emulator(['status', '--json'], { home, env });
      expect(run.code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        state: statePath === elsewhere ? null : statePath,
        exists: true,
        objects: { payment_intents: own ? 1 : 0 },
        server: { url: server.url, answers: 'emulator', pid: process.pid, same_state: true },
      });
      expect(stdout).not.toContain('other.db');
      const shown = (await emulator(['status'], { home, env, tty: true })).stdout;
      const where = { [':memory:']: 'in memory', [elsewhere]: "the server's own" };
      expect(shown).toContain(where[statePath] ?? statePath);
      // A state that is named is the one that is shown.
      const named = (
        await emulator(['status', '--json', '--state', join(home, 'emulator.db')], { home, env })
      ).json();
      expect(named).toMatchObject({ state: join(home, 'emulator.db'), objects: { payment_intents: 1 } });
    }
  });

  test('shows the file where the server that is named is gone', async () => {
    const home = temporaryHome();
    await createIntent(home);
    const env = { PAYINTENT_API_BASE: `http://127.0.0.1:${await freePort()}` };
    expect((await emulator(['status', '--json'], { home, env })).json()).toMatchObject({
      state: join(home, 'emulator.db'),
      objects: { payment_intents: 1 },
      server: { url: env.PAYINTENT_API_BASE, answers: 'nobody' },
    });
  });

  test('refuses an address that is none', async () => {
    for (const words of [['status'], ['env'], ['advance', '1d']]) {
      const result = await emulator([...words, '--json'], { env: { PAYINTENT_API_BASE: 'localhost:12111' } });
      expect([result.code, errorOf(result)['name']]).toEqual([2, 'FLAG_INVALID']);
    }
  });

  test('knows a program that is no emulator', async () => {
    const port = String(await silentPort());
    const result = await emulator(['status', '--json', '--port', port]);
    expect(result.json()['server']).toMatchObject({ answers: 'other', pid: null, same_state: null });
  });
});

describe('emulator advance', () => {
  test('lets a hold expire and tells what happened, oldest first', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, ...held);
    const data = (await emulator(['advance', '8d', '--json'], { home })).json();
    expect(data['seconds']).toBe(8 * 86_400);
    expect(Number(data['to']) - Number(data['from'])).toBe(8 * 86_400);
    const events = data['events'] as { type: string; subject: string; created: number }[];
    expect(events.map(({ type }) => type)).toEqual(
      (await storedEvents(home)).slice(-events.length).map(({ type }) => type),
    );
    expect(events.at(-1)).toMatchObject({ type: 'payment_intent.canceled', subject: id });
    const week = Number(data['from']) + 7 * 86_400;
    expect(Math.abs((events.at(-1)?.created ?? 0) - week)).toBeLessThan(60);
    expect(await statusOf(home, id)).toBe('canceled');
  });

  test('tells only what happened on this way', async () => {
    const home = temporaryHome();
    await createIntent(home, ...held);
    await emulator(['advance', '8d'], { home });
    expect((await emulator(['advance', '1h', '--json'], { home })).json()['events']).toEqual([]);
    const { stdout } = await emulator(['advance', '1h'], { home, tty: true });
    expect(stdout).toContain('Advanced  1h');
    expect(stdout).toContain('nothing fell due');
  });

  test('prints ids with -q and a record a line in a pipe', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, ...held);
    const quiet = await emulator(['advance', '7d', '-q'], { home });
    expect(quiet.stderr).toBe('');
    expect(quiet.stdout).toMatch(/^(evt_\w+\n)+$/);
    const again = await createIntent(home, ...held);
    expect(again).not.toBe(id);
    const lines = (await emulator(['advance', '7d'], { home })).stdout.trimEnd().split('\n');
    expect(lines.at(-1)?.split('\t').slice(0, 3)).toEqual([
      expect.stringMatching(/^2026-12-0\dT/),
      'payment_intent.canceled',
      again,
    ]);
  });

  test.each(['', '7', '-1d', '0s', 'soon', '1d2w'])('refuses %j', async (duration) => {
    const result = await emulator(['advance', duration]);
    expect(result.code).toBe(2);
    expect(result.stdout).toBe('');
  });

  test('refuses what is no emulator, and says when nobody answers', async () => {
    const port = await freePort();
    const gone = await emulator(['advance', '1d', '--api-base', `http://127.0.0.1:${port}`, '--json']);
    expect([gone.code, errorOf(gone)['name']]).toEqual([6, 'NETWORK_FAILED']);
    for (const [flags, name] of [
      [['--api-base', 'nonsense'], 'FLAG_INVALID'],
      [['--api-base', 'http://127.0.0.1:1', '--state', 'x.db'], 'FLAGS_CONFLICT'],
    ] as const) {
      const result = await emulator(['advance', '1d', '--json', ...flags]);
      expect([result.code, errorOf(result)['name']]).toEqual([2, name]);
    }
  });
});

async function storedEvents(home: string): Promise<{ type: string }[]> {
  const lines = (await emulator(['export'], { home })).stdout.trimEnd().split('\n');
  return lines
    .map((line) => JSON.parse(line) as { collection?: string; object?: { type: string } })
    .flatMap(({ collection, object }) => (collection === 'events' && object !== undefined ? [object] : []));
}

describe('emulator export and import', () => {
  test('bring a state back as it was', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, ...held);
    await emulator(['advance', '3d'], { home });
    const before = await runCli(['retrieve', id, '--json'], { home });
    const file = join(home, 'state.jsonl');
    const exported = await emulator(['export', file, '--json'], { home });
    expect(exported.json()).toMatchObject({
      file,
      bytes: statSync(file).size,
      lines: readFileSync(file, 'utf8').trimEnd().split('\n').length - 2,
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await emulator(['reset', '--yes'], { home })).code).toBe(0);
    expect((await runCli(['retrieve', id], { home })).code).toBe(5);
    const imported = await emulator(['import', file, '--json'], { home });
    expect(imported.code).toBe(0);
    expect(imported.json()['objects']).toMatchObject({ payment_intents: 1, charges: 1 });
    expect((await runCli(['retrieve', id, '--json'], { home })).stdout).toBe(before.stdout);
    await emulator(['advance', '5d'], { home });
    expect(await statusOf(home, id)).toBe('canceled');
  });

  test('go through pipes', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    for (const flag of [[], ['--json'], ['-q'], ['--jsonl']]) {
      const { stdout } = await emulator(['export', '-', ...flag], { home });
      const other = temporaryHome();
      expect((await emulator(['import', '-'], { home: other, stdin: stdout })).code).toBe(0);
      expect(await statusOf(other, id)).toBe('requires_payment_method');
    }
  });

  test('export an empty state without making one', async () => {
    const home = temporaryHome();
    const { stdout, code } = await emulator(['export'], { home });
    expect(code).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toHaveLength(2);
    expect(statSync(join(home, 'emulator.db'), { throwIfNoEntry: false })).toBeUndefined();
  });

  test('export never writes over the state, nor leaves anything behind where it cannot write', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    const self = await emulator(['export', join(home, 'emulator.db'), '--json'], { home });
    expect([self.code, errorOf(self)['name']]).toEqual([2, 'ARGUMENT_INVALID']);
    expect(await statusOf(home, id)).toBe('requires_payment_method');
    const nowhere = await emulator(['export', join(home, 'missing', 'x.jsonl'), '--json'], { home });
    expect([nowhere.code, errorOf(nowhere)['name']]).toEqual([2, 'FILE_UNREADABLE']);
  });

  test('import replaces nothing by what is not whole', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    const whole = (await emulator(['export'], { home })).stdout;
    const lines = whole.trimEnd().split('\n');
    const wrong: Record<string, [text: string, name: string]> = {
      'cut.jsonl': [lines.slice(0, -1).join('\n'), 'STATE_IMPORT_INVALID'],
      'middle.jsonl': [lines.filter((_, index) => index !== 1).join('\n'), 'STATE_IMPORT_INVALID'],
      'other.json': ['{"object":"payment_intent"}', 'STATE_IMPORT_INVALID'],
      'text.txt': ['hello', 'STATE_IMPORT_INVALID'],
      'empty.jsonl': ['', 'STATE_IMPORT_INVALID'],
      'newer.jsonl': [whole.replace(/"schema":\d+/, '"schema":9999'), 'STATE_NEWER'],
    };
    for (const [name, [text, code]] of Object.entries(wrong)) {
      const file = join(home, name);
      writeFileSync(file, text);
      const result = await emulator(['import', file, '--yes', '--json'], { home });
      expect([name, result.code, errorOf(result)['name']]).toEqual([name, 2, code]);
      expect(String(errorOf(result)['title'])).toContain(name);
      expect(await statusOf(home, id)).toBe('requires_payment_method');
    }
    const absent = await emulator(['import', join(home, 'absent'), '--json'], { home });
    expect([absent.code, errorOf(absent)['name']]).toEqual([2, 'FILE_UNREADABLE']);
  });

  test('import asks before it replaces something, and only then', async () => {
    const home = temporaryHome();
    const file = join(home, 'empty.jsonl');
    await emulator(['export', file], { home });
    expect((await emulator(['import', file], { home })).code).toBe(0);
    const id = await createIntent(home);
    const refused = await emulator(['import', file, '--json'], { home });
    expect([refused.code, errorOf(refused)['name']]).toEqual([2, 'ANSWER_NEEDED']);
    const declined = await emulator(['import', file], { home, tty: true, answers: [false] });
    expect([declined.code, declined.asked]).toEqual([130, ['Replace 1 payment_intent, 1 event by nothing?']]);
    expect(await statusOf(home, id)).toBe('requires_payment_method');
    const accepted = await emulator(['import', file], { home, tty: true, answers: [true] });
    expect(accepted.code).toBe(0);
    expect((await runCli(['retrieve', id], { home })).code).toBe(5);
  });
});

describe('emulator reset', () => {
  test('asks on a terminal, and elsewhere wants --yes', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    const refused = await emulator(['reset', '--json'], { home });
    expect([refused.code, errorOf(refused)['name']]).toEqual([2, 'ANSWER_NEEDED']);
    for (const answer of [false, cancel] as const) {
      expect((await emulator(['reset'], { home, tty: true, answers: [answer] })).code).toBe(130);
    }
    expect(await statusOf(home, id)).toBe('requires_payment_method');
    const done = await emulator(['reset', '--json', '--yes'], { home });
    expect(done.json()).toMatchObject({ removed: { payment_intents: 1 }, moved_to: null });
    expect((await emulator(['reset'], { home })).code).toBe(0);
  });

  test('takes the clock back to real time', async () => {
    const home = temporaryHome();
    await emulator(['advance', '30d'], { home });
    await emulator(['reset', '--yes'], { home });
    expect((await emulator(['status', '--json', '--port', '0'], { home })).json()['clock']).toMatchObject({
      offset: 0,
    });
  });

  test('moves a damaged state aside, each under a name of its own, and starts anew', async () => {
    const home = temporaryHome();
    const state = join(home, 'emulator.db');
    const kept: string[] = [];
    for (const damage of ['not a database, whatever it is', 'nor is this one']) {
      // A connection closed in this process may leave its log to the garbage collector.
      for (const end of ['-wal', '-shm']) rmSync(state + end, { force: true });
      writeFileSync(state, damage);
      const data = (await emulator(['reset', '--json'], { home })).json();
      kept.push(String(data['moved_to']));
      expect(readFileSync(String(data['moved_to']), 'utf8')).toBe(damage);
      expect((await runCli(['create', '--amount', '1099', '--currency', 'eur'], { home })).code).toBe(0);
    }
    expect(new Set(kept).size).toBe(2);
    expect(readFileSync(kept[0] ?? '', 'utf8')).toBe('not a database, whatever it is');
  });
});

describe('emulator env', () => {
  test.each(sdkNames)('%s: names the address and the key', async (lang) => {
    const { stdout, stderr, code } = await emulator(['env', '--lang', lang, '--port', '4242']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('sk_test_emulator');
    expect(stdout).toMatch(
      lang === 'node' ? /host: '127\.0\.0\.1',\n {2}port: 4242,/ : 'http://127.0.0.1:4242',
    );
    const json = (await emulator(['env', '--lang', lang, '--port', '4242', '--json'])).json();
    expect(json).toMatchObject({ lang, url: 'http://127.0.0.1:4242', port: 4242 });
    expect(`${String(json['code'])}\n`).toBe(stdout);
    // Code to paste is code, whatever the terminal.
    expect((await emulator(['env', '--lang', lang, '--port', '4242', '-q'], { tty: true })).stdout).toBe(
      stdout,
    );
  });

  test('without --lang: what a shell reads, and payintent with it', async () => {
    const { stdout } = await emulator(['env']);
    const env = Object.fromEntries(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/^export /, '').split('=') as [string, string]),
    );
    const port = await freePort();
    const result = await runCli(['list', '--json'], {
      env: { ...env, PAYINTENT_API_BASE: `http://127.0.0.1:${port}` },
    });
    expect([result.code, errorOf(result)['name']]).toEqual([6, 'NETWORK_FAILED']);
    expect(env['PAYINTENT_API_BASE']).toBe('http://127.0.0.1:12111');
  });

  test('names the server that payintent itself is sent to, unless an address is given', async () => {
    const env = { PAYINTENT_API_BASE: 'http://[::1]:4567' };
    expect((await emulator(['env', '--json'], { env })).json()).toMatchObject({
      url: 'http://[::1]:4567',
      host: '::1',
      port: 4567,
    });
    expect((await emulator(['env', '--json', '--port', '4242'], { env })).json()['url']).toBe(
      'http://127.0.0.1:4242',
    );
    expect((await emulator(['env', '--json', '--offline'], { env })).json()['port']).toBe(12111);
    const remote = { PAYINTENT_API_BASE: 'https://stripe.example' };
    expect((await emulator(['env', '--json'], { env: remote })).json()['port']).toBe(12111);
  });

  test('refuses other languages and ports', async () => {
    const lang = await emulator(['env', '--lang', 'nodd']);
    expect(lang.code).toBe(2);
    expect(lang.stderr).toContain('Did you mean node?');
    expect((await emulator(['env', '--port', '70000'])).code).toBe(2);
  });
});

describe('emulator serve', () => {
  test('names the port that is taken and how to find who has it', async () => {
    const port = await silentPort();
    const words = ['serve', '--port', String(port), '--state', ':memory:'];
    const result = await emulator([...words, '--json']);
    expect([result.code, errorOf(result)['name'], errorOf(result)['port']]).toEqual([2, 'PORT_IN_USE', port]);
    const { stderr } = await emulator(words);
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken`);
    expect(stderr).toContain('payintent emulator serve --port 0');
    expect(stderr).toContain(`ss -ltnp 'sport = :${port}'`);
    expect((await emulator(words, { platform: 'win32' })).stderr).toContain(`findstr :${port}`);
  });

  test.each([
    [['--host', '203.0.113.1', '--port', '0'], 'ADDRESS_UNUSABLE'],
    [['--host', 'no-such-host.invalid', '--port', '0'], 'ADDRESS_UNUSABLE'],
    [['--port', '65536'], 'FLAG_INVALID'],
    [['--port', '0', '--ready-file', '/nonexistent/ready.json'], 'FILE_UNREADABLE'],
  ])('%j: %s', async (flags, name) => {
    const result = await emulator(['serve', '--state', ':memory:', '--json', ...flags]);
    expect([result.code, errorOf(result)['name'], result.stdout]).toEqual([2, name, '']);
  });
});

describe('emulator exec', () => {
  test.each([
    [['no-such-program-anywhere'], 127, 'PROGRAM_NOT_FOUND'],
    [['npm test'], 127, 'PROGRAM_NOT_FOUND'],
    [['/'], 126, 'PROGRAM_NOT_RUNNABLE'],
  ])('%j: exit %i', async (command, code, name) => {
    const result = await emulator(['exec', '--json', '--', ...command]);
    expect([result.code, errorOf(result)['name'], result.stdout]).toEqual([code, name, '']);
  });

  test('needs a command', async () => {
    expect((await emulator(['exec'])).code).toBe(2);
    expect((await emulator(['exec', '--'])).code).toBe(2);
  });
});

const onState: Record<string, readonly string[]> = {
  status: ['status', '--port', '0'],
  advance: ['advance', '1d'],
  export: ['export'],
  reset: ['reset', '--yes'],
  serve: ['serve', '--port', '0'],
};

describe('a state that cannot be used', () => {
  test.each(Object.keys(onState))('%s says so and leaves it alone', async (name) => {
    const home = temporaryHome();
    const newer = join(home, 'newer.db');
    await createIntent(home, '--state', newer);
    const db = openSqlite(newer);
    db.exec('PRAGMA user_version = 9999');
    db.close();
    const damaged = join(home, 'damaged.db');
    writeFileSync(damaged, 'not a database, whatever it is');
    const cases: [string, string][] = [
      [newer, 'STATE_NEWER'],
      [home, 'STATE_UNREADABLE'],
      ...(name === 'reset' ? [] : ([[damaged, 'STATE_CORRUPT']] as [string, string][])),
    ];
    for (const [state, code] of cases) {
      const words = [...(onState[name] ?? []), '--state', state];
      const result = await emulator([...words, '--json'], { home });
      expect([result.code, result.stdout, errorOf(result)['name']]).toEqual([2, '', code]);
      expect(String(errorOf(result)['message'])).toContain(state);
      expect((await emulator(words, { home, tty: true })).stderr).toContain(code);
    }
    expect(readFileSync(damaged, 'utf8')).toBe('not a database, whatever it is');
  });

  test('exec with --state too', async () => {
    const home = temporaryHome();
    const result = await emulator(['exec', '--json', '--state', home, '--', 'node', '--version'], { home });
    expect([result.code, errorOf(result)['name']]).toEqual([2, 'STATE_UNREADABLE']);
  });
});

describe('all emulator commands', () => {
  const names = emulatorEntries.map(({ name }) => name.split(' ')[1] ?? '');

  test.each(names)('%s has help with an example', async (name) => {
    const { code, stdout } = await emulator([name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`payintent emulator ${name}`);
  });

  test.each(names)('%s refuses --test', async (name) => {
    const argument = { advance: ['1d'], import: ['-'], exec: ['node'] }[name] ?? [];
    const result = await emulator([name, '--test', '--json', ...argument]);
    expect([result.code, errorOf(result)['name']]).toEqual([2, 'FLAGS_CONFLICT']);
  });

  test('fit 44 columns, apart from lines with a path, an id, an address or a command', async () => {
    const home = temporaryHome();
    await createIntent(home, ...held);
    const options = { home, tty: true, columns: 44 };
    const whole = /https?:|\/|[a-z]{2,3}_0\w+|payintent /;
    for (const words of [
      ['status', '--port', '0'],
      ['advance', '8d'],
      ['export', join(home, 'x.jsonl')],
      ['import', join(home, 'x.jsonl'), '--yes'],
      ['reset', '--yes'],
      ['reset', '--test'],
      ['exec', '--', 'no-such-program-anywhere'],
    ]) {
      const { stdout, stderr } = await emulator(words, options);
      const long = `${stdout}${stderr}`.split('\n').filter((line) => line.length > 44 && !whole.test(line));
      expect([words[0], long]).toEqual([words[0], []]);
    }
  });
});
