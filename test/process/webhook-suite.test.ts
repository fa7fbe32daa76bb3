import { beforeAll, expect, test } from 'vitest';
import { CHECKS } from '../../src/conformance/checks.ts';
import type { SuiteResult } from '../../src/conformance/run-suite.ts';
import { idsWith, judgeShop, openHandler, rightHandlers, wrongHandlers } from '../support/handlers.ts';

const ids = CHECKS.map(({ id }) => id);

/** Wrong handlers that are no fault of one check alone: what fails besides, or instead. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  forged: ['forged', 'empty-secret'],
  'raw-body-compact': ['valid-signature', 'raw-body'],
  'full-sequence': ['full-sequence', 'out-of-order'],
  'duplicate-serial': ['duplicate-serial', 'duplicate-concurrent', 'two-event-ids'],
  'never-fulfils': ['full-sequence'],
  'noted-before-done': ['internal-error'],
};

test('there is a wrong handler for every check, and no other', () => {
  expect(ids.filter((id) => !wrongHandlers.includes(id))).toEqual([]);
  expect(wrongHandlers.filter((name) => !ids.includes(name) && ALSO[name] === undefined)).toEqual([]);
});

const results = new Map<string, SuiteResult>();

/** All at once: a run is mostly waiting for what must not come. */
beforeAll(async () => {
  process.env['SLOW_MS'] = '1500';
  const names = [...rightHandlers, ...wrongHandlers.map((name) => `wrong/${name}`)];
  await Promise.all(
    names.map(async (name) => {
      const shop = await openHandler(name);
      const only = name === 'wrong/slow' ? { only: ['slow', 'unknown-type'] } : {};
      results.set(name, await judgeShop(shop, { answerWithinMs: 1000, ...only }));
      await shop.close();
    }),
  );
});

function resultOf(name: string): SuiteResult {
  const result = results.get(name);
  if (result === undefined) throw new Error(`${name} was not judged`);
  return result;
}

test.each(rightHandlers)('%s passes every check', (name) => {
  const { checks } = resultOf(name);
  expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(checks.map(({ id }) => id)).toEqual(ids);
});

test.each(wrongHandlers)('%s fails its check, with a reason and a fix', (name) => {
  const result = resultOf(`wrong/${name}`);
  const failures = result.checks.filter(({ verdict }) => verdict === 'fail');
  expect(idsWith(result, 'fail').sort(), JSON.stringify(failures, null, 1)).toEqual(
    [...(ALSO[name] ?? [name])].sort(),
  );
  for (const { reason, fix, verdict } of result.checks) {
    expect(reason).toMatch(/\.$/);
    if (verdict === 'fail') expect(fix).toMatch(/\w{3}/);
  }
});
