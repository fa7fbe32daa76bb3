import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Scenario } from '../../../src/scenario/format.ts';
import { runScenario } from '../../../src/scenario/runner.ts';
import { blocksOf } from '../../support/documents.ts';
import { offlineStage } from '../../support/stage.ts';

test('the scenario in the documentation does what it says', async () => {
  const file = join(import.meta.dirname, '../../../docs/scenarios.md');
  const [block] = blocksOf(readFileSync(file, 'utf8')).filter(({ language }) => language === 'json');
  const scenario = JSON.parse(block?.code ?? '') as Scenario;
  const stage = await offlineStage();
  const played: string[] = [];
  for await (const { step, deviations } of runScenario(scenario, stage)) {
    expect(deviations, step.title).toEqual([]);
    played.push(step.title);
  }
  await stage.gateway.close();
  expect(played).toHaveLength(scenario.steps.length);
});
