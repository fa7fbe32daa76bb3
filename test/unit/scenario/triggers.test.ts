import { afterEach, describe, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../../src/domain/event-types.ts';
import type { Scenario } from '../../../src/scenario/format.ts';
import { SCENARIOS } from '../../../src/scenario/library/all.ts';
import { runScenario } from '../../../src/scenario/runner.ts';
import type { Stage } from '../../../src/scenario/stage.ts';
import { scenarioFor, TRIGGERS, triggerRows, UNREACHABLE } from '../../../src/scenario/triggers.ts';
import { offlineStage } from '../../support/stage.ts';

let stage: Stage | undefined;
afterEach(() => stage?.gateway.close());

test('every type of the catalogue is triggered by a scenario, or there is a reason why not', () => {
  const known = [...Object.keys(TRIGGERS), ...Object.keys(UNREACHABLE)].sort();
  expect(known).toEqual(EVENT_TYPES.map(({ type }) => type).sort());
});

describe('a trigger really sends', () => {
  test.each(Object.keys(TRIGGERS))('%s', async (type) => {
    stage = await offlineStage();
    const sent: unknown[] = [];
    const deviations: string[] = [];
    for await (const result of runScenario(scenarioFor(type) as Scenario, stage, { until: type })) {
      expect(sent, 'it goes no further than it has to').not.toContain(type);
      sent.push(...result.events.map((event) => event['type']));
      deviations.push(...result.deviations);
    }
    expect(sent).toContain(type);
    expect(deviations).toEqual([]);
  });
});

test('no scenario sends a type that is said to be out of reach', async () => {
  const sent = new Set<unknown>();
  for (const scenario of SCENARIOS) {
    const place = await offlineStage();
    for await (const result of runScenario(scenario, place))
      for (const event of result.events) sent.add(event['type']);
    await place.gateway.close();
  }
  expect(Object.keys(UNREACHABLE).filter((type) => sent.has(type))).toEqual([]);
  expect([...sent].sort()).toEqual(Object.keys(TRIGGERS).sort());
});

test('the list says where a type can be triggered', () => {
  const rows = new Map(triggerRows().map((row) => [row.type, row]));
  expect(rows.size).toBe(EVENT_TYPES.length);
  expect(rows.get('payment_intent.succeeded')).toMatchObject({
    scenario: 'card-success',
    targets: ['offline', 'test'],
    reason: null,
    main: 'payment_intents.create',
  });
  expect(rows.get('charge.expired')).toMatchObject({
    targets: ['offline'],
    reason: expect.stringContaining('7d'),
  });
  expect(rows.get('review.opened')).toMatchObject({ targets: [], scenario: null });
});
