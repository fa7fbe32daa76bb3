import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { selfSigned } from '../support/certificate.ts';
import { startProgram } from '../support/emulator-program.ts';
import { fakeStripe, testKey } from '../support/fake-stripe.ts';
import { forwardProxy } from '../support/forward-proxy.ts';
import { startWebhookSink } from '../support/webhook-sink.ts';

const root = resolve(import.meta.dirname, '../..');
const password = 'proxyPassword9876';
const certificate = selfSigned('api.stripe.com');

let home: string;
let program: string;
let built: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'payintent-proxy-'));
  writeFileSync(join(home, 'stripe.pem'), certificate.cert);
  // Built as it is published: what the packages would tell with DEBUG set is left out there.
  built = join('node_modules', '.cache', `payintent-proxy-${process.pid}`);
  const run = spawnSync(process.execPath, ['scripts/build.mjs', '--outdir', built], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  program = join(root, built, 'start.mjs');
  writeFileSync(program, "import { main } from './main.js';\nawait main();\n");
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  rmSync(join(root, built), { recursive: true, force: true });
});

interface Ended {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

async function payintent(words: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const started = performance.now();
  const running = startProgram(program, words, {
    env: {
      PAYINTENT_HOME: home,
      NODE_EXTRA_CA_CERTS: join(home, 'stripe.pem'),
      STRIPE_API_KEY: testKey,
      DEBUG: '*',
      ...env,
    },
  });
  const code = await running.ended;
  return {
    code,
    stdout: running.stdout(),
    stderr: running.stderr(),
    seconds: (performance.now() - started) / 1000,
  };
}

const proxyAt = (port: number): string => `http://me:${password}@127.0.0.1:${port}`;

describe('to Stripe', () => {
  test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])(
    '%s: through a tunnel, with the password',
    async (name) => {
      const api = await fakeStripe({ tls: certificate });
      const proxy = await forwardProxy({ leadsTo: api.port });
      const { code, stdout, stderr } = await payintent(
        ['create', '--amount', '1099', '--currency', 'eur', '--json', '--debug'],
        { [name]: proxyAt(proxy.port) },
      );
      expect(stderr).toContain('POST /v1/payment_intents 200');
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ object: 'payment_intent', amount: 1099 });
      expect(api.requests).toEqual(['POST /v1/payment_intents']);
      expect(proxy.asked).toEqual(['CONNECT api.stripe.com:443']);
      expect(proxy.credentials).toEqual([`me:${password}`]);
      expect(stdout + stderr).not.toContain(password);
    },
  );

  test('several requests share a tunnel', async () => {
    const api = await fakeStripe({ tls: certificate });
    const proxy = await forwardProxy({ leadsTo: api.port });
    const { code } = await payintent(['smoke', '--only', 'payment,decline'], {
      HTTPS_PROXY: `127.0.0.1:${proxy.port}`,
    });
    expect(code).not.toBe(6);
    expect(api.requests.length).toBeGreaterThan(3);
    expect(proxy.asked.length).toBeLessThan(api.requests.length);
  });

  test('a password that is refused is given once, and the error says whose it is', async () => {
    const proxy = await forwardProxy({ refuses: '407 Proxy Authentication Required' });
    const { code, stdout, stderr } = await payintent(['list', '--json', '--debug'], {
      HTTPS_PROXY: proxyAt(proxy.port),
    });
    expect(code).toBe(6);
    expect(stdout).toBe('');
    expect(proxy.asked).toEqual(['CONNECT api.stripe.com:443']);
    const { error } = JSON.parse(stderr.slice(stderr.indexOf('{'))) as { error: Record<string, unknown> };
    expect(error).toMatchObject({
      name: 'NETWORK_FAILED',
      why: `The proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY) refused to lead to api.stripe.com:443: 407 Proxy Authentication Required`,
      fix: [expect.stringContaining('name and the password for the proxy into HTTPS_PROXY')],
    });
    expect(stderr).not.toContain(password);
  });

  test('a proxy that may not lead there says so once; one that cannot is asked again', async () => {
    const forbidding = await forwardProxy({ refuses: '403 Forbidden' });
    const refused = await payintent(['list'], { HTTPS_PROXY: proxyAt(forbidding.port) });
    expect(refused.code).toBe(6);
    expect(refused.stderr.replace(/\s+/g, ' ')).toContain(
      'refused to lead to api.stripe.com:443: 403 Forbidden',
    );
    expect(refused.stderr).toContain('NO_PROXY');
    expect(forbidding.asked).toHaveLength(1);

    const proud = await forwardProxy({
      refuses: '407 Proxy Authentication Required\r\nProxy-Authenticate: NTLM',
    });
    const unknown = await payintent(['list'], { HTTPS_PROXY: proxyAt(proud.port) });
    expect(unknown.stderr.replace(/\s+/g, ' ')).toContain('it wants NTLM, and payintent knows Basic only');

    const broken = await forwardProxy({ refuses: '503 Service Unavailable' });
    expect((await payintent(['list'], { HTTPS_PROXY: proxyAt(broken.port) })).code).toBe(6);
    expect(broken.asked).toHaveLength(3);
  });

  test('a proxy that is not there is named, without its password', async () => {
    const { code, stderr } = await payintent(['list', '--debug'], { HTTPS_PROXY: proxyAt(1) });
    expect(code).toBe(6);
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      'The proxy http://127.0.0.1:1 (HTTPS_PROXY) was not reached, or gave no answer (connect ECONNREFUSED 127.0.0.1:1)',
    );
    expect(stderr).not.toContain(password);
  });

  test('a proxy that never answers is waited for as long as the API would be', async () => {
    const proxy = await forwardProxy({ hangs: true });
    const { code, stdout, seconds } = await payintent(['doctor', '--timeout', '1s', '--json'], {
      HTTPS_PROXY: proxyAt(proxy.port),
    });
    expect(code).toBe(6);
    expect(seconds).toBeLessThan(8);
    const { checks } = JSON.parse(stdout) as { checks: { id: string; reason: string; verdict: string }[] };
    expect(checks.find(({ id }) => id === 'account')?.reason).toContain('did not answer within 1 s');
    expect(checks.find(({ id }) => id === 'proxy')?.verdict).toBe('fail');
  });

  test('a certificate that only the proxy knows is told from other trouble', async () => {
    const api = await fakeStripe({ tls: certificate });
    const proxy = await forwardProxy({ leadsTo: api.port });
    const { code, stderr } = await payintent(['list'], {
      HTTPS_PROXY: proxyAt(proxy.port),
      NODE_EXTRA_CA_CERTS: '',
    });
    expect(code).toBe(6);
    expect(stderr).toContain('NODE_EXTRA_CA_CERTS');
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      `through the proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY)`,
    );
    expect(api.requests).toEqual([]);
  });
});

describe('to another server', () => {
  test('whole requests go to the proxy where the address is plain http', async () => {
    const api = await fakeStripe();
    const proxy = await forwardProxy({ leadsTo: api.port });
    const { code, stdout, stderr } = await payintent(
      ['list', '--json', '--api-base', 'http://stripe.example:8080'],
      {
        http_proxy: proxyAt(proxy.port),
        HTTPS_PROXY: 'http://127.0.0.1:1',
      },
    );
    expect(stderr).not.toContain('✗');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ object: 'list' });
    expect(proxy.asked).toEqual([
      expect.stringMatching(/^GET http:\/\/stripe\.example:8080\/v1\/payment_intents/),
    ]);
    expect(proxy.credentials).toEqual([`me:${password}`]);
  });

  test('a password refused there is given once too', async () => {
    const proxy = await forwardProxy({ refuses: '407 Proxy Authentication Required' });
    const { code, stderr } = await payintent(['list', '--api-base', 'http://stripe.example'], {
      HTTP_PROXY: proxyAt(proxy.port),
    });
    expect(code).toBe(6);
    expect(stderr).toContain('407');
    expect(stderr).toContain('HTTP_PROXY');
    expect(proxy.asked).toHaveLength(1);
  });

  test('this machine is asked directly, whatever is set', async () => {
    const api = await fakeStripe();
    const { code } = await payintent(['list'], {
      ...api.env,
      ALL_PROXY: proxyAt(1),
      HTTP_PROXY: proxyAt(1),
      HTTPS_PROXY: proxyAt(1),
    });
    expect(code).toBe(0);
    expect(api.requests).toHaveLength(1);
  });
});

test('to the app of the user nothing goes through a proxy, and offline nothing at all', async () => {
  const sink = await startWebhookSink();
  const proxies = { ALL_PROXY: proxyAt(1), HTTP_PROXY: proxyAt(1), HTTPS_PROXY: proxyAt(1) };
  const made = await payintent(['create', '--amount', '1099', '--currency', 'eur', '--offline'], proxies);
  expect(made.code).toBe(0);
  const sent = await payintent(['events', 'replay', '--last', '1', '--to', sink.url, '--offline'], proxies);
  await sink.close();
  expect(sent.stderr).not.toContain('✗');
  expect(sent.code).toBe(0);
  expect(sink.received).toHaveLength(1);
});
