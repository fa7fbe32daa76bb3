import { afterEach, describe, expect, test } from 'vitest';
import { SCENARIOS } from '../../../src/scenario/library/all.ts';
import { runScenario } from '../../../src/scenario/runner.ts';
import type { Stage } from '../../../src/scenario/stage.ts';
import { WAYS } from '../../../src/scenario/ways/all.ts';
import { offlineStage } from '../../support/stage.ts';

let stage: Stage | undefined;
afterEach(() => stage?.gateway.close());

describe('every scenario leads to what it says', () => {
  test.each(SCENARIOS.map((scenario) => [scenario.id, scenario] as const))('%s', async (_, scenario) => {
    stage = await offlineStage();
    const deviations: string[] = [];
    for await (const result of runScenario(scenario, stage)) {
      deviations.push(...result.deviations.map((text) => `${result.index} ${result.step.title}: ${text}`));
    }
    expect(deviations).toEqual([]);
  });
});

describe('every step says why', () => {
  test('in scenarios', () => {
    const silent = SCENARIOS.flatMap(({ id, steps }) =>
      steps.filter(({ why }) => why === undefined).map(({ title }) => `${id}: ${title}`),
    );
    expect(silent).toEqual([]);
  });

  test('and in what else can be done with an intent', () => {
    const steps = WAYS.flatMap((way) => way.steps({ payment_method_types: ['sepa_debit'] }));
    expect(steps.filter(({ why }) => why === undefined).map(({ title }) => title)).toEqual([]);
  });
});
