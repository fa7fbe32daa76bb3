import { expect, it } from 'vitest';
import { idTarget } from '../../../src/domain/id-target.ts';

/** 24 characters as Stripe makes them, with a made-up account. */
const body = (digit: string) => `${digit}UAbcdMadeUpAcct07Qw3rty`;

it.each([
  ['pi_', '3'],
  ['ch_', '3'],
  ['evt_', '1'],
  ['pm_', '1'],
  ['seti_', '1'],
])('%s… with a digit other than 0 is of Stripe’s test mode', (prefix, digit) => {
  expect(body(digit)).toHaveLength(24);
  expect(idTarget(prefix + body(digit))).toBe('test');
  expect(idTarget(`${prefix}${body(digit)}_secret_aBcDeFgHiJkLmNoPqRsTuVwXy`)).toBe('test');
});

it.each(['cus_TmadeUpIdHere1', 'acct_1MadeUpAccount99'])('%s is of Stripe’s test mode', (id) => {
  expect(idTarget(id)).toBe('test');
});

it.each([
  '',
  'pi_',
  'pi',
  'pm_card_visa',
  'tok_visa',
  'tok_chargeDeclined',
  'pi_nope',
  'cus_nope',
  'acct_short',
  'whatever',
  `pi_${body('0')}`,
  `pi_${body('U')}`,
  `xx_${body('3')}`,
  `pi_${body('3')}x`,
  `pi_${body('3').slice(1)}`,
  `pi_${body('3')}_secret_`,
  ` pi_${body('3')}`,
  'pi_0EiajjPayIntent18Ld9YWqW',
])('%j says nothing', (id) => {
  expect(idTarget(id)).toBe('unknown');
});

it.each(['pi_0EiajjPayIntent08Ld9YWqW', 'cus_0EiajjNwS4w3nF', 'evt_0EiajjPayIntent08OgUOuu4'])(
  '%s is offline',
  (id) => {
    expect(idTarget(id)).toBe('offline');
  },
);
