import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/advice/adviser.ts';
import { isDrawn, ownPart } from '../../../src/advice/call.ts';
import { checksOf } from '../../../src/advice/checks.ts';
import { RULES } from '../../../src/advice/rules.ts';

describe('keys drawn by lot are told from keys made from an order', () => {
  test.each([
    '3f0c2a52-5f0e-4e7e-9a5b-0d5a4b4fd6a1',
    'refund-3f0c2a52-5f0e-4e7e-9a5b-0d5a4b4fd6a1',
    'stripe-node-retry-3f0c2a52-5f0e-4e7e-9a5b-0d5a4b4fd6a1',
    'order-42-1790000000',
    'order-42-1790000000123',
    'order_42_0.7319284736',
    '9f86d081884c7d659a2feaa0c55ad015',
    'k3j5h2l9xqz',
    'V1StGXR8Z5jdHi6BmyT',
  ])('%s is', (key) => {
    expect(isDrawn(key)).toBe(true);
  });

  test('by what they do not share', () => {
    expect(ownPart('refund-1000012345-1', 'refund-1000012345-2')).toBe('1');
    expect(isDrawn(ownPart('order-42-1790000000', 'order-42-1790000003'))).toBe(true);
    expect(isDrawn(ownPart('order_42_0.7319284736', 'order_42_0.1319284736'))).toBe(true);
    expect(
      isDrawn(
        ownPart('pay-3f0c2a52-5f0e-4e7e-9a5b-0d5a4b4fd6a1', 'pay-1a0c2a52-5f0e-4b7e-8a5b-0d5a4b4fd6a2'),
      ),
    ).toBe(true);
  });

  test.each([
    'order-42-refund-1',
    'refund-order-42-item-2',
    'r1',
    'order42attempt1',
    'inv-2026-11-22-17',
    'pay_10042_2',
    '20261122-0042',
    'a-key-that-is-long-and-full-of-words-but-has-nothing-drawn',
  ])('%s is not', (key) => {
    expect(isDrawn(key)).toBe(false);
  });
});

test('a check tells the findings of its rule, each with its request, and says how many more there are', () => {
  const finding = (index: number): Finding => ({
    rule: 'key-reused',
    severity: index === 0 ? 'error' : 'warning',
    reason: `Reason ${index}.`,
    fix: index < 2 ? 'Mend it' : 'Mend it otherwise',
    docs: '',
    count: index + 1,
    requests: [{ id: `req_${index}`, method: 'POST', path: '/v1/refunds', status: 200, created: 1 }],
  });
  const checks = (count: number) =>
    checksOf(
      RULES,
      new Set(RULES.map(({ id }) => id)),
      {
        findings: Array.from({ length: count }, (_, index) => finding(index)),
        requests: 9,
        leftOut: { hand: 0, unknown: 0 },
        ms: new Map(),
      },
      'error',
    ).find(({ id }) => id === 'key-reused');
  expect(checks(1)).toMatchObject({
    verdict: 'fail',
    reason: 'error: POST /v1/refunds req_0: Reason 0.',
    fix: 'Mend it',
  });
  const many = checks(7);
  expect(many?.reason).toContain('(2) warning: POST /v1/refunds req_1 and 1 more: Reason 1.');
  expect(many?.reason).toMatch(/\(5\) .* \(and 2 more of this rule\)$/);
  expect(many?.fix).toBe('(1) Mend it (2) Mend it otherwise');
});
