import { describe, expect, test } from 'vitest';
import { cspSource, isSafeReturnUrl, withRedirectResult } from '../../../src/emulator/server/return-url.ts';

const INTENT = { id: 'pi_0', object: 'payment_intent', clientSecret: 'pi_0_secret_x' };
const ADDED = 'payment_intent=pi_0&payment_intent_client_secret=pi_0_secret_x&redirect_status=failed';

test.each([
  ['https://a.example', `https://a.example?${ADDED}`],
  ['https://a.example/x?', `https://a.example/x?${ADDED}`],
  ['https://a.example/x?b=1&b=%202+3', `https://a.example/x?b=1&b=%202+3&${ADDED}`],
  ['https://a.example/x?b=1&', `https://a.example/x?b=1&${ADDED}`],
  ['https://a.example/x#/route?c=1', `https://a.example/x?${ADDED}#/route?c=1`],
  ['app:done', `app:done?${ADDED}`],
])('%s keeps its query and fragment', (given, expected) => {
  expect(withRedirectResult(given, INTENT, 'failed')).toBe(expected);
});

describe('an address a browser may be sent to', () => {
  test.each(['https://a.example/x', 'http://localhost:3000', 'myapp://done', 'intent://x'])('%s', (url) => {
    expect(isSafeReturnUrl(url)).toBe(true);
  });
  test.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '/relative',
    '',
  ])('not %s', (url) => {
    expect(isSafeReturnUrl(url)).toBe(false);
  });
});

test.each([
  ['https://a.example/x?y#z', 'https://a.example'],
  ['http://localhost:3000/x', 'http://localhost:3000'],
  ['http://[::1]:8080/', 'http://[::1]:8080'],
  ['myapp://done', 'myapp:'],
  ["https://a.example;script-src'unsafe-inline'/", 'https:'],
  ['nonsense', undefined],
])('%s is the form target %s', (given, expected) => {
  expect(cspSource(given)).toBe(expected);
});
