import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseRoute, ProxyFailure, readProxy } from '../../../src/gateway/proxy.ts';

const STRIPE = 'https://api.stripe.com';
const wordOf = (origin: string, env: Record<string, string>): string => {
  const route = chooseRoute(origin, env);
  if (route.kind === 'proxy') return `${route.proxy.variable} ${route.proxy.shown}`;
  return route.kind === 'straight' ? route.why : route.because;
};

describe('which variable', () => {
  test.each([
    [{}, 'unset'],
    [{ HTTPS_PROXY: 'http://a:1' }, 'HTTPS_PROXY http://a:1'],
    [{ HTTPS_PROXY: 'http://a:1', https_proxy: 'http://b:2' }, 'https_proxy http://b:2'],
    [{ ALL_PROXY: 'http://a:1', HTTPS_PROXY: 'http://b:2' }, 'HTTPS_PROXY http://b:2'],
    [{ all_proxy: 'http://a:1' }, 'all_proxy http://a:1'],
    [{ https_proxy: '  ', ALL_PROXY: 'http://a:1' }, 'ALL_PROXY http://a:1'],
    [{ HTTP_PROXY: 'http://a:1' }, 'unset'],
    [{ HTTPS_PROXY: 'proxy.example:3128' }, 'HTTPS_PROXY http://proxy.example:3128'],
    [{ HTTPS_PROXY: 'proxy.example' }, 'HTTPS_PROXY http://proxy.example'],
    [{ HTTPS_PROXY: 'https://proxy.example' }, 'HTTPS_PROXY https://proxy.example'],
    [{ HTTPS_PROXY: 'http://[fd00::1]:3128' }, 'HTTPS_PROXY http://[fd00::1]:3128'],
    [
      { ALL_PROXY: 'socks5h://127.0.0.1:1080' },
      'names a SOCKS proxy, and payintent speaks to HTTP proxies only',
    ],
    [{ HTTPS_PROXY: 'ftp://a' }, 'does not name an http:// or https:// proxy'],
    [{ HTTPS_PROXY: 'http://a:port' }, 'holds no address'],
  ] as [Record<string, string>, string][])('%j', (env, word) => {
    expect(wordOf(STRIPE, env)).toBe(word);
  });

  test('plain http has its own', () => {
    const env = { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'http://b:2' };
    expect(wordOf('http://stripe.example:8080', env)).toBe('HTTP_PROXY http://a:1');
    expect(wordOf('https://stripe.example:8080', env)).toBe('HTTPS_PROXY http://b:2');
  });
});

describe('who is asked directly', () => {
  test.each([
    'http://localhost:12111',
    'http://127.0.0.1:12111',
    'https://127.1.2.3',
    'http://[::1]:4242',
    'http://0.0.0.0:1',
    'http://app.localhost',
  ])('%s is this machine', (origin) => {
    expect(wordOf(origin, { ALL_PROXY: 'http://a:1' })).toBe('loopback');
  });

  test.each([
    ['*', STRIPE, true],
    ['api.stripe.com', STRIPE, true],
    ['API.Stripe.com', STRIPE, true],
    ['stripe.com', STRIPE, true],
    ['.stripe.com', STRIPE, true],
    ['*.stripe.com', STRIPE, true],
    ['.com', STRIPE, true],
    ['other.example, stripe.com', STRIPE, true],
    ['other.example stripe.com', STRIPE, true],
    ['api.stripe.com:443', STRIPE, true],
    ['api.stripe.com:444', STRIPE, false],
    ['stripe.com.', STRIPE, true],
    ['tripe.com', STRIPE, false],
    ['i.stripe.com', STRIPE, false],
    ['files.stripe.com', STRIPE, false],
    [',,', STRIPE, false],
    ['.', STRIPE, false],
    ['10.1.2.3', 'http://10.1.2.3:80', true],
    ['10.1.2.3:80', 'http://10.1.2.3', true],
    ['10.0.0.0/8', 'http://10.1.2.3', true],
    ['10.1.2.0/24', 'http://10.1.3.3', false],
    ['10.1.2.0/33', 'http://10.1.2.3', false],
    ['10.1.2.0/', 'http://10.1.2.3', false],
    ['0.0.0.0/0', 'http://192.168.1.1', true],
    ['0.0.0.0/0', STRIPE, false],
    ['fd00::1', 'http://[fd00::1]:80', true],
    ['[fd00::1]:80', 'http://[fd00::1]', true],
    ['[fd00::1]:81', 'http://[fd00::1]', false],
  ])('NO_PROXY=%s and %s: %j', (list, origin, expected) => {
    const env = { ALL_PROXY: 'http://a:1', NO_PROXY: list };
    expect(wordOf(origin, env)).toBe(expected ? 'excepted' : 'ALL_PROXY http://a:1');
  });

  test('names the variable', () => {
    expect(chooseRoute(STRIPE, { HTTPS_PROXY: 'http://a:1', no_proxy: '*', NO_PROXY: 'x' })).toEqual({
      kind: 'straight',
      why: 'excepted',
      by: 'no_proxy',
    });
  });
});

test('whatever the password is, it is in the address for the connection and in nothing that is shown', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 8, unit: 'grapheme-ascii' }).filter((text) => !/[/?#@:\\\s]/.test(text)),
      (password) => {
        const route = readProxy('HTTPS_PROXY', `http://me:${password}@proxy.example:3128`);
        if (route.kind !== 'proxy') throw new Error(JSON.stringify(route));
        const { proxy } = route;
        expect(proxy.shown).toBe('http://proxy.example:3128');
        expect(new ProxyFailure(proxy, 'said no').message).toBe(
          'The proxy http://proxy.example:3128 (HTTPS_PROXY) said no',
        );
        // What the agent will do with it.
        expect(() => decodeURIComponent(new URL(proxy.url).password)).not.toThrow();
      },
    ),
  );
});

test.each([
  ['100%', '100%'],
  ['p%40ss', 'p@ss'],
  ['a%zz', 'a%zz'],
  ['%e4', '%e4'],
])('the password %s is read as %s', (typed, meant) => {
  const route = readProxy('HTTPS_PROXY', `http://me:${typed}@proxy`);
  expect(route.kind === 'proxy' && decodeURIComponent(new URL(route.proxy.url).password)).toBe(meant);
});
