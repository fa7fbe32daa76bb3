import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { placeholderKey } from '../../src/domain/placeholder-keys.ts';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { fakeStripe, testKey } from '../support/fake-stripe.ts';
import { createIntent, runCli, temporaryHome } from '../support/run-cli.ts';

const key = (...parts: string[]): string => parts.join('_');
const liveKeys = [key('sk', 'live', 'abcdefghijklmnop'), key('rk', 'live', 'abcdefghijklmnop')];

function withConfig(contents: unknown): string {
  const home = temporaryHome();
  mkdirSync(home, { recursive: true });
  writeFileSync(
    join(home, 'config.json'),
    typeof contents === 'string' ? contents : JSON.stringify(contents),
  );
  return home;
}

describe('which target, and why', () => {
  const chosen = async (
    argv: readonly string[],
    env: Record<string, string> = {},
    home = temporaryHome(),
  ) => {
    const server = await fakeStripe();
    const base = { PAYINTENT_API_BASE: server.env['PAYINTENT_API_BASE'] ?? '' };
    const { stderr, code } = await runCli(['list', ...argv], { env: { ...base, ...env }, home });
    expect(code).toBe(0);
    expect(server.requests.length).toBe(stderr.includes('test mode') ? 1 : 0);
    const lines = stderr.replace(/\n {12}/g, ' ').split('\n');
    return lines[0]?.replace(/ at http:\S+/, '').trim();
  };

  it('is offline without a key', async () => {
    expect(await chosen([])).toBe('Target    offline emulator (no key found)');
  });

  it('is test with a key in the environment', async () => {
    expect(await chosen([], { STRIPE_API_KEY: testKey })).toBe('Target    test mode (STRIPE_API_KEY)');
    expect(await chosen([], { STRIPE_SECRET_KEY: testKey })).toBe('Target    test mode (STRIPE_SECRET_KEY)');
    expect(await chosen([], { STRIPE_API_KEY: '' })).toBe('Target    offline emulator (no key found)');
  });

  it('is test with a key in the configuration', async () => {
    expect(await chosen([], {}, withConfig({ testKey }))).toBe('Target    test mode (payintent config)');
  });

  it('is test with a key in a file', async () => {
    const file = join(temporaryHome(), 'key.txt');
    writeFileSync(file, `${testKey}\n`);
    expect(await chosen(['--api-key-file', file])).toBe('Target    test mode (--api-key-file)');
  });

  it('lets PAYINTENT_TARGET decide over a key, and the flag over both', async () => {
    const env = { STRIPE_API_KEY: testKey, PAYINTENT_TARGET: 'offline' };
    expect(await chosen([], env)).toBe('Target    offline emulator (PAYINTENT_TARGET)');
    expect(await chosen(['--test'], env)).toBe('Target    test mode (--test, key from STRIPE_API_KEY)');
    expect(await chosen(['--offline'], { STRIPE_API_KEY: testKey })).toBe(
      'Target    offline emulator (--offline)',
    );
  });

  it('says nothing when quiet', async () => {
    const { stderr } = await runCli(['list', '-q']);
    expect(stderr).toBe('');
  });
});

describe('keys that are refused, exit 4', () => {
  it.each(liveKeys)('a live key from every source', async (live) => {
    const file = join(temporaryHome(), 'key.txt');
    writeFileSync(file, live);
    const runs = [
      await runCli(['list'], { env: { STRIPE_API_KEY: live } }),
      await runCli(['list', '--json'], { env: { STRIPE_SECRET_KEY: live } }),
      await runCli(['list'], { home: withConfig({ testKey: live }) }),
      await runCli(['list', '--api-key-file', file]),
      await runCli(['list', '--api-key-file', '-'], { stdin: live }),
      await runCli(['config', 'set-key'], { stdin: `${live}\n` }),
      await runCli(['config', 'set-key'], { tty: true, answers: [live] }),
    ];
    for (const { code, stdout, stderr } of runs) {
      expect(code).toBe(4);
      expect(stdout).toBe('');
      expect(stderr).toContain('KEY_LIVE_REFUSED');
      expect(stderr).not.toContain(live);
    }
  });

  it('does not store a live key', async () => {
    const home = temporaryHome();
    await runCli(['config', 'set-key'], { home, stdin: liveKeys[0] ?? '' });
    const { stdout } = await runCli(['config', 'show', '--json'], { home });
    expect(JSON.parse(stdout)).toMatchObject({ key: null });
  });

  it.each([
    [key('pk', 'test', 'abcdefghijklmnop'), 'KEY_PUBLISHABLE'],
    ['hunter2hunter2', 'KEY_MALFORMED'],
    [key('whsec', 'abcdefghijklmnop'), 'KEY_MALFORMED'],
  ])('explains %s', async (given, name) => {
    const { code, stderr } = await runCli(['list'], { env: { STRIPE_API_KEY: given } });
    expect(code).toBe(4);
    expect(stderr).toContain(name);
    expect(stderr).not.toContain(given);
  });

  it.each([
    [['list'], { STRIPE_API_KEY: placeholderKey }, 'A key in STRIPE_API_KEY means test mode.'],
    [['list', '--test'], { STRIPE_SECRET_KEY: placeholderKey }, 'The key comes from STRIPE_SECRET_KEY.'],
    [['smoke'], { STRIPE_API_KEY: placeholderKey }, ''],
    [['doctor', '--port', '1'], { STRIPE_API_KEY: placeholderKey }, ''],
  ] as [string[], Record<string, string>, string][])(
    'says that the placeholder for the emulator is none for Stripe: %j',
    async (words, env, why) => {
      const { code, stdout, stderr } = await runCli([...words, '--json'], { env });
      expect(code).toBe(4);
      const said = (words[0] === 'list' ? stderr : stdout).replace(/\s+/g, ' ');
      expect(said).toContain('sk_test_emulator is the placeholder for the emulator');
      expect(said).toContain(why);
      expect(said).toMatch(/--offline|PAYINTENT_API_BASE/);
    },
  );

  it('takes the placeholder where a served emulator is named, and offline', async () => {
    const server = await fakeStripe();
    const env = { STRIPE_API_KEY: placeholderKey };
    expect((await runCli(['list'], { env: { ...server.env, ...env } })).code).toBe(0);
    expect((await runCli(['list', '--offline'], { env })).code).toBe(0);
    expect((await runCli(['list'], { env: { ...env, PAYINTENT_TARGET: 'offline' } })).code).toBe(0);
  });

  it('asks for a key where test was asked for and none is there', async () => {
    const { code, stderr } = await runCli(['list', '--test']);
    expect(code).toBe(4);
    expect(stderr).toContain('KEY_MISSING');
  });

  it('needs no key, good or bad, offline', async () => {
    const { code } = await runCli(['list', '--offline'], { env: { STRIPE_API_KEY: liveKeys[0] ?? '' } });
    expect(code).toBe(0);
  });
});

describe('the configuration', () => {
  it('keeps a key in a file of its owner alone, and never shows it whole', async () => {
    const home = temporaryHome();
    const set = await runCli(['config', 'set-key', '--json'], { home, stdin: `${testKey}\n` });
    expect(set.code).toBe(0);
    const path = join(home, 'config.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toContain(testKey);
    const shown = await runCli(['config', 'show'], { home });
    expect(set.stdout + set.stderr + shown.stdout + shown.stderr).not.toContain(testKey);
    expect(shown.stdout).toContain('1234');
    await runCli(['config', 'remove-key'], { home });
    expect(readFileSync(path, 'utf8')).not.toContain(testKey);
  });

  it('closes a file that others could read', async () => {
    const home = withConfig({ color: 'never' });
    chmodSync(join(home, 'config.json'), 0o644);
    await runCli(['config', 'set', 'color', 'always'], { home });
    expect(statSync(join(home, 'config.json')).mode & 0o777).toBe(0o600);
  });

  it('does not quote a broken file, which may hold a key', async () => {
    const { code, stderr } = await runCli(['list'], { home: withConfig(`{ "testKey": "${testKey}`) });
    expect(code).toBe(2);
    expect(stderr).toContain('CONFIG_UNREADABLE');
    expect(stderr).not.toContain(testKey);
  });
});

describe('test mode', () => {
  it('sends the same commands to a server and gets the same answers', async () => {
    const server = await fakeStripe();
    const home = temporaryHome();
    const created = await runCli(['create', '--amount', '1099', '--currency', 'eur', '--json'], {
      home,
      env: server.env,
    });
    const id = String(created.json()['id']);
    const done = await runCli(['confirm', id, '--payment-method', 'visa'], { home, env: server.env });
    expect(done.stdout).toContain(`${id}\tsucceeded\t1099\teur\t`);
    expect(server.requests).toContain(`POST /v1/payment_intents/${id}/confirm`);
  });

  it('asks before it cancels or refunds, and declining exits 130', async () => {
    const server = await fakeStripe();
    const home = temporaryHome();
    const created = await runCli(['create', '--amount', '1099', '--currency', 'eur', '-q'], {
      home,
      env: server.env,
    });
    const id = created.stdout.trim();
    const declined = await runCli(['cancel', id], { home, env: server.env, tty: true, answers: [false] });
    expect(declined).toMatchObject({ code: 130, asked: [`Cancel ${id} (requires_payment_method, €10.99)?`] });
    const scripted = await runCli(['cancel', id, '--json'], { home, env: server.env, tty: true });
    expect([scripted.code, scripted.asked]).toEqual([0, []]);
  });

  it('does not ask offline, nor with --yes', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    expect(await runCli(['cancel', id], { home, tty: true })).toMatchObject({ code: 0, asked: [] });
    const server = await fakeStripe();
    const argv = [
      'create',
      '--amount',
      '1099',
      '--currency',
      'eur',
      '--payment-method',
      'visa',
      '--confirm',
      '-q',
    ];
    const paid = (await runCli(argv, { home, env: server.env })).stdout.trim();
    expect(await runCli(['refund', paid, '--yes'], { home, env: server.env, tty: true })).toMatchObject({
      code: 0,
      asked: [],
    });
  });

  it('cannot authenticate for the customer, and says where to do it', async () => {
    const server = await fakeStripe();
    const home = temporaryHome();
    const argv = [
      'create',
      '--amount',
      '1099',
      '--currency',
      'eur',
      '--payment-method',
      '3ds',
      '--confirm',
      '-q',
    ];
    const id = (await runCli(argv, { home, env: server.env })).stdout.trim();
    const { code, stderr } = await runCli(['authenticate', id, '--succeed'], { home, env: server.env });
    expect(code).toBe(2);
    expect(stderr).toContain(`payintent retrieve ${id} --fields next_action.redirect_to_url.url`);
  });

  it('authenticates for the customer where the server is an emulator', async () => {
    const emulator = createEmulator();
    onTestFinished(() => emulator.close());
    const { url } = await emulator.listen();
    const env = { STRIPE_API_KEY: testKey, PAYINTENT_API_BASE: url };
    const words = ['create', '--amount', '1099', '--currency', 'eur', '--payment-method', '3ds', '--confirm'];
    const id = (await runCli([...words, '-q'], { env })).stdout.trim();
    const done = await runCli(['authenticate', id, '--succeed', '--json'], { env });
    expect([done.code, done.stderr]).toEqual([0, expect.stringContaining('test mode at')]);
    expect(done.json()).toMatchObject({ id, status: 'succeeded' });
  });

  it('shows in a dry run what it would send, and sends nothing that changes', async () => {
    const server = await fakeStripe();
    const argv = ['create', '--amount', '1099', '--currency', 'eur', '--dry-run', '--json'];
    const { stdout } = await runCli(argv, { env: server.env });
    expect(JSON.parse(stdout)).toMatchObject({
      dry_run: true,
      request: { method: 'POST', url: '/v1/payment_intents' },
      status: null,
    });
    expect(server.requests).toEqual([]);
  });

  it('prints one line a request with --debug, without the key', async () => {
    const server = await fakeStripe();
    const { stderr } = await runCli(['list', '--debug'], { env: server.env });
    expect(stderr).toMatch(/^GET \/v1\/payment_intents 200 \d+ms req_\w+$/m);
    expect(stderr).not.toContain(testKey);
  });
});
