import { describe, expect, test } from 'vitest';
import { plainPalette } from '../../../src/cli/palette.ts';
import { groupsOf, type ParityOutcome } from '../../../src/cli/parity/outcome.ts';
import { drawOutcome, outcomeTables } from '../../../src/cli/parity/view.ts';
import type { Difference } from '../../../src/parity/compare-sides.ts';

const difference = (scenario: string, rest: Partial<Difference> = {}): Difference => ({
  scenario,
  step: 1,
  title: 'Create',
  call: 'payment_intents.create',
  part: 'answer',
  field: 'payment_intent.status',
  kind: 'value',
  test: 'succeeded',
  emulator: 'processing',
  depends: null,
  ...rest,
});

const outcome = (...differences: Difference[]): ParityOutcome => ({
  checks: [],
  target: 'test',
  comparedAt: Date.UTC(2026, 10, 22, 12),
  recordedAt: null,
  versions: { payintent: '1.0.0', sdk: '2.0.0', api: '2026-08-26.dahlia', account: null },
  account: { country: 'DE', default_currency: 'eur' },
  comparisons: new Map(
    [...new Set(differences.map(({ scenario }) => scenario))].map((scenario) => [
      scenario,
      {
        differences: differences.filter((one) => one.scenario === scenario),
        compared: 1,
        end: scenario === 'b' ? { kind: 'offline-only' as const, step: 2, reason: 'only here' } : null,
      },
    ]),
  ),
});

const all = outcome(
  difference('a'),
  difference('b', { step: 2 }),
  difference('b', { field: 'charge.receipt_email', kind: 'missing', test: null, emulator: undefined }),
  difference('b', { field: 'charge.application', depends: 'how the account belongs to a platform' }),
);

async function drawn(width: number, showAll = false): Promise<string> {
  const ui = { width, color: plainPalette, now: 0, showSecrets: false, accessible: false };
  return drawOutcome(all, showAll, ui);
}

describe('differences on a terminal', () => {
  test('of 80 columns', async () => {
    expect(await drawn(80)).toMatchInlineSnapshot(`
      "Differences
      payment_intent.status  other value
        Test mode "succeeded"
        Emulator  "processing"
        Where     a step 1, and 1 more
      charge.receipt_email  missing
        Test mode null
        Emulator  no such field
        Where     b step 1

      --all shows what depends on the account: 1 difference.

      Not compared
      Only here
        Where     b from step 2

      Compared on 2026-11-22T12:00:00Z.
      payintent 1.0.0, SDK 2.0.0; both sides were asked in API version
      2026-08-26.dahlia.
      The account is in DE, its currency eur.
      "
    `);
  });

  test('of 44 columns, with what depends on the account', async () => {
    const text = await drawn(44, true);
    expect(text).toMatchInlineSnapshot(`
      "Differences
      payment_intent.status  other value
        Test mode "succeeded"
        Emulator  "processing"
        Where     a step 1, and 1 more
      charge.receipt_email  missing
        Test mode null
        Emulator  no such field
        Where     b step 1

      Depends on the account
      charge.application  other value
        Test mode "succeeded"
        Emulator  "processing"
        Where     b step 1
        Because   of how the account belongs to a
                  platform

      Not compared
      Only here
        Where     b from step 2

      Compared on 2026-11-22T12:00:00Z.
      payintent 1.0.0, SDK 2.0.0; both sides were
      asked in API version 2026-08-26.dahlia.
      The account is in DE, its currency eur.
      "
    `);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(44);
  });

  test('of 140 columns are a table', async () => {
    expect(await drawn(140)).toMatchInlineSnapshot(`
      "Differences
      Field                  Is           Test mode    Emulator      Where
      payment_intent.status  other value  "succeeded"  "processing"  a step 1, and 1 more
      charge.receipt_email   missing      null                       b step 1

      --all shows what depends on the account: 1 difference.

      Not compared
      Only here
        Where     b from step 2

      Compared on 2026-11-22T12:00:00Z.
      payintent 1.0.0, SDK 2.0.0; both sides were asked in API version 2026-08-26.dahlia.
      The account is in DE, its currency eur.
      "
    `);
  });
});

test('the same difference is shown once, with how many scenarios have it', () => {
  const events = { part: 'events', field: 'charge.updated', kind: 'extra' } as const;
  const groups = groupsOf([
    difference('a'),
    difference('b', { step: 3 }),
    difference('b', { emulator: 'canceled' }),
    difference('a', { ...events, test: 0, emulator: 1 }),
    difference('b', { ...events, test: 1, emulator: 2 }),
  ]);
  expect(groups.map(({ first, scenarios }) => [first.field, first.step, scenarios])).toEqual([
    ['payment_intent.status', 1, ['a', 'b']],
    ['payment_intent.status', 1, ['b']],
    ['charge.updated', 1, ['a', 'b']],
  ]);
});

test('reports have a table of everything that there is', () => {
  expect(outcomeTables(all, true).map(({ title, rows }) => [title, rows.length])).toEqual([
    ['Differences', 3],
    ['Depends on the account', 1],
    ['Not compared', 1],
  ]);
  expect(outcomeTables(outcome(), true)).toEqual([]);
});
