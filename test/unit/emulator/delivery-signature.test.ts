import { createHmac } from 'node:crypto';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import {
  computeSignature,
  parseSignatureHeader,
  type SignatureProblem,
  signPayload,
  type VerifyInput,
  verifySignature,
} from '../../../src/emulator/delivery/signature.ts';

const { webhooks } = new Stripe(['sk', 'test', 'signature'].join('_'));
const SECRET = 'whsec_abc';
const OTHER = 'whsec_other';
const NOW = 1_767_000_000;
const PAYLOAD = '{\n  "id": "evt_1",\n  "object": "event",\n  "name": "Größe 🎉"\n}';

describe('signing', () => {
  it('is HMAC-SHA256 over time and body with the whole secret as the key', () => {
    const expected = createHmac('sha256', SECRET).update(`${NOW}.${PAYLOAD}`, 'utf8').digest('hex');
    expect(signPayload(PAYLOAD, SECRET, NOW)).toBe(`t=${NOW},v1=${expected}`);
  });

  it('agrees with the SDK', () => {
    const ours = signPayload(PAYLOAD, SECRET, NOW);
    expect(ours).toBe(
      webhooks.generateTestHeaderString({ payload: PAYLOAD, secret: SECRET, timestamp: NOW }),
    );
    expect(webhooks.constructEvent(PAYLOAD, ours, SECRET, 300, undefined, NOW * 1000)).toMatchObject({
      id: 'evt_1',
    });
  });

  it('gives bytes and text one signature', () => {
    expect(computeSignature(Buffer.from(PAYLOAD), SECRET, NOW)).toBe(computeSignature(PAYLOAD, SECRET, NOW));
  });

  it('has one signature for each secret, and a dummy that verifies with none', () => {
    const header = signPayload(PAYLOAD, [OTHER, SECRET], NOW, { dummy: true });
    expect(header).toMatch(/^t=\d+,v1=[0-9a-f]{64},v1=[0-9a-f]{64},v0=[0-9a-f]{64}$/);
    for (const secret of [OTHER, SECRET]) {
      expect(verifySignature({ payload: PAYLOAD, header, secret, nowSeconds: NOW }).ok).toBe(true);
    }
    const [, v1, second, v0] = header.split(/,?\w+=/).slice(1);
    expect([v1, second]).not.toContain(v0);
  });
});

describe('verifying', () => {
  const good = signPayload(PAYLOAD, SECRET, NOW);
  const v1 = good.split('v1=')[1] as string;
  const check = (input: Partial<VerifyInput>) =>
    verifySignature({ payload: PAYLOAD, header: good, secret: SECRET, nowSeconds: NOW, ...input });

  it.each<[SignatureProblem, string, Partial<VerifyInput>, RegExp]>([
    ['no_payload', 'an empty body', { payload: '' }, /No webhook payload/],
    ['no_header', 'no header', { header: undefined }, /No stripe-signature header/],
    ['no_header', 'an empty header', { header: '' }, /No stripe-signature header/],
    ['no_timestamp', 'a header of something else', { header: 'hello' }, /Unable to extract timestamp/],
    ['no_timestamp', 'no t', { header: `v1=${v1}` }, /Unable to extract timestamp/],
    [
      'no_v1',
      'no scheme that counts',
      { header: `t=${NOW},v0=${v1}` },
      /No signatures found with expected scheme/,
    ],
    ['blank_secret', 'a blank secret', { secret: '  ' }, /No webhook secret/],
    ['no_match', 'another secret', { secret: OTHER }, /No signatures found matching/],
    ['no_match', 'a secret with a line end', { secret: `${SECRET}\n` }, /No signatures found matching/],
    ['no_match', 'another body', { payload: `${PAYLOAD} ` }, /No signatures found matching/],
    [
      'no_match',
      'another time',
      { header: good.replace(String(NOW), String(NOW - 1)) },
      /No signatures found match/,
    ],
    ['no_match', 'a signature of another length', { header: `${good}0` }, /No signatures found matching/],
    ['stale', 'a time too long ago', { nowSeconds: NOW + 301 }, /Timestamp outside the tolerance zone/],
  ])('%s: %s, as the SDK sees it', (problem, _name, input, message) => {
    expect(check(input)).toMatchObject({ ok: false, problem });
    const { payload, header, secret, nowSeconds } = {
      payload: PAYLOAD,
      header: good as string | undefined,
      secret: SECRET,
      nowSeconds: NOW,
      ...input,
    };
    expect(() =>
      webhooks.constructEvent(
        payload as string,
        header as string,
        secret as string,
        300,
        undefined,
        nowSeconds * 1000,
      ),
    ).toThrow(message);
  });

  it('says what the signature should have been', () => {
    expect(check({ header: `t=${NOW},v1=00` })).toMatchObject({ expected: v1, ageSeconds: 0 });
  });

  it.each<[string, Partial<VerifyInput>]>([
    ['exactly at the tolerance', { nowSeconds: NOW + 300 }],
    ['a time in the future', { nowSeconds: NOW - 9999 }],
    ['no tolerance at all', { nowSeconds: NOW + 99_999, toleranceSeconds: 0 }],
    ['any of several signatures', { header: `t=${NOW},v1=00,v0=11,v1=${v1}` }],
    ['any of several secrets', { secret: [OTHER, SECRET] }],
    ['the last of several times', { header: `t=5,${good}` }],
  ])('accepts %s', (_name, input) => {
    expect(check(input)).toMatchObject({ ok: true });
  });

  it('reads headers that make no sense', () => {
    expect(parseSignatureHeader('t=12x,v1=a=b,,=q, v1=c')).toEqual({
      timestamp: 12,
      signatures: [
        { scheme: 'v1', value: 'a' },
        { scheme: ' v1', value: 'c' },
      ],
    });
  });
});
