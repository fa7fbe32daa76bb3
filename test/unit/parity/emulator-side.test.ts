import { describe, expect, test } from 'vitest';
import { compareSides } from '../../../src/parity/compare-sides.ts';
import { playEmulatorSide } from '../../../src/parity/emulator-side.ts';
import { asked, readRecording, recordingOf, recordingText } from '../../../src/parity/recording.ts';
import { eventCounts, playedSteps } from '../../../src/parity/side.ts';
import type { Scenario } from '../../../src/scenario/format.ts';
import { expectedEvents, isCall } from '../../../src/scenario/format.ts';
import { findScenario, SCENARIOS } from '../../../src/scenario/library/all.ts';
import { whyOfflineOnly } from '../../../src/scenario/runner.ts';

const startsAt = Date.UTC(2026, 10, 22, 12);
const play = (scenario: Scenario, run: string, follows?: Awaited<ReturnType<typeof playEmulatorSide>>) =>
  playEmulatorSide(scenario, {
    mark: { name: 'payintent_parity', run },
    startsAt,
    eventless: false,
    apiVersion: '2026-08-26.dahlia',
    ...(follows === undefined ? {} : { follows }),
  });

describe('two emulators', () => {
  test.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))(
    'agree in %s',
    async (_, scenario) => {
      const one = await play(scenario, 'parity_one');
      const kept = readRecording(
        recordingText(
          recordingOf(scenario, {
            recorded_at: new Date(startsAt).toISOString(),
            versions: { payintent: '0', sdk: '0', api: 'v', account: null },
            account: null,
            api_base: null,
            events: true,
            test: one,
            emulator: one,
          }),
        ),
      );
      if (typeof kept === 'string') throw new Error(kept);
      const comparison = compareSides(kept.test, await play(scenario, 'parity_two', one), {
        scenario: scenario.id,
      });
      expect(comparison.differences).toEqual([]);
      const possible = scenario.steps.findIndex((step) => whyOfflineOnly(step) !== undefined);
      expect(comparison.compared).toBe(possible < 0 ? scenario.steps.length : possible);
      expect(comparison.end?.kind).toBe(possible < 0 ? undefined : 'offline-only');
      expect(kept.asked).toEqual(asked(scenario.steps));
      // Ids of the emulator, secrets and clocks are not in it.
      const text = JSON.stringify(kept);
      expect(text).not.toMatch(/_0[A-Za-z0-9]{13,}|_secret_|acct_1[A-Za-z]|17953\d{5}|127\.0\.0\.1/);
      if (possible < 0)
        expect([...eventCounts(one).keys()]).toEqual(expect.arrayContaining([...expectedEvents(scenario)]));
    },
  );

  test('one that was slow is followed at its pace', async () => {
    const scenario = findScenario('card-success') as Scenario;
    const nominal = await play(scenario, 'parity_one');
    expect(nominal.steps.map(({ events }) => events.length)).toEqual([3, 1]);
    const [first] = nominal.steps;
    if (first === undefined) throw new Error('no step');
    const slow = { ...nominal, steps: [{ ...first, endedAt: 60_000 }, ...nominal.steps.slice(1)] };
    const followed = await play(scenario, 'parity_two', slow);
    expect(followed.steps.map(({ events }) => events.length)).toEqual([4, 0]);
    expect(compareSides(nominal, followed, { scenario: 'x' }).differences).toEqual([]);
  });

  test('without events none are compared', async () => {
    const scenario = findScenario('card-success') as Scenario;
    const side = await playEmulatorSide(scenario, {
      mark: { name: 'payintent_parity', run: 'parity_one' },
      startsAt,
      eventless: true,
      apiVersion: '2026-08-26.dahlia',
    });
    expect(playedSteps(side).flatMap(({ events }) => events)).toEqual([]);
  });
});

describe('what is made', () => {
  test('is marked wherever the API takes metadata', async () => {
    for (const scenario of SCENARIOS) {
      const side = await play(scenario, 'parity_one');
      for (const { call, request } of side.steps) {
        if (
          call === null ||
          !/^(payment_intents|setup_intents|customers|refunds|payment_methods)\.create$/.test(call)
        )
          continue;
        expect(request?.params).toMatchObject({ metadata: { payintent_parity: '<run>' } });
      }
    }
  });

  test('is asked for with what a recording can be told by', () => {
    const steps = SCENARIOS.flatMap((scenario) => [...scenario.steps]);
    expect(asked(steps)).toHaveLength(steps.length);
    const worded = steps.map((step) => ({ ...step, title: 'other words', why: 'for once' }));
    expect(asked(worded)).toEqual(asked(steps));
    const changed = steps.map((step) => (isCall(step) ? { ...step, params: { amount: 1 } } : step));
    expect(asked(changed)).not.toEqual(asked(steps));
  });
});

describe('reading a recording', () => {
  const good = JSON.stringify({
    object: 'parity_recording',
    format: 1,
    scenario: 'x',
    title: 'X',
    asked: [],
    recorded_at: '2026-11-22T12:00:00.000Z',
    versions: { api: 'v' },
    test: { steps: [], afterwards: null, outcome: null, stop: null },
    emulator: { steps: [], afterwards: null, outcome: null, stop: null },
  });
  const without = (change: (recording: Record<string, unknown>) => void): string => {
    const recording = JSON.parse(good);
    change(recording);
    return JSON.stringify(recording);
  };

  test('one that is whole', () => {
    expect(readRecording(good)).toMatchObject({ scenario: 'x' });
  });

  test.each([
    ['no JSON', 'hello', /no JSON/],
    ['nothing', 'null', /no recording/],
    ['something else', '{"object":"event"}', /no recording/],
    [
      'another format',
      without((one) => {
        one['format'] = 99;
      }),
      /format 99/,
    ],
    [
      'no sides',
      without((one) => {
        delete one['test'];
      }),
      /missing/,
    ],
    [
      'a side without steps',
      without((one) => {
        one['emulator'] = { stop: null };
      }),
      /missing/,
    ],
    [
      'steps that are none',
      without((one) => {
        one['test'] = { steps: [1], afterwards: null, stop: null };
      }),
      /missing/,
    ],
    [
      'no date',
      without((one) => {
        one['recorded_at'] = 'yesterday';
      }),
      /missing/,
    ],
    [
      'no versions',
      without((one) => {
        delete one['versions'];
      }),
      /missing/,
    ],
  ])('%s', (_, text, expected) => {
    expect(readRecording(text)).toMatch(expected);
  });
});
