import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { alteredStripe } from '../support/altered-stripe.ts';
import { fakeStripe, testKey } from '../support/fake-stripe.ts';
import { json, oddServer } from '../support/odd-server.ts';
import { createIntent, type RunResult, runCli, temporaryHome } from '../support/run-cli.ts';

interface Check {
  readonly id: string;
  readonly verdict: string;
  readonly reason: string;
  readonly fix: string | null;
  readonly ms: number;
}

const checksOf = (run: RunResult): readonly Check[] => run.json()['checks'] as Check[];
const byId = (run: RunResult): Readonly<Record<string, Check>> =>
  Object.fromEntries(checksOf(run).map((check) => [check.id, check]));
const failedIds = (run: RunResult): string[] =>
  checksOf(run).flatMap(({ id, verdict }) => (verdict === 'fail' ? [id] : []));

/** Intents in the emulator of a home that are chargeable or charged. */
async function open(home: string): Promise<unknown[]> {
  const list = await runCli(
    ['list', '--offline', '--json', '--limit', '100', '--expand', 'data.latest_charge'],
    { home },
  );
  const data = list.json()['data'] as { status: string; latest_charge: { refunded: boolean } | null }[];
  return data.filter(
    ({ status, latest_charge }) => status !== 'canceled' && latest_charge?.refunded !== true,
  );
}

describe('offline', () => {
  test('everything passes, and nothing chargeable is left', async () => {
    const home = temporaryHome();
    const run = await runCli(['smoke', '--offline', '--json'], { home });
    expect(failedIds(run)).toEqual([]);
    expect(run.code).toBe(0);
    for (const check of checksOf(run)) {
      expect(Object.keys(check).sort()).toEqual(['fix', 'id', 'ms', 'reason', 'title', 'verdict']);
      expect(Number.isInteger(check.ms)).toBe(true);
      expect(check.reason).not.toBe('');
    }
    const passed = checksOf(run)
      .filter(({ verdict }) => verdict === 'pass')
      .map(({ id }) => id);
    expect(passed).toEqual(
      expect.arrayContaining([
        'key-accepted',
        'account-charges',
        'payment',
        'authorize-capture',
        'authorize-cancel',
        'decline',
        'three-d-secure',
        'idempotent-replay',
        'list',
        'clean-up',
      ]),
    );
    expect(await open(home)).toEqual([]);
    const { stdout } = await runCli(['list', '--offline', '--json'], { home });
    const marks = (JSON.parse(stdout).data as { metadata: Record<string, string> }[]).map(
      ({ metadata }) => metadata['payintent_smoke'],
    );
    expect(marks.every((mark) => /^smoke_[0-9a-f]{16}$/.test(mark ?? ''))).toBe(true);
  });

  test('checks run side by side too', async () => {
    const home = temporaryHome();
    const run = await runCli(['smoke', '--offline', '--json', '--parallel', '8'], { home });
    expect(run.code).toBe(0);
    expect(await open(home)).toEqual([]);
  });

  test('--only and --skip choose', async () => {
    const only = await runCli(['smoke', '--offline', '--json', '--only', 'payment,decline']);
    expect(checksOf(only).map(({ id }) => id)).toEqual(['payment', 'decline']);
    const skip = await runCli(['smoke', '--offline', '--json', '--skip', 'payment']);
    expect(byId(skip)['payment']?.verdict).toBe('skipped');
    const typo = await runCli(['smoke', '--offline', '--only', 'paymnt']);
    expect(typo.code).toBe(2);
    expect(typo.stderr).toContain('payment');
  });

  test('--require-methods looks at what is offered for the currency', async () => {
    const good = await runCli([
      'smoke',
      '--offline',
      '--json',
      '--only',
      'payment-methods',
      '--currency',
      'eur',
      '--require-methods',
      'card',
    ]);
    expect(good.code).toBe(0);
    const bad = await runCli([
      'smoke',
      '--offline',
      '--json',
      '--only',
      'payment-methods',
      '--require-methods',
      'card,sepa_debit',
    ]);
    expect(bad.code).toBe(7);
    expect(byId(bad)['payment-methods']?.reason).toContain('sepa_debit');
  });

  test.each(['huf', 'jpy', 'isk', 'kwd', 'clp'])(
    'every currency has an amount it takes: %s',
    async (currency) => {
      const run = await runCli([
        'smoke',
        '--offline',
        '--json',
        '--only',
        'currency-amount,payment',
        '--currency',
        currency,
      ]);
      expect(failedIds(run)).toEqual([]);
    },
  );

  test('an amount the currency does not take fails, with what to do', async () => {
    const run = await runCli(['smoke', '--offline', '--json', '--amount', '10']);
    expect(run.code).toBe(7);
    expect(byId(run)['currency-amount']).toMatchObject({ verdict: 'fail', fix: 'Choose another --amount.' });
  });

  test('a terminal sees a line for each check, a pipe tabs', async () => {
    const seen = await runCli(['smoke', '--offline', '--color', 'never'], { tty: true });
    expect(seen.stdout).toMatch(/✓ payment +a payment is made, read and refunded +\d+ ms/);
    expect(seen.stdout).toContain('This configuration works');
    const piped = await runCli(['smoke', '--offline', '--only', 'payment']);
    expect(piped.stdout).toMatch(/^payment\tpass\t\d+\t.*\n$/);
  });

  test('what was skipped for one reason is one line for people, so that the failure stays in sight', async () => {
    const { stdout } = await runCli(['smoke', '--color', 'never'], { tty: true });
    expect(stdout.split('\n').length).toBeLessThan(16);
    expect(stdout).toContain('✗ key-present');
    expect(stdout).toMatch(/– 23 checks were skipped\n {2}Because {3}There is no usable key\./);
    const offline = await runCli(['smoke', '--offline', '--color', 'never'], { tty: true, columns: 44 });
    expect(offline.stdout).toContain(
      '– webhook-endpoints, webhook-events,\n  webhook-answers, webhook-arrival\n',
    );
    expect(offline.stdout).not.toContain('\r');
  });

  test('--fields takes those of the checks', async () => {
    const { stdout } = await runCli(['smoke', '--offline', '--only', 'decline', '--fields', 'id,verdict']);
    expect(stdout).toBe('decline\tpass\n');
  });

  test('a run that is stopped cleans up', async () => {
    const home = temporaryHome();
    const run = await runCli(['smoke', '--offline'], {
      home,
      watch: ({ stdout }, signal) => {
        if (stdout.includes('authorize-capture\t')) signal('SIGINT');
      },
    });
    expect(run.code).toBe(130);
    expect(run.stdout).toMatch(/^decline\tskipped/m);
    expect(run.stdout).toMatch(/^clean-up\tpass/m);
    expect(await open(home)).toEqual([]);
  });

  test('--sweep takes what a killed run has left, and nothing else', async () => {
    const home = temporaryHome();
    await createIntent(home, '--metadata', 'payintent_smoke=smoke_killed');
    await createIntent(
      home,
      '--metadata',
      'payintent_smoke=smoke_killed',
      '--confirm',
      '--payment-method',
      'pm_card_visa',
    );
    const mine = await createIntent(home);
    const run = await runCli(['smoke', '--sweep', '--offline', '--json'], { home });
    expect(run.code).toBe(0);
    expect(byId(run)['sweep']?.reason).toBe('1 canceled, 1 refunded.');
    expect(await open(home)).toMatchObject([{ id: mine }]);
  });
});

describe('the key', () => {
  test('without one and without --offline it exits 4', async () => {
    for (const env of [
      {},
      { PAYINTENT_TARGET: 'offline' },
      { PAYINTENT_TARGET: 'test' },
      { STRIPE_API_KEY: ' ' },
    ]) {
      const run = await runCli(['smoke', '--json'], { env });
      expect(run.code).toBe(4);
      expect(byId(run)['key-present']?.verdict).toBe('fail');
      expect(byId(run)['payment']?.verdict).toBe('skipped');
    }
    expect((await runCli(['smoke', '--only', 'payment'])).code).toBe(4);
  });

  test.each([
    ['key-well-formed', ['sk', 'test'].join('_')],
    ['key-well-formed', ['pk', 'test', 'abcdefgh1234'].join('_')],
    ['key-test-mode', ['sk', 'live', 'abcdefgh1234'].join('_')],
  ])('%s fails for %s', async (id, key) => {
    const run = await runCli(['smoke', '--json'], { env: { STRIPE_API_KEY: key } });
    expect(run.code).toBe(4);
    expect(failedIds(run)).toEqual([id]);
    expect(byId(run)['key-present']?.verdict).toBe('pass');
    if (key.length > 12) expect(run.stdout + run.stderr).not.toContain(key);
  });
});

describe('over HTTP', () => {
  test('an emulator that is served passes', async () => {
    const { env } = await fakeStripe();
    const run = await runCli(['smoke', '--json'], { env });
    expect(failedIds(run)).toEqual([]);
    expect(run.code).toBe(0);
    expect(byId(run)['key-test-mode']?.verdict).toBe('pass');
    expect(run.stdout + run.stderr).not.toContain(testKey);
  });

  test('a publishable key of the account is recognised, another thing is not', async () => {
    const { env } = await fakeStripe();
    const key = ['pk', 'test', 'fakeFake1234'].join('_');
    const good = await runCli(['smoke', '--json', '--only', 'publishable-key'], {
      env: { ...env, STRIPE_PUBLISHABLE_KEY: key },
    });
    expect(byId(good)['publishable-key']?.verdict).toBe('pass');
    expect(good.stdout + good.stderr).not.toContain(key);
    const bad = await runCli(['smoke', '--json', '--only', 'publishable-key', '--publishable-key', testKey], {
      env,
    });
    expect(bad.code).toBe(4);
  });

  test('stateless canned answers fail for the right reasons', async () => {
    const intent = {
      id: 'pi_canned',
      object: 'payment_intent',
      status: 'requires_payment_method',
      amount: 1099,
      currency: 'usd',
      metadata: {},
    };
    const { env } = await oddServer((request, response) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      if (path === '/v1/account')
        return json(response, 200, {
          id: 'acct_1',
          object: 'account',
          charges_enabled: true,
          capabilities: {},
        });
      if (path === '/v1/refunds' && request.method === 'POST')
        return json(response, 200, { id: 're_1', object: 'refund', amount: 100, status: 'succeeded' });
      if (request.method === 'GET' && !path.includes('pi_'))
        return json(response, 200, { object: 'list', data: [], has_more: false });
      json(response, 200, intent);
    });
    const run = await runCli(['smoke', '--json'], { env });
    expect(run.code).toBe(7);
    expect(byId(run)['payment']?.reason).toBe(
      'create: expected the status requires_confirmation, it is requires_payment_method.',
    );
    expect(byId(run)['decline']?.verdict).toBe('fail');
    expect(byId(run)['idempotent-replay']?.verdict).toBe('fail');
    expect(byId(run)['list']?.verdict).toBe('fail');
    expect(byId(run)['clean-up']?.reason).toContain('after cancel it is requires_payment_method');
  });

  test.each([
    [401, 4, 'key-accepted'],
    [403, 4, 'key-permissions'],
    [500, 6, 'key-accepted'],
    [429, 6, 'key-accepted'],
  ])('a server that answers %i ends with %i', async (status, code, id) => {
    const { env, requests } = await oddServer((_, response) =>
      json(response, status, { error: { type: 'invalid_request_error', message: `No, for ${testKey}` } }),
    );
    const run = await runCli(['smoke', '--json', '--retries', '3'], { env });
    expect(run.code).toBe(code);
    expect(failedIds(run)).toEqual([id]);
    expect(run.stdout + run.stderr).not.toContain(testKey);
    expect(requests.length).toBe(status === 429 || status === 500 ? 4 : status === 403 ? 2 : 1);
  });

  test('429, then 200: it waits and passes', async () => {
    const { env, requests } = await oddServer((_, response, index) =>
      index < 2
        ? json(response, 429, {
            error: { type: 'invalid_request_error', code: 'rate_limit', message: 'slow down' },
          })
        : json(response, 200, { object: 'list', data: [] }),
    );
    const run = await runCli(['smoke', '--json', '--only', 'key-accepted,key-permissions'], { env });
    expect(run.code).toBe(0);
    expect(requests).toHaveLength(5);
  });

  test('as long as the server asks, and no shorter than usual', async () => {
    const slept: number[] = [];
    const { env } = await oddServer((_, response, index) => {
      if (index > 1) return json(response, 200, { object: 'list', data: [] });
      response
        .writeHead(429, { 'content-type': 'application/json', 'retry-after': index === 0 ? '7' : '0' })
        .end(JSON.stringify({ error: { type: 'invalid_request_error', message: 'slow down' } }));
    });
    const run = await runCli(['smoke', '--json', '--only', 'key-accepted'], {
      env,
      slept: (milliseconds) => slept.push(milliseconds),
    });
    expect(run.code).toBe(0);
    expect(slept).toEqual([7000, 1000]);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['a connection that breaks', (response) => response.destroy()],
    ['a page of a balancer', (response) => response.writeHead(502).end('<html>Bad Gateway</html>')],
  ])('%s, then 200: it is asked again', async (_, stumble) => {
    const { env } = await oddServer((_request, response, index) =>
      // The SDK itself asks again, once, where a connection breaks.
      index < 2 ? stumble(response) : json(response, 200, { object: 'list', data: [] }),
    );
    const run = await runCli(['smoke', '--json', '--only', 'key-accepted'], { env });
    expect(run.code).toBe(0);
    const { env: never } = await oddServer((_request, response) => stumble(response));
    const failed = await runCli(['smoke', '--json', '--only', 'key-accepted', '--retries', '1'], {
      env: never,
    });
    expect(failed.code).toBe(6);
  });

  test('what a server says paints no terminal and begins no line', async () => {
    const { env } = await oddServer((request, response) => {
      const list = request.method === 'GET' && !(request.url ?? '').includes('pi_');
      if (list) return json(response, 200, { object: 'list', data: [] });
      const message = 'No\r\n::error::x \u001b[31mred\u001b[0m \u0007';
      json(response, 400, { error: { type: 'invalid_request_error', message } });
    });
    const run = await runCli(['smoke', '--only', 'payment', '--report', 'github,tap=tap.txt'], {
      env,
      tty: true,
    });
    expect(run.code).toBe(7);
    expect(run.stdout).toContain('No ::error::x red');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none
    expect(run.stdout.replace(/\u001b\[\d+m/g, '')).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    expect(run.stderr).not.toMatch(/^::error::/m);
  });

  test('a page in place of an answer is told with its status', async () => {
    const { env } = await oddServer((_, response) => response.writeHead(404).end('<html>'));
    const run = await runCli(['smoke', '--json', '--only', 'key-accepted'], { env });
    expect(run.code).toBe(6);
    expect(byId(run)['key-accepted']?.reason).toContain('not JSON (HTTP 404)');
  });

  test('a restricted key is told at once all that it may not do', async () => {
    const { env, requests } = await oddServer((request, response) => {
      const allowed = request.method === 'GET' && request.url?.startsWith('/v1/payment_intents');
      if (allowed === true) return json(response, 200, { object: 'list', data: [] });
      json(response, 403, {
        error: { type: 'invalid_request_error', message: 'Having that permission would help.' },
      });
    });
    const key = ['rk', 'test', 'fakeFakeFakeFake1234'].join('_');
    const run = await runCli(['smoke', '--json'], { env: { ...env, STRIPE_API_KEY: key } });
    expect(run.code).toBe(4);
    expect(byId(run)['key-permissions']).toMatchObject({
      verdict: 'fail',
      reason: 'The key may not make payments, read refunds, make refunds. Having that permission would help.',
    });
    expect(requests).toHaveLength(5);
    expect(run.stdout + run.stderr).not.toContain(key);
  });

  test('a restricted key that may do all of it makes nothing to find out', async () => {
    const { env, requests } = await fakeStripe();
    const key = ['rk', 'test', 'fakeFakeFakeFake1234'].join('_');
    const run = await runCli(['smoke', '--json', '--only', 'key-permissions'], {
      env: { ...env, STRIPE_API_KEY: key },
    });
    expect(byId(run)['key-permissions']?.verdict).toBe('pass');
    expect(requests.filter((one) => one.startsWith('POST'))).toHaveLength(2);
    const list = await runCli(['list', '--json'], { env });
    expect(list.json()['data']).toEqual([]);
  });

  test('an account that is not activated is no failure: test payments are made all the same', async () => {
    const { env } = await alteredStripe(({ path, body }) => {
      if (path !== '/v1/account') return;
      body.charges_enabled = false;
      body.capabilities = { card_payments: 'inactive' };
      body.requirements = { disabled_reason: 'requirements.past_due' };
    });
    const run = await runCli(['smoke', '--json'], { env });
    expect(run.code).toBe(0);
    expect(byId(run)['account-charges']).toMatchObject({ verdict: 'inconclusive' });
    expect(byId(run)['account-charges']?.reason).toContain('requirements.past_due');
    expect(byId(run)['account-capabilities']?.verdict).toBe('inconclusive');
  });

  test.each([
    ['text', '<html>not it</html>'],
    ['null', 'null'],
    ['a text in JSON', '"hello"'],
    ['an empty list', '[]'],
    ['nothing', ''],
  ])('garbage (%s) is no crash', async (_, body) => {
    const { env } = await oddServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
    const run = await runCli(['smoke', '--json'], { env });
    expect([6, 7]).toContain(run.code);
    expect(failedIds(run).length).toBeGreaterThan(0);
  });

  test.each([
    ['objects without anything', {}],
    ['lists of nothing', { object: 'list', data: [null], id: null, status: 'requires_confirmation' }],
  ])('%s are no crash', async (_, body) => {
    const { env } = await oddServer((request, response) => {
      const list = request.method === 'GET' && !(request.url ?? '').includes('expand');
      json(response, 200, list ? { object: 'list', data: [null] } : body);
    });
    const run = await runCli(['smoke', '--json'], { env });
    expect(run.code).toBe(7);
    expect(failedIds(run)).toEqual(expect.arrayContaining(['account-charges', 'payment', 'list']));
  });

  test('a server that hangs is left after --timeout', async () => {
    const { env } = await oddServer(() => {});
    const run = await runCli(['smoke', '--json', '--timeout', '1s'], { env });
    expect(run.code).toBe(6);
    expect(failedIds(run)).toEqual(['key-accepted']);
  });

  test('a closed port ends with 6', async () => {
    const { env } = await oddServer(() => {});
    const run = await runCli(['smoke', '--json'], {
      env: { ...env, PAYINTENT_API_BASE: 'http://127.0.0.1:1' },
    });
    expect(run.code).toBe(6);
    expect(failedIds(run)).toEqual(['key-accepted']);
  });
});

describe('webhooks', () => {
  const secret = ['whsec', 'smokeSmokeSmoke1234'].join('_');

  /** A handler that verifies as it should, or does not. */
  async function handler(verifies: boolean) {
    const seen: { type: string; livemode: boolean }[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const header = String(request.headers['stripe-signature'] ?? '');
        const [, time = '', signature = ''] = /^t=(\d+),v1=([0-9a-f]+)/.exec(header) ?? [];
        const right = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex') === signature;
        if (right) seen.push(JSON.parse(body));
        response.writeHead(right || !verifies ? 200 : 400).end(right ? '' : `no, not with ${secret}`);
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, seen };
  }

  test('a handler that verifies gets one honest, harmless event', async () => {
    const { url, seen } = await handler(true);
    const run = await runCli(
      ['smoke', '--offline', '--json', '--only', 'webhook-signed,webhook-forged', '--webhook-url', url],
      {
        env: { PAYINTENT_WEBHOOK_SECRET: secret },
      },
    );
    expect(failedIds(run)).toEqual([]);
    expect(checksOf(run).map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
    expect(seen).toMatchObject([{ object: 'event', type: 'payintent.smoke.probe', livemode: false }]);
  });

  test('a handler that believes everybody fails, one with another secret too', async () => {
    const { url } = await handler(false);
    const words = [
      'smoke',
      '--offline',
      '--json',
      '--only',
      'webhook-signed,webhook-forged',
      '--webhook-url',
    ];
    const gullible = await runCli([...words, url, '--webhook-secret', secret]);
    expect(gullible.code).toBe(7);
    expect(failedIds(gullible)).toEqual(['webhook-forged']);
    const strict = await handler(true);
    const other = await runCli([...words, strict.url, '--webhook-secret', `${secret}5`]);
    expect(failedIds(other)).toEqual(['webhook-signed']);
    expect(other.stdout + other.stderr + gullible.stdout).not.toContain(secret);
    const nobody = await runCli([...words, 'http://127.0.0.1:1/', '--webhook-secret', secret]);
    expect(failedIds(nobody)).toEqual(['webhook-signed', 'webhook-forged']);
  });

  test('endpoints are judged by their status, their events and their answers', async () => {
    const { url } = await handler(true);
    const endpoints = [
      {
        id: 'we_1',
        object: 'webhook_endpoint',
        url,
        status: 'enabled',
        enabled_events: ['payment_intent.succeeded'],
      },
    ];
    const { env } = await oddServer((request, response) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      json(response, 200, {
        object: 'list',
        data: path === '/v1/webhook_endpoints' ? endpoints : [],
        has_more: false,
      });
    });
    const words = ['smoke', '--json', '--only', 'webhook-endpoints,webhook-events,webhook-answers'];
    expect((await runCli(words, { env })).code).toBe(0);
    const missing = await runCli([...words, '--require-events', 'charge.refunded'], { env });
    expect(failedIds(missing)).toEqual(['webhook-events']);
    endpoints[0] = { ...(endpoints[0] as (typeof endpoints)[0]), url: 'http://127.0.0.1:1/' };
    expect(failedIds(await runCli(words, { env }))).toEqual(['webhook-answers']);
    endpoints[0] = { ...(endpoints[0] as (typeof endpoints)[0]), status: 'disabled' };
    expect(failedIds(await runCli(words, { env }))).toEqual(['webhook-endpoints', 'webhook-events']);
    endpoints.length = 0;
    expect((await runCli(words, { env })).code).toBe(0);
    expect((await runCli([...words, '--require-events', 'charge.refunded'], { env })).code).toBe(7);
    expect((await runCli([...words, '--require-events', 'charge.refundet'], { env })).code).toBe(2);
  });
});

describe('reports', () => {
  const secret = ['whsec', 'reportReport1234'].join('_');

  test('files of every format, none with a secret', async () => {
    const home = temporaryHome();
    const { env } = await fakeStripe();
    const formats = ['junit', 'tap', 'github', 'sarif', 'markdown', 'json'];
    const summary = join(home, 'summary.md');
    const run = await runCli(
      [
        'smoke',
        '--report',
        formats.map((format) => `${format}=${format}.out`).join(','),
        '--debug',
        '--require-methods',
        'sepa_debit',
      ],
      {
        home,
        env: {
          ...env,
          PAYINTENT_WEBHOOK_SECRET: secret,
          STRIPE_PUBLISHABLE_KEY: testKey,
          GITHUB_STEP_SUMMARY: summary,
        },
      },
    );
    expect(run.code).toBe(4);
    const all = [
      run.stdout,
      run.stderr,
      ...formats.map((format) => readFileSync(join(home, `${format}.out`), 'utf8')),
    ];
    for (const text of all) {
      if (text !== run.stderr) expect(text).toContain('payment-methods');
      for (const hidden of [testKey, secret, '_secret_']) expect(text).not.toContain(hidden);
    }
    expect(existsSync(summary)).toBe(false);
  });

  test('tap without a file takes stdout, github goes to stderr and into the summary', async () => {
    const home = temporaryHome();
    const summary = join(home, 'summary.md');
    const words = [
      'smoke',
      '--offline',
      '--only',
      'payment-methods,payment',
      '--require-methods',
      'sepa_debit',
    ];
    const run = await runCli([...words, '--report', 'tap,github'], {
      home,
      env: { GITHUB_STEP_SUMMARY: summary },
    });
    expect(run.code).toBe(7);
    expect(run.stdout).toMatch(/^TAP version 14\n1\.\.2\nnot ok 1 - payment-methods/);
    expect(run.stderr).toMatch(/^::error title=payintent smoke offline%3A payment-methods::.*%0AFix/m);
    expect(readFileSync(summary, 'utf8')).toMatch(/^\| `payment` \| ✅ pass/m);
    const actions = await runCli([...words, '--json'], { env: { GITHUB_ACTIONS: 'true' } });
    expect(actions.stderr).toContain('::error ');
    expect(checksOf(actions)).toHaveLength(2);
    expect((await runCli([...words, '--report', 'tap', '--json'])).code).toBe(2);
    expect((await runCli([...words, '--report', 'junit'])).code).toBe(2);
  });
});

describe('smoke.yaml', () => {
  test('holds options, and what is typed wins', async () => {
    const home = temporaryHome();
    writeFileSync(
      join(home, 'smoke.yaml'),
      '# what we check\ncurrency: eur # ours\namount: "2000"\nonly:\n  - payment\n  - decline\nreport: [junit=a.xml]\n',
    );
    const run = await runCli(['smoke', '--offline', '--json'], { home });
    expect(checksOf(run).map(({ id }) => id)).toEqual(['payment', 'decline']);
    expect(byId(run)['payment']?.reason).toContain('€20.00');
    expect(existsSync(join(home, 'a.xml'))).toBe(true);
    const typed = await runCli(['smoke', '--offline', '--json', '--only', 'payment', '--amount', '500'], {
      home,
    });
    expect(checksOf(typed)).toHaveLength(1);
    expect(byId(typed)['payment']?.reason).toContain('€5.00');
  });

  test.each([
    ['offline: true', 'pipeline'],
    ['webhook-secret: whsec_x', 'PAYINTENT_WEBHOOK_SECRET'],
    ['curency: eur', 'currency'],
    ['  nested:\n    deep: 1', 'line 1'],
    ['amount: 10.99', '1099'],
  ])('refuses %j', async (text, said) => {
    const home = temporaryHome();
    writeFileSync(join(home, 'other.yaml'), text);
    const run = await runCli(['smoke', '--offline', '--options', 'other.yaml'], { home });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(said);
  });
});
