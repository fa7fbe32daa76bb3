import fc from 'fast-check';
import qs from 'qs';
import { describe, expect, test } from 'vitest';
import { parsePlainForm } from '../../../src/emulator/plain-form.ts';

const LIMITS = { depth: 5, parameterLimit: 20 };
const viaQs = (text: string) =>
  qs.parse(text, {
    ...LIMITS,
    parseArrays: false,
    duplicates: 'last',
    strictDepth: true,
    throwOnLimitExceeded: true,
    plainObjects: true,
  });
const plain = (text: string) => parsePlainForm(text, LIMITS.parameterLimit, LIMITS.depth);

test('reads what SDKs write', () => {
  expect(plain('amount=1099&metadata[order]=%C3%A9+6&a%5B0%5D%5Bb%5D=%5Bx%5D&empty=')).toEqual(
    Object.assign(Object.create(null), {
      amount: '1099',
      metadata: Object.assign(Object.create(null), { order: 'é 6' }),
      a: Object.assign(Object.create(null), {
        0: Object.assign(Object.create(null), { b: '[x]' }),
      }),
      empty: '',
    }),
  );
});

test.each([
  'a',
  '=x',
  'a[]=1',
  'a[b=1',
  'a]b=1',
  'a[b]c=1',
  'a=1&a[b]=2',
  'a[b]=1&a=2',
  'a=%ff',
  'a[b][c][d][e][f][g]=1',
  'a=b]=c',
  Array.from({ length: 21 }, (_, index) => `a${index}=1`).join('&'),
])('leaves %s to qs', (text) => {
  expect(plain(text)).toBeUndefined();
});

describe('whatever it reads, it reads as qs does', () => {
  const token = fc.constantFrom(
    'a',
    'b',
    '0',
    '1',
    '[',
    ']',
    '=',
    '&',
    '+',
    '%',
    '%5B',
    '%5D',
    '%20',
    '%C3%A9',
    '%3D',
    'é',
    '__proto__',
    'toString',
    '.',
    ' ',
  );
  test('for any text', () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 14 }), (tokens) => {
        const text = tokens.join('');
        const own = plain(text);
        if (own !== undefined) expect(own).toEqual(viaQs(text));
      }),
      { numRuns: 20_000 },
    );
  });

  const name = fc.constantFrom('a', 'b', 'c', '0', '1', '10', 'constructor', '__proto__', 'x y', 'é', 'a.b');
  const key = fc
    .tuple(name, fc.array(name, { maxLength: 4 }))
    .map(([first, rest]) => first + rest.map((one) => `[${one}]`).join(''));
  test('for well-formed keys, in any order and repeated', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.string()), { minLength: 1, maxLength: 6 }), (pairs) => {
        const text = pairs
          .map(([one, value]) => `${encodeURIComponent(one)}=${encodeURIComponent(value)}`)
          .join('&');
        const own = plain(text);
        if (own === undefined) return;
        read += 1;
        expect(JSON.stringify(own)).toBe(JSON.stringify(viaQs(text)));
      }),
      { numRuns: 5_000 },
    );
    expect(read).toBeGreaterThan(1_000);
  });
});
