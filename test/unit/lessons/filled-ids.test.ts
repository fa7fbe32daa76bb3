import { describe, expect, test } from 'vitest';
import { fillIds } from '../../../src/lessons/filled-ids.ts';
import type { Round } from '../../../src/lessons/lesson.ts';
import type { Step } from '../../../src/scenario/format.ts';

const objects = new Map(
  Object.entries({ intent: 'pi_1', second: 'pi_2', customer: 'cus_1' }).map(([name, id]) => [
    name,
    { id, object: 'any', client_secret: `${id}_secret_x`, payment_method: 'pm_1' },
  ]),
);

const round = (...steps: Step[]): Pick<Round, 'task'> => ({ task: { steps, checks: [] } });
const confirm: Step = { title: '', call: 'payment_intents.confirm', on: '${intent.id}' };
const create: Step = {
  title: '',
  call: 'payment_intents.create',
  as: 'intent',
  params: { customer: '${customer.id}', payment_method: '${second.payment_method}' },
};

describe('ids in texts', () => {
  test('are those that the steps are about', () => {
    expect(fillIds('`payintent confirm pi_…`', round(confirm), objects, new Set(['second']))).toBe(
      '`payintent confirm pi_1`',
    );
    expect(fillIds('cus_… pm_… re_…', round(create), objects, new Set())).toBe('cus_1 pm_1 re_…');
  });

  test('stay open as long as the name is that of an object from before', () => {
    const both = round(create, confirm);
    expect(fillIds('confirm pi_…', both, objects, new Set())).toBe('confirm pi_…');
    expect(fillIds('confirm pi_…', both, objects, new Set(['intent']))).toBe('confirm pi_1');
  });

  test('stay open where there are several', () => {
    const other: Step = { ...confirm, on: '${second.id}' };
    expect(fillIds('pi_…', round(confirm, other), objects, new Set())).toBe('pi_…');
  });

  test('are never the beginning of a secret', () => {
    expect(fillIds('pi_…_secret_…', round(confirm), objects, new Set())).toBe('pi_…_secret_…');
  });
});
