import { expect, test } from 'vitest';
import { TRANSITIONS } from '../../../src/domain/transitions.ts';
import { SCENARIOS } from '../../../src/scenario/library/all.ts';
import { moveTaken } from '../../../src/scenario/moves-taken.ts';
import { runScenario } from '../../../src/scenario/runner.ts';
import { offlineStage } from '../../support/stage.ts';

/** Every move of the table with every status it may lead to. */
const LEGAL = TRANSITIONS.flatMap(({ from, action, to }) =>
  to.map((status) => `${from} ${action} ${status}`),
);

async function movesOf(scenario: (typeof SCENARIOS)[number]): Promise<string[]> {
  const stage = await offlineStage();
  const moves: string[] = [];
  for await (const result of runScenario(scenario, stage)) {
    const move = moveTaken(result);
    if (move !== undefined) moves.push(`${move.from} ${move.action} ${move.to}`);
  }
  await stage.gateway.close();
  return moves;
}

test('the scenarios take every legal move of the table, and no other', async () => {
  const taken = new Set((await Promise.all(SCENARIOS.map(movesOf))).flat());
  expect([...taken].filter((move) => !LEGAL.includes(move))).toEqual([]);
  expect(LEGAL.filter((move) => !taken.has(move))).toEqual([]);
});
