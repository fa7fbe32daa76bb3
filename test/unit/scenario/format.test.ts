import { describe, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../../src/domain/event-types.ts';
import { findCall, placeholders, unknownParameter } from '../../../src/gateway/api-calls.ts';
import {
  expectedEvents,
  expectedStatuses,
  isAdvance,
  isAuthenticate,
  isCall,
  mainCall,
  type Scenario,
  subjectOf,
} from '../../../src/scenario/format.ts';
import { findScenario, SCENARIOS } from '../../../src/scenario/library/all.ts';
import { referencesIn } from '../../../src/scenario/references.ts';

describe.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))('%s', (id, scenario) => {
  test('has an id and texts of its own', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(SCENARIOS.filter((other) => other.id === id)).toHaveLength(1);
    expect(SCENARIOS.filter((other) => other.title === scenario.title)).toHaveLength(1);
    expect(scenario.teaches).toMatch(/^\S.*\.$/);
    for (const { title, why } of scenario.steps) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      if (why !== undefined) expect(why).toMatch(/\.$/);
    }
  });

  test('calls what the API has', () => {
    for (const step of scenario.steps.filter(isCall)) {
      const call = findCall(step.call);
      expect(call, step.call).toBeDefined();
      if (call !== undefined) expect([step.on ?? []].flat()).toHaveLength(placeholders(call));
      for (const path of pathsIn(step.params ?? {}))
        expect(unknownParameter(step.call, path)).toBeUndefined();
    }
  });

  test('refers to what earlier steps have answered', () => {
    const known = new Set<string>();
    for (const step of scenario.steps) {
      const values = isCall(step) ? [step.on, step.params] : isAuthenticate(step) ? [step.authenticate] : [];
      for (const path of referencesIn(values)) expect([...known]).toContain(path.split('.')[0]);
      if (isCall(step) && step.as !== undefined) known.add(step.as);
    }
    expect([...known]).toContain(subjectOf(scenario));
    expect(mainCall(scenario)).toBeDefined();
  });

  test('says of every step which events it sends, and names real ones', () => {
    for (const { title, expect: expected } of scenario.steps) expect(expected?.events, title).toBeDefined();
    const types = EVENT_TYPES.map(({ type }) => type);
    for (const type of expectedEvents(scenario)) expect(types).toContain(type);
  });
});

/** Every path of a parameter: `['card', 'token']`. */
function pathsIn(params: unknown, above: readonly string[] = []): string[][] {
  if (typeof params !== 'object' || params === null) return [[...above]];
  return Object.entries(params).flatMap(([name, value]) => pathsIn(value, [...above, name]));
}

test('the statuses of a scenario are those its subject goes through', () => {
  expect(expectedStatuses(findScenario('decline-and-retry') as Scenario)).toEqual([
    'requires_payment_method',
    'succeeded',
  ]);
  expect(expectedStatuses(findScenario('customer-life') as Scenario)).toEqual([]);
});

test('all three kinds of steps occur', () => {
  const steps = SCENARIOS.flatMap(({ steps: all }) => all);
  for (const kind of [isCall, isAuthenticate, isAdvance]) expect(steps.some(kind)).toBe(true);
});
