import { describe, expect, test } from 'vitest';
import { BadReference, follow, referencesIn, resolve } from '../../../src/scenario/references.ts';

const objects = { intent: { id: 'pi_1', amount: 1099, list: [{ id: 'a' }], nothing: null } };
const lookup = (path: string) => follow(objects, path.split('.'));

describe('references', () => {
  test.each([
    ['${intent.id}', 'pi_1'],
    ['${intent.amount}', 1099],
    ['${intent.list.0.id}', 'a'],
    ['${intent.nothing}', null],
    ['${ intent.amount / 2 }', 549],
    ['${intent.amount - 1}', 1098],
    ['${intent.amount + 500}', 1599],
    ['${intent.amount*2}', 2198],
    ['order ${intent.id} of ${intent.amount}', 'order pi_1 of 1099'],
    ['costs $5 {not} ${}', 'costs $5 {not} ${}'],
  ])('%s', (text, value) => {
    expect(resolve(text, lookup)).toBe(value);
  });

  test('are replaced however deep they stand', () => {
    expect(resolve({ a: [{ b: '${intent.id}' }], c: true, d: 1 }, lookup)).toEqual({
      a: [{ b: 'pi_1' }],
      c: true,
      d: 1,
    });
    expect(referencesIn({ a: ['${intent.id}', 'x ${charge.id} ${intent.amount / 2}'] })).toEqual([
      'intent.id',
      'charge.id',
      'intent.amount',
    ]);
  });

  test.each(['${charge.id}', '${intent.missing}', '${intent.id.more}', '${constructor.name}'])(
    '%s leads nowhere',
    (text) => {
      expect(() => resolve(text, lookup)).toThrow(BadReference);
    },
  );

  test('only numbers can be halved', () => {
    expect(() => resolve('${intent.id / 2}', lookup)).toThrow('${intent.id / 2} is not a number');
  });
});
