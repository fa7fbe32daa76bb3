import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explainableWords, explanationsOf } from '../../../src/cli/explanations.ts';
import { TEST_BANK_ACCOUNTS } from '../../../src/domain/bank-accounts.ts';
import { ADVICE_CODES, DECLINE_CODES } from '../../../src/domain/decline-codes.ts';
import { ERROR_CODES, ERROR_TYPES } from '../../../src/domain/error-codes.ts';
import { TEST_CARDS } from '../../../src/domain/test-cards.ts';
import { sources } from '../../structure/source-files.ts';

const kindsOf = (word: string): string[] => explanationsOf(word).map(({ kind }) => kind);
const unknown = (words: Iterable<string | undefined>): string[] =>
  [...new Set(words)].filter((word) => word !== undefined && explanationsOf(word).length === 0) as string[];

describe('explain knows', () => {
  test('every word it offers', () => {
    expect(unknown(explainableWords())).toEqual([]);
  });

  test('every code that the emulator or the domain can answer with', () => {
    const root = resolve(import.meta.dirname, '../../..');
    const code =
      /\b(?:code|decline_?[cC]ode|failure_?[cC]ode|error_?[cC]ode|advice_code):\s*'([a-z][a-z0-9_]+)'/g;
    const codes = sources
      .filter((file) => /^src\/(?:emulator|domain)\//.test(file))
      .flatMap((file) => [...readFileSync(resolve(root, file), 'utf8').matchAll(code)].map(([, one]) => one));
    expect(codes.length).toBeGreaterThan(50);
    expect(unknown(codes)).toEqual([]);
  });

  test('every code of the tables, and what the tables refer to', () => {
    expect(
      unknown([
        ...ERROR_CODES.map(({ code }) => code),
        ...DECLINE_CODES.flatMap(({ code, errorCode, testCard }) => [
          code,
          errorCode,
          testCard?.split(' ')[0],
        ]),
        ...Object.keys(ADVICE_CODES),
        ...Object.keys(ERROR_TYPES),
        ...TEST_BANK_ACCOUNTS.map(({ failureCode }) => failureCode),
      ]),
    ).toEqual([]);
  });

  test('every test card by each of its names and numbers', () => {
    const names = TEST_CARDS.flatMap((card) => [
      card.name,
      card.pm,
      card.token,
      card.number,
      ...card.pmAliases,
      ...card.tokenAliases,
    ]);
    expect(names.length).toBeGreaterThan(300);
    expect(unknown(names)).toEqual([]);
  });

  test('every test bank account by its id and its number, also where countries share one', () => {
    const numbers = TEST_BANK_ACCOUNTS.map(({ details }) => details.account_number ?? details.iban);
    expect(unknown([...numbers, ...TEST_BANK_ACCOUNTS.map(({ pm }) => pm)])).toEqual([]);
    for (const { details, type } of TEST_BANK_ACCOUNTS) {
      const number = details.account_number ?? details.iban;
      if (number === undefined) continue;
      expect(explanationsOf(number).map(({ facts }) => facts['Type'])).toContain(type);
    }
  });
});

describe('numbers that are no test cards', () => {
  test.each([
    ['4242424242424241', 'incorrect_number'],
    ['4242 4242 4242 4241', 'incorrect_number'],
    ['4111111111111111', 'test_mode_live_card'],
  ])('%s', (number, code) => {
    const [only, ...more] = explanationsOf(number);
    expect(more).toEqual([]);
    expect(Object.values(only?.facts ?? {})).toContain(code);
    expect(JSON.stringify(only)).not.toContain(number.replaceAll(' ', ''));
    expect(only?.name).toMatch(/^\*{12}\d{4}$/);
  });

  test('a number is read with its spaces', () => {
    expect(kindsOf('4242 4242 4242 4242')).toEqual(['test card']);
    expect(kindsOf('DE89 3704 0044 0532 0130 00')).toEqual(['test payment method']);
  });

  test.each(['1234', '12345678901234567890', '0x4242424242424242', '', ' '])('%j is nothing', (word) => {
    expect(explanationsOf(word)).toEqual([]);
  });
});

test('what chooses an outcome by being typed', () => {
  expect(explanationsOf('44444444440')[0]?.description).toContain('expired after 180 seconds');
  expect(explanationsOf('sm33cc')[0]?.description).toContain('too many attempts');
  expect(explanationsOf('SM99ZZ')).toEqual([]);
});
