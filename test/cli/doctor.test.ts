import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DOCTOR_CHECKS } from '../../src/doctor/checks.ts';
import { openSqlite } from '../../src/emulator/sqlite.ts';
import { diagnosis, doctor } from '../support/doctor.ts';
import { fakeStripe, testKey } from '../support/fake-stripe.ts';
import { forwardProxy } from '../support/forward-proxy.ts';
import { json, oddServer } from '../support/odd-server.ts';
import { createIntent, runCli, temporaryHome } from '../support/run-cli.ts';

const WEBHOOK_SECRET = ['whsec', 'signsSignsSigns1234567890'].join('_');
const key = (kind: string, mode: string, rest: string) => [kind, mode, rest].join('_');
/** A key of today's shape, which names its account. */
const markedKey = (kind: string, account: string) => key(kind, 'test', `5${account}${'k'.repeat(80)}`);
const fingerprint = (secret: string) => createHash('sha256').update(secret).digest('hex').slice(0, 8);

describe('a machine with nothing on it', () => {
  test('is well, offline, and stays as it was', async () => {
    const home = temporaryHome();
    const { run, checks, facts } = await diagnosis([], { home });
    expect(run.code).toBe(0);
    expect(run.json()).toMatchObject({ object: 'doctor', target: 'offline', verdict: 'pass', mended: [] });
    expect(Object.keys(checks)).toEqual(DOCTOR_CHECKS.map(({ id }) => id));
    expect(
      Object.values(checks).filter(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive'),
    ).toEqual([]);
    for (const check of Object.values(checks)) {
      expect(Object.keys(check).sort()).toEqual(['fix', 'id', 'ms', 'reason', 'title', 'verdict']);
      expect(check.reason).not.toBe('');
    }
    expect(checks['target']?.reason).toBe('Offline emulator (no key found).');
    expect(facts['versions']).toMatchObject({ node: process.versions.node });
    expect(facts['versions']?.['stripe_sdk']).toMatch(/^\d+\.\d+/);
    expect(facts['versions']?.['sqlite_binding']).toMatch(/sqlite/);
    expect(existsSync(join(home, 'emulator.db'))).toBe(false);
  });

  test('in a pipe it is tabs, on a terminal lines that fit', async () => {
    const piped = await doctor();
    expect(piped.stdout).toMatch(/^versions\tpass\t\d+\tpayintent .*\t$/m);
    expect(piped.stdout.trim().split('\n')).toHaveLength(DOCTOR_CHECKS.length);
    const wide = await doctor([], { tty: true, env: { NO_COLOR: '1' } });
    expect(wide.stdout).toMatch(/^✓ target +Offline emulator \(no key found\)\.$/m);
    expect(wide.stdout).toContain('All is well.');
    expect(wide.stdout + wide.stderr).not.toContain('\u001b');
    for (const columns of [44, 80]) {
      const { stdout } = await doctor([], { tty: true, columns, env: { NO_COLOR: '1' } });
      const long = stdout.split('\n').filter((line) => [...line].length > columns && !line.includes('/'));
      expect(long).toEqual([]);
    }
    const accessible = await doctor([], { tty: true, env: { ACCESSIBLE: '1', NO_COLOR: '1' } });
    expect(accessible.stdout).toMatch(/^pass target/m);
  });

  test('reports are written, and fields chosen', async () => {
    const home = temporaryHome();
    await doctor(['--report', 'junit=out.xml,tap=out.tap'], { home });
    expect(readFileSync(join(home, 'out.xml'), 'utf8')).toContain('<testcase name="state: ');
    expect(readFileSync(join(home, 'out.tap'), 'utf8')).toContain('1..');
    const printed = await doctor(['--report', 'tap,github'], { home });
    expect(printed.stdout).toMatch(/^TAP version 14\n1\.\.\d+\n/);
    expect((await doctor(['--report', 'tap', '--json'], { home })).code).toBe(2);
    const fields = await doctor(['--json', '--fields', 'verdict']);
    expect(fields.json()).toEqual({ verdict: 'pass' });
  });
});

describe('which key', () => {
  test('won, and which others are set', async () => {
    const home = temporaryHome();
    const { env } = await fakeStripe();
    const other = key('sk', 'test', 'otherOtherOther98');
    writeFileSync(join(home, 'config.json'), JSON.stringify({ testKey: other }), { mode: 0o600 });
    const { run, checks, facts } = await diagnosis([], {
      home,
      env: { ...env, STRIPE_SECRET_KEY: testKey },
    });
    expect(run.code).toBe(0);
    expect(checks['key']?.reason).toBe(
      'sk_test_****************1234 from STRIPE_API_KEY; set as well and not used: STRIPE_SECRET_KEY (sk_test_****************1234, the same), payintent config (sk_test_*************er98, another one).',
    );
    expect(facts['key']).toMatchObject({
      source: 'STRIPE_API_KEY',
      others: [{ same: true }, { same: false }],
    });
    expect(checks['account']?.reason).toContain('acct_');
    expect(checks['target']?.reason).toContain('(STRIPE_API_KEY)');
  });

  test('--api-key-file is one, and its absence is a finding', async () => {
    const home = temporaryHome();
    const { env } = await fakeStripe();
    writeFileSync(join(home, 'key'), `${testKey}\n`);
    const good = await diagnosis(['--api-key-file', 'key'], {
      home,
      env: { PAYINTENT_API_BASE: env['PAYINTENT_API_BASE'] ?? '' },
    });
    expect(good.checks['key']?.reason).toContain('from --api-key-file');
    const bad = await diagnosis(['--api-key-file', 'none'], { home, env });
    expect(bad.run.code).toBe(4);
    expect(bad.checks['key']).toMatchObject({ verdict: 'fail', fix: 'Check the path of --api-key-file.' });
    expect(bad.checks['key']?.reason).toContain('Not looked at: STRIPE_API_KEY');
  });

  test('a live key is refused, and nothing is sent', async () => {
    const { requests, env } = await fakeStripe();
    const live = key('sk', 'live', 'abcdefgh12345678');
    const { run, checks } = await diagnosis([], { env: { ...env, STRIPE_API_KEY: live } });
    expect(run.code).toBe(4);
    expect(run.json()['target']).toBeNull();
    expect(checks['key']).toMatchObject({ verdict: 'fail' });
    expect(checks['key']?.reason).toContain('Refused a live-mode key');
    expect(checks['account']?.verdict).toBe('skipped');
    expect(requests).toEqual([]);
    const shadowed = await diagnosis([], { env: { ...env, STRIPE_SECRET_KEY: live } });
    expect(shadowed.run.code).toBe(0);
    expect(shadowed.checks['key']?.verdict).toBe('inconclusive');
    expect(shadowed.checks['key']?.reason).toContain('STRIPE_SECRET_KEY holds a live-mode key');
    const offline = await diagnosis(['--offline'], { env: { STRIPE_API_KEY: live } });
    expect(offline.run.code).toBe(0);
    expect(offline.checks['key']?.verdict).toBe('inconclusive');
  });

  test.each([
    ['missing', {}, 'No test-mode key'],
    ['publishable', { STRIPE_API_KEY: key('pk', 'test', 'abcdefgh1234') }, 'publishable'],
    ['no key at all', { STRIPE_API_KEY: 'hunter2hunter2' }, 'not shaped'],
  ])('%s: it exits 4 and says why', async (_, env, words) => {
    const { run, checks } = await diagnosis(['--test'], { env });
    expect(run.code).toBe(4);
    expect(checks['key']?.reason).toContain(words);
    expect(checks['target']?.reason).toBe('Test mode (--test).');
    expect(run.stdout + run.stderr).not.toContain('hunter2hunter2');
  });

  test('a target that cannot be read fails, and the rest is looked at', async () => {
    const { run, checks } = await diagnosis([], { env: { PAYINTENT_TARGET: 'prod' } });
    expect(run.code).toBe(7);
    expect(checks['target']).toMatchObject({ verdict: 'fail' });
    expect(checks['state']?.verdict).toBe('pass');
  });
});

describe('the API', () => {
  test('that refuses the key: 4, and the clock is compared all the same', async () => {
    const { env } = await oddServer((_, response) =>
      json(response, 401, { error: { message: 'Invalid API Key provided', type: 'invalid_request_error' } }),
    );
    const { run, checks } = await diagnosis([], { env });
    expect(run.code).toBe(4);
    expect(checks['account']?.reason).toContain('not accepted');
    expect(checks['clock']?.verdict).toBe('pass');
  });

  test('that may not be asked for the account knows the key', async () => {
    const { env } = await oddServer((_, response) =>
      json(response, 403, { error: { message: 'This key may not', type: 'invalid_request_error' } }),
    );
    const { run, checks } = await diagnosis([], { env });
    expect(run.code).toBe(0);
    expect(checks['account']?.verdict).toBe('pass');
  });

  test('that is no API fails with what to look at', async () => {
    const { env } = await oddServer((_, response) => json(response, 200, { hello: 'world' }));
    const { run, checks } = await diagnosis([], { env });
    expect(run.code).toBe(7);
    expect(checks['account']?.fix).toContain('--api-base');
    const garbage = await oddServer((_, response) => response.end('<html>'));
    expect((await diagnosis([], { env: garbage.env })).checks['account']?.verdict).toBe('fail');
  });

  test('on an address of IPv6 is reached', async () => {
    const server = createHttpServer((_, response) =>
      json(response, 200, { object: 'account', id: 'acct_1x' }),
    );
    await new Promise<void>((resolve) => {
      server.listen(0, '::1', resolve);
    });
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { checks } = await diagnosis(['--api-base', `http://[::1]:${port}`], {
      env: { STRIPE_API_KEY: testKey },
    });
    expect(checks['account']).toMatchObject({ verdict: 'pass' });
  });

  test('whose address is none is not named with its password', async () => {
    const run = await doctor(['--api-base', 'http://me:hunter2hunter2@host:99999'], {
      env: { STRIPE_API_KEY: testKey },
    });
    expect(run.stdout).toContain('http://…@host:99999');
    expect(run.stdout + run.stderr).not.toContain('hunter2');
  });

  test('that is not there: 6', async () => {
    const { env } = await oddServer((request) => request.socket.destroy());
    const { run, checks } = await diagnosis([], { env });
    expect(run.code).toBe(6);
    expect(checks['account']?.verdict).toBe('fail');
    expect(checks['clock']?.verdict).toBe('skipped');
  });

  test.each([
    ['silent', () => {}],
    [
      'a byte at a time',
      (response: import('node:http').ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('that hangs (%s) is waited for as long as --timeout says', async (_, behave) => {
    const { env } = await oddServer((_request, response) => behave(response));
    const started = performance.now();
    const { run } = await diagnosis(['--timeout', '1s'], { env });
    expect(run.code).toBe(6);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test.each([
    [-400, 7, 'ahead'],
    [400, 7, 'behind'],
    [60, 0, 'behind'],
  ])('whose clock differs by %d seconds', async (seconds, code, word) => {
    const { env } = await oddServer((_, response) => {
      response.setHeader('date', new Date(Date.now() + seconds * 1000).toUTCString());
      json(response, 200, { object: 'account', id: 'acct_1x' });
    });
    const { run, checks, facts } = await diagnosis([], { env });
    expect(run.code).toBe(code);
    expect(checks['clock']?.verdict).toBe(code === 0 ? 'inconclusive' : 'fail');
    expect(checks['clock']?.reason).toContain(word);
    expect(Math.abs(Number(facts['clock']?.['skew_seconds']) + seconds)).toBeLessThan(4);
  });

  test('is not asked offline', async () => {
    const { env, requests } = await fakeStripe();
    await doctor(['--offline'], { env });
    expect(requests).toEqual([]);
  });
});

describe('publishable keys', () => {
  test('are tried on a payment of the secret key', async () => {
    const { env, requests } = await fakeStripe();
    const home = temporaryHome();
    const publishable = key('pk', 'test', 'frontFrontFront');
    const given = { ...env, STRIPE_PUBLISHABLE_KEY: publishable };
    const before = await diagnosis([], { home, env: given });
    expect(before.checks['publishable-key']).toMatchObject({ verdict: 'inconclusive' });
    const made = await runCli(['create', '--amount', '1099', '--currency', 'eur'], { home, env });
    expect(made.code).toBe(0);
    const after = await diagnosis([], { home, env: given });
    expect(after.checks['publishable-key']?.reason).toContain('sees a payment of the secret key');
    expect(requests.filter((line) => !line.startsWith('GET'))).toHaveLength(1);
    expect(after.run.stdout).not.toContain(publishable);
  });

  test('of another account fail with 4', async () => {
    const { env } = await oddServer((request, response) => {
      if (request.url === '/v1/account') return json(response, 200, { object: 'account', id: 'acct_1x' });
      if (request.url?.startsWith('/v1/payment_intents?'))
        return json(response, 200, {
          object: 'list',
          data: [{ id: 'pi_3x', client_secret: 'pi_3x_secret_y' }],
        });
      return json(response, 404, {
        error: { message: 'No such payment_intent', type: 'invalid_request_error', code: 'resource_missing' },
      });
    });
    const { run, checks } = await diagnosis([], {
      env: { ...env, STRIPE_PUBLISHABLE_KEY: key('pk', 'test', 'strangerStranger') },
    });
    expect(run.code).toBe(4);
    expect(checks['publishable-key']?.reason).toContain('does not see a payment');
  });

  test('say themselves whose they are where there is no payment', async () => {
    const { env } = await oddServer((request, response) =>
      json(
        response,
        200,
        request.url === '/v1/account'
          ? { object: 'account', id: 'acct_1AAAAAAAAAAAAAAA' }
          : { object: 'list', data: [] },
      ),
    );
    const own = await diagnosis([], {
      env: { ...env, STRIPE_PUBLISHABLE_KEY: markedKey('pk', '1AAAAAAAAAAAAAAA') },
    });
    expect(own.checks['publishable-key']?.reason).toContain('looks like one of acct_1AAAAAAAAAAAAAAA');
    const other = await diagnosis([], {
      env: { ...env, STRIPE_PUBLISHABLE_KEY: markedKey('pk', '1BBBBBBBBBBBBBBB') },
    });
    expect(other.checks['publishable-key']).toMatchObject({ verdict: 'inconclusive' });
  });
});

describe('.env files', () => {
  test('secrets in them are compared by fingerprint with those in use', async () => {
    const home = temporaryHome();
    const other = ['whsec', 'strangerStranger123456'].join('_');
    writeFileSync(
      join(home, '.env'),
      `# mine\nexport HOOK="${WEBHOOK_SECRET}" # signs\nSTRIPE_KEY='${testKey}'\n`,
    );
    writeFileSync(
      join(home, '.env.local'),
      `STRIPE_WEBHOOK_SECRET=${other}\nDATABASE_URL=postgres://x:y@z/\n`,
    );
    writeFileSync(join(home, '.env.example'), 'STRIPE_WEBHOOK_SECRET=whsec_your_secret_here\n');
    const { env } = await fakeStripe();
    const { run, checks, facts } = await diagnosis([], {
      home,
      env: { ...env, PAYINTENT_WEBHOOK_SECRET: WEBHOOK_SECRET },
    });
    expect(checks['webhook-secrets']).toMatchObject({ verdict: 'inconclusive' });
    expect(facts['webhook_secrets']?.['found']).toEqual([
      {
        file: '.env',
        name: 'HOOK',
        fingerprint: fingerprint(WEBHOOK_SECRET),
        used_by: 'PAYINTENT_WEBHOOK_SECRET, which listen signs with',
      },
      { file: '.env.local', name: 'STRIPE_WEBHOOK_SECRET', fingerprint: fingerprint(other), used_by: null },
    ]);
    expect(checks['app-keys']).toMatchObject({ verdict: 'pass' });
    expect(run.code).toBe(0);
    for (const secret of [WEBHOOK_SECRET, other, testKey]) expect(run.stdout).not.toContain(secret);
  });

  test('are all that begin with .env; what stands in examples is of no use, unless it is a live key', async () => {
    const home = temporaryHome();
    const hook = (word: string) => ['whsec', `${word}${word}${word}${word}`].join('_');
    writeFileSync(join(home, '.envrc'), `export STRIPE_KEY=${key('sk', 'test', 'envrcEnvrcEnvrc1')}\n`);
    writeFileSync(
      join(home, '.env.example'),
      `HOOK=${hook('sample')}\nSTRIPE_KEY=${key('sk', 'test', 'exampleExample12')}\nLIVE=${key('sk', 'live', 'liveLiveLive1234')}\n`,
    );
    const { checks } = await diagnosis([], { home });
    expect(checks['webhook-secrets']?.verdict).toBe('skipped');
    expect(checks['app-keys']?.reason).toBe(
      'LIVE in .env.example (sk_live_************1234) is a live-mode key, which payintent never uses. STRIPE_KEY in .envrc (sk_test_************vrc1) is not used offline.',
    );
  });

  test('the secret that listen has made, and that of an endpoint of the emulator, are known', async () => {
    const home = temporaryHome();
    const printed = await runCli(['listen', '--print-secret'], { home });
    writeFileSync(join(home, '.env'), `STRIPE_WEBHOOK_SECRET=${printed.stdout.trim()}\n`);
    const { checks } = await diagnosis([], { home });
    expect(checks['webhook-secrets']).toMatchObject({ verdict: 'pass' });
    expect(checks['webhook-secrets']?.reason).toContain('the one that listen signs with');
  });

  test('another key than the one in use is pointed out; live keys are left alone', async () => {
    const home = temporaryHome();
    const { env } = await fakeStripe();
    writeFileSync(join(home, '.env'), `STRIPE_SECRET_KEY=${key('sk', 'test', 'otherOtherOther98')}\n`);
    writeFileSync(
      join(home, '.env.production'),
      `STRIPE_SECRET_KEY=${key('sk', 'live', 'liveLiveLive1234')}\n`,
    );
    const { run, checks } = await diagnosis([], { home, env });
    expect(run.code).toBe(0);
    expect(checks['app-keys']?.reason).toBe(
      'STRIPE_SECRET_KEY in .env (sk_test_*************er98) is not the key in use. STRIPE_SECRET_KEY in .env.production (sk_live_************1234) is a live-mode key, which payintent never uses.',
    );
  });
});

describe("Stripe's own CLI", () => {
  function install(home: string, toml?: string): Readonly<Record<string, string>> {
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'bin', 'stripe'), '#!/bin/sh\ntouch "$0.started"\n', { mode: 0o755 });
    if (toml !== undefined) {
      mkdirSync(join(home, 'stripe'));
      writeFileSync(join(home, 'stripe', 'config.toml'), toml);
    }
    return { PATH: `/nowhere:${join(home, 'bin')}`, XDG_CONFIG_HOME: home };
  }
  const login = (fields: string) =>
    `color = ''\n\n[other]\naccount_id = 'acct_other'\n\n[default]\n${fields}\n`;
  const cliKey = key('rk', 'test', 'cliCliCliCliCli1');

  test.each([
    ['nobody', undefined, 'inconclusive', 'nobody is logged in'],
    [
      'the same account',
      login(`account_id = 'ACCOUNT'\ntest_mode_api_key = '${cliKey}'`),
      'pass',
      'the account of the key in use',
    ],
    [
      'the newer layout',
      `[profiles.default]\naccount_id = "ACCOUNT"\n`,
      'pass',
      'the account of the key in use',
    ],
    [
      'another account',
      login(`account_id = 'acct_1else'\ndisplay_name = 'Shop'`),
      'inconclusive',
      'acct_1else (Shop)',
    ],
    [
      'too long ago',
      login(`account_id = 'ACCOUNT'\ntest_mode_key_expires_at = '2020-01-01'`),
      'inconclusive',
      'expired on 2020-01-01',
    ],
  ])('is logged in to %s', async (_, toml, verdict, words) => {
    const home = temporaryHome();
    const { env } = await oddServer((_request, response) =>
      json(response, 200, { object: 'account', id: 'acct_1mine' }),
    );
    const { run, checks } = await diagnosis([], {
      home,
      env: { ...env, ...install(home, toml?.replace('ACCOUNT', 'acct_1mine')) },
    });
    expect(checks['stripe-cli']).toMatchObject({ verdict });
    expect(checks['stripe-cli']?.reason).toContain(words);
    expect(run.stdout).not.toContain(cliKey);
    expect(existsSync(join(home, 'bin', 'stripe.started'))).toBe(false);
  });

  test('a pipe in place of its configuration is not read', async () => {
    const home = temporaryHome();
    const env = install(home, '');
    rmSync(join(home, 'stripe', 'config.toml'));
    mkdirSync(join(home, 'stripe', 'config.toml'));
    const { checks } = await diagnosis([], { home, env });
    expect(checks['stripe-cli']?.reason).toContain('cannot be read (no file)');
  });

  test('is not needed', async () => {
    const { checks } = await diagnosis([], { env: { PATH: '/nowhere' } });
    expect(checks['stripe-cli']?.verdict).toBe('skipped');
  });
});

describe('certificates', () => {
  test.each([
    ['a file that is not there', 'none.pem', 'cannot be read'],
    ['a file without any', 'empty.pem', 'no PEM certificate'],
    ['a damaged one', 'broken.pem', 'damaged'],
  ])('NODE_EXTRA_CA_CERTS names %s', async (_, file, words) => {
    const home = temporaryHome();
    writeFileSync(join(home, 'empty.pem'), 'hello');
    writeFileSync(join(home, 'broken.pem'), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    const { run, checks } = await diagnosis([], { home, env: { NODE_EXTRA_CA_CERTS: file } });
    expect(run.code).toBe(7);
    expect(checks['certificates']?.reason).toContain(words);
  });

  test('verification that is turned off fails where a key is sent, and is told elsewhere', async () => {
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    expect((await diagnosis([], { env })).checks['certificates']?.verdict).toBe('inconclusive');
    const { checks } = await diagnosis(['--api-base', 'https://127.0.0.1:1', '--timeout', '1s'], {
      env: { ...env, STRIPE_API_KEY: testKey },
    });
    expect(checks['certificates']?.verdict).toBe('fail');
  });
});

describe('the state', () => {
  test('that is sound is told with its size and schema', async () => {
    const home = temporaryHome();
    await createIntent(home);
    const { checks, facts } = await diagnosis([], { home });
    expect(checks['state']?.reason).toMatch(
      /emulator\.db \(PAYINTENT_HOME\): \d+ KB( and \d+ KB of log)?, schema \d+, no damage found\.$/,
    );
    expect(facts['state']).toMatchObject({ integrity: 'ok', journal: 'wal', exists: true });
  });

  test.each([
    ['not a database', (file: string) => writeFileSync(file, 'x'.repeat(5000)), 'damaged'],
    ['a directory', (file: string) => mkdirSync(file), 'directory'],
    ['empty', (file: string) => writeFileSync(file, ''), undefined],
  ])('that is %s', async (_, make, words) => {
    const home = temporaryHome();
    const file = join(home, 'emulator.db');
    make(file);
    chmodSync(file, 0o700);
    const before = statSync(file).isFile() ? readFileSync(file, 'utf8') : undefined;
    const { run, checks } = await diagnosis([], { home });
    expect(run.code).toBe(words === undefined ? 0 : 7);
    if (words !== undefined) expect(checks['state']?.reason).toContain(words);
    if (before !== undefined) expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('that cannot be made is told before anything is', async () => {
    const home = temporaryHome();
    writeFileSync(join(home, 'file'), '');
    const { run, checks } = await diagnosis([], {
      home,
      env: { PAYINTENT_STATE: join(home, 'file', 'x.db') },
    });
    expect(run.code).toBe(7);
    expect(checks['state']).toMatchObject({ verdict: 'fail' });
    const deep = await diagnosis([], { env: { PAYINTENT_STATE: join(home, 'a', 'b', 'x.db') } });
    expect(deep.checks['state']?.verdict).toBe('pass');
  });

  test('that is damaged in the middle is found out, and left as it is', async () => {
    const home = temporaryHome();
    await createIntent(home);
    const file = join(home, 'emulator.db');
    const db = openSqlite(file);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4096 * 3, 4096 * 40);
    writeFileSync(file, bytes);
    const { run, checks } = await diagnosis([], { home });
    expect(run.code).toBe(7);
    expect(checks['state']).toMatchObject({ verdict: 'fail' });
    expect(checks['state']?.fix).toContain('payintent emulator reset');
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('in memory needs no file', async () => {
    const { checks } = await diagnosis([], { env: { PAYINTENT_STATE: ':memory:' } });
    expect(checks['state']?.reason).toContain('(PAYINTENT_STATE)');
  });
});

test('a port that another program has is told', async () => {
  const server = createServer((socket) => socket.end('hello\n'));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { run, checks } = await diagnosis(['--port', String(port)]);
  expect(run.code).toBe(0);
  expect(checks['port']).toMatchObject({ verdict: 'inconclusive' });
  expect((await doctor(['--port', '0'])).code).toBe(2);
});

describe('the configuration', () => {
  test.each([
    ['{"testKey": "sk_', 'not valid JSON'],
    ['[1]', 'holds no settings'],
  ])('%s does not stop the doctor', async (text, words) => {
    const home = temporaryHome();
    writeFileSync(join(home, 'config.json'), text, { mode: 0o600 });
    const { run, checks } = await diagnosis([], { home });
    expect(run.code).toBe(7);
    expect(checks['config']?.reason).toContain(words);
    expect(checks['state']?.verdict).toBe('pass');
  });

  test('a directory in its place does not either', async () => {
    const home = temporaryHome();
    mkdirSync(join(home, 'config.json'));
    expect((await diagnosis([], { home })).checks['config']?.verdict).toBe('fail');
  });

  test('every setting that config takes is one', async () => {
    const home = temporaryHome();
    for (const [name, value] of [
      ['lang', 'ar'],
      ['color', 'never'],
      ['api-base', 'http://127.0.0.1:1'],
      ['state', join(home, 'x.db')],
    ] as const)
      expect((await runCli(['config', 'set', name, value], { home })).code).toBe(0);
    expect((await diagnosis([], { home })).checks['config']?.verdict).toBe('pass');
  });

  test('settings that mean nothing are named', async () => {
    const home = temporaryHome();
    writeFileSync(join(home, 'config.json'), '{"color":"blue","testkey":"x"}', { mode: 0o600 });
    expect((await diagnosis([], { home })).checks['config']?.reason).toContain('color, testkey');
  });
});

describe('a proxy', () => {
  const password = 'passwordOfMine';
  const proxyAt = (port: number) => `http://someone:${password}@127.0.0.1:${port}`;

  async function asked(words: readonly string[], env: Readonly<Record<string, string>>) {
    const { run, checks, facts } = await diagnosis(words, { env: { STRIPE_API_KEY: testKey, ...env } });
    expect(run.stdout + run.stderr).not.toContain(password);
    expect(run.stdout).not.toContain('someone');
    return { code: run.code, check: checks['proxy'], facts: facts['proxy'] };
  }

  test('that leads to the API is named', async () => {
    const { port } = await fakeStripe();
    const proxy = await forwardProxy({ leadsTo: port });
    const { check, facts } = await asked(['--api-base', 'http://stripe.example'], {
      http_proxy: proxyAt(proxy.port),
    });
    expect(check).toMatchObject({
      verdict: 'pass',
      reason: `Requests go through http://127.0.0.1:${proxy.port} (http_proxy), and the API answers.`,
    });
    expect(facts).toMatchObject({ used: { name: 'http_proxy', proxy: `http://127.0.0.1:${proxy.port}` } });
    expect(proxy.asked[0]).toContain('http://stripe.example/v1/account');
  });

  test('that wants another password fails, and so does the account', async () => {
    const proxy = await forwardProxy({ refuses: '407 Proxy Authentication Required' });
    const { code, check } = await asked([], { HTTPS_PROXY: proxyAt(proxy.port) });
    expect(code).toBe(6);
    expect(check).toMatchObject({
      verdict: 'fail',
      fix: expect.stringContaining('api.stripe.com in NO_PROXY'),
    });
    expect(proxy.asked).toEqual(['CONNECT api.stripe.com:443']);
  });

  test('of another kind fails before anything is sent', async () => {
    const { code, check } = await asked([], { ALL_PROXY: `socks5://someone:${password}@127.0.0.1:1` });
    expect(code).toBe(6);
    expect(check).toMatchObject({
      verdict: 'fail',
      reason: expect.stringContaining('ALL_PROXY names a SOCKS proxy'),
    });
  });

  test.each([
    [{ ALL_PROXY: proxyAt(1) }, '', 'is on this machine'],
    [{ HTTPS_PROXY: proxyAt(1) }, '', 'that is not for'],
    [{ HTTPS_PROXY: proxyAt(1) }, '--offline', 'offline, nothing is sent anywhere'],
    [{}, '', 'None is set'],
  ] as [Record<string, string>, string, string][])(
    'that is not used passes (%j %s)',
    async (given, flag, reason) => {
      const { env } = await fakeStripe();
      const { check, facts } = await asked(
        flag === '' ? [] : [flag],
        flag === '' ? { ...env, ...given } : given,
      );
      expect(check?.verdict).toBe('pass');
      expect(check?.reason).toContain(reason);
      expect(facts).toMatchObject({ used: null });
    },
  );
});

test('no secret reaches any output, whatever holds it', async () => {
  const secrets = {
    env: key('sk', 'test', 'environmentSecret1'),
    second: key('rk', 'test', 'secondSecret12345'),
    config: key('sk', 'test', 'configurationSecret'),
    file: key('sk', 'test', 'keyFileSecret12345'),
    publishable: key('pk', 'test', 'publishableSecret1'),
    dotenv: key('sk', 'test', 'dotenvSecret123456'),
    live: key('sk', 'live', 'liveSecret12345678'),
    hook: ['whsec', 'hookSecret1234567890'].join('_'),
    dotenvHook: ['whsec', 'dotenvHook1234567890'].join('_'),
    cli: key('rk', 'test', 'stripeCliSecret123'),
    proxy: 'proxyPassword1234',
    odd: 'odd secret without a shape',
  };
  const home = temporaryHome();
  const { env } = await fakeStripe();
  await runCli(['create', '--amount', '1099', '--currency', 'eur'], { home, env });
  writeFileSync(join(home, 'config.json'), JSON.stringify({ testKey: secrets.config }));
  writeFileSync(join(home, 'key'), secrets.file);
  writeFileSync(
    join(home, '.env'),
    `A=${secrets.dotenv}\nB=${secrets.live}\nC=${secrets.dotenvHook}\nD=${secrets.publishable}\n`,
  );
  mkdirSync(join(home, 'stripe'));
  writeFileSync(join(home, 'stripe', 'config.toml'), `[default]\ntest_mode_api_key = '${secrets.cli}'\n`);
  mkdirSync(join(home, 'bin'));
  copyFileSync('/bin/sh', join(home, 'bin', 'stripe'));
  await runCli(['listen', '--print-secret'], { home });
  const made = readFileSync(join(home, 'webhook-secret'), 'utf8').trim();
  const all = {
    ...env,
    STRIPE_API_KEY: secrets.env,
    STRIPE_SECRET_KEY: secrets.second,
    STRIPE_PUBLISHABLE_KEY: secrets.publishable,
    PAYINTENT_WEBHOOK_SECRET: secrets.hook,
    HTTPS_PROXY: `http://me:${secrets.proxy}@127.0.0.1:1`,
    HTTP_PROXY: `http://me:${secrets.proxy}@127.0.0.1:1`,
    XDG_CONFIG_HOME: home,
    PATH: join(home, 'bin'),
  };
  const situations: readonly (readonly [readonly string[], Readonly<Record<string, string>>])[] = [
    [[], all],
    [['--json'], all],
    [['--debug'], all],
    [['--offline'], all],
    [['--api-key-file', 'key', '--json'], all],
    [[], { ...all, STRIPE_API_KEY: secrets.live }],
    [['--json'], { ...all, STRIPE_API_KEY: secrets.odd }],
    [['--json'], { ...all, PAYINTENT_API_BASE: `http://u:${secrets.env}@x` }],
    [['--json'], { ...all, PAYINTENT_API_BASE: 'https://stripe.example' }],
    [['--debug'], { ...all, PAYINTENT_API_BASE: 'http://stripe.example' }],
    [['--fix'], all],
    [['--port', '0'], all],
    [['--report', 'json=out.json,markdown=out.md,sarif=out.sarif'], all],
  ];
  let seen = '';
  for (const [words, given] of situations) {
    for (const tty of [false, true]) {
      const run = await doctor(words, { home, env: given, tty, answers: [false, false, false, false] });
      seen += run.stdout + run.stderr + run.asked.join();
    }
  }
  for (const file of ['out.json', 'out.md', 'out.sarif']) seen += readFileSync(join(home, file), 'utf8');
  expect(seen).toContain(fingerprint(secrets.dotenvHook));
  const leaked = [...Object.values(secrets), made].filter((secret) => seen.includes(secret));
  expect(leaked).toEqual([]);
  expect(seen).not.toMatch(/_secret_[A-Za-z0-9]{5,}/);
});
