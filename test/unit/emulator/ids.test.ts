import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { idTarget, OFFLINE_ACCOUNT } from '../../../src/domain/id-target.ts';
import { createIds } from '../../../src/emulator/ids.ts';

const NOW = 1_790_000_000;
const ids = createIds();

/** Repeatable bytes (xorshift32), so that a test of randomness cannot fail by chance. */
function seeded(seed: number): (bytes: number) => Uint8Array {
  let state = seed;
  return (bytes) =>
    Uint8Array.from({ length: bytes }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 0xff;
    });
}

it.each([
  ['pi', 27],
  ['ch', 27],
  ['py', 27],
  ['pm', 27],
  ['re', 27],
  ['du', 27],
  ['ba', 27],
  ['seti', 29],
  ['card', 29],
  ['tok', 28],
  ['txn', 28],
  ['evt', 28],
  ['src', 28],
  ['pyr', 28],
  ['setatt', 31],
  ['payatt', 31],
  ['mandate', 32],
])('%s_ ids have %i characters', (prefix, length) => {
  expect(ids.plain(prefix, NOW)).toMatch(
    new RegExp(`^${prefix}_0[0-9A-Za-z]{5}PayIntent0[0-9][0-9A-Za-z]{7}$`),
  );
  expect(ids.plain(prefix, NOW)).toHaveLength(length);
});

it('customers, requests and secrets have their own forms', () => {
  expect(ids.plain('cus', NOW)).toMatch(/^cus_0[0-9A-Za-z]{13}$/);
  expect(ids.request(NOW)).toMatch(/^req_0[0-9A-Za-z]{13}$/);
  const intent = ids.intent('pi', NOW);
  expect(ids.clientSecret(intent)).toMatch(new RegExp(`^${intent}_secret_[0-9A-Za-z]{25}$`));
  const setup = ids.plain('seti', NOW);
  expect(ids.clientSecret(setup)).toMatch(
    new RegExp(`^${setup}_secret_${setup.slice(5, 11)}[0-9A-Za-z]{25}$`),
  );
  expect(ids.signingSecret()).toMatch(/^whsec_[0-9A-Za-z]{32}$/);
  expect(ids.invoicePrefix()).toMatch(/^[0-9A-Z]{8}$/);
  expect(ids.digits(15)).toMatch(/^[0-9]{15}$/);
  expect(ids.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids.account).toMatch(/^acct_1[0-9A-Za-z]{15}$/);
});

it('what an intent causes shares its first 17 characters, and nothing else', () => {
  const intent = ids.intent('pi', NOW);
  for (const prefix of ['ch', 're', 'txn', 'evt', 'payatt']) {
    const related = ids.related(prefix, intent);
    expect(related.slice(0, prefix.length + 18)).toBe(`${prefix}_${intent.slice(3, 20)}`);
    expect(related.slice(prefix.length + 18)).toMatch(/^[0-9A-Za-z]{7}$/);
    expect(related).not.toBe(ids.related(prefix, intent));
  }
});

it('sorts by time', () => {
  const times = [NOW, NOW + 1, NOW + 61, NOW + 62, NOW + 3844, NOW + 86_400, NOW + 10 * 365 * 86_400];
  for (const make of [(now: number) => ids.plain('evt', now), (now: number) => ids.plain('cus', now)]) {
    const made = times.map((now) => make(now).slice(0, 10));
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(times.length);
  }
});

it('does not repeat itself within a second', () => {
  const many = createIds({ random: seeded(42) });
  const count = 200_000;
  const intents = new Set<string>();
  const customers = new Set<string>();
  const events = new Set<string>();
  const intent = many.intent('pi', NOW);
  for (let number = 0; number < count; number += 1) {
    intents.add(many.intent('pi', NOW));
    customers.add(many.plain('cus', NOW));
    if (number < 1000) events.add(many.related('evt', intent));
  }
  expect([intents.size, customers.size, events.size]).toEqual([count, count, 1000]);
});

it('uses every character about as often', () => {
  const even = createIds({ random: seeded(7) });
  const counts = new Map<string, number>();
  for (let number = 0; number < 5000; number += 1) {
    for (const character of even.signingSecret().slice(6))
      counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const expected = (5000 * 32) / 62;
  expect(counts.size).toBe(62);
  for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(expected * 0.1);
});

it('two processes at the same moment differ', () => {
  const one = createIds({ random: randomBytes });
  const two = createIds({ random: randomBytes });
  expect(one.intent('pi', NOW)).not.toBe(two.intent('pi', NOW));
});

it('gives the same card the same fingerprint, and only it', () => {
  expect(ids.fingerprint('4242424242424242')).toBe(createIds().fingerprint('4242424242424242'));
  expect(ids.fingerprint('4242424242424242')).toMatch(/^[0-9A-Za-z]{16}$/);
  expect(ids.fingerprint('4242424242424242')).not.toBe(ids.fingerprint('5555555555554444'));
});

it('is recognised as offline, whatever it names', () => {
  const made = [
    'pi',
    'ch',
    'py',
    'pm',
    're',
    'du',
    'ba',
    'seti',
    'card',
    'tok',
    'txn',
    'evt',
    'src',
    'mandate',
    'we',
    'cus',
  ];
  for (const prefix of made) expect([prefix, idTarget(ids.plain(prefix, NOW))]).toEqual([prefix, 'offline']);
  expect(idTarget(ids.clientSecret(ids.intent('pi', NOW)))).toBe('offline');
  expect(idTarget(ids.clientSecret(ids.plain('seti', NOW)))).toBe('offline');
  expect(idTarget(ids.account)).toBe('offline');
  expect(ids.account).toBe(OFFLINE_ACCOUNT);
});
