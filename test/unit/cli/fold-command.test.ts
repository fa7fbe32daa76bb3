import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldCommand } from '../../../src/cli/learn/fold-command.ts';
import { shellWords } from '../../../src/cli/shell-words.ts';

/** What a shell makes of lines that go on. */
const read = (lines: readonly string[]) => shellWords(lines.join('\n').replace(/\\\n\s*/g, ' '));

describe('a command that is wider than the terminal', () => {
  test('goes on in further lines, a flag with its value', () => {
    expect(
      foldCommand('payintent create --amount 4500 --currency usd --payment-method insufficient-funds', 42),
    ).toEqual([
      'payintent create --amount 4500 \\',
      '  --currency usd \\',
      '  --payment-method insufficient-funds',
    ]);
  });

  test('keeps its sign where it went on already', () => {
    expect(foldCommand('  --metadata order=1001 --payment-method pm_card_visa \\', 30)).toEqual([
      '  --metadata order=1001 \\',
      '    --payment-method \\',
      '    pm_card_visa \\',
    ]);
  });

  test('begins further left where that leaves room for all of a word', () => {
    expect(foldCommand('payintent confirm pi_1 --payment-method pm_card_visa_chargeDeclined', 30)).toEqual([
      'payintent confirm pi_1 \\',
      '  --payment-method \\',
      '  pm_card_visa_chargeDeclined',
    ]);
    expect(foldCommand('payintent confirm --payment-method pm_card_chargeDeclined --json', 25)).toEqual([
      'payintent confirm \\',
      '  --payment-method \\',
      ' pm_card_chargeDeclined \\',
      '  --json',
    ]);
  });

  test('is never broken in a word or in quotes', () => {
    const word = `"$STRIPE_API_BASE/v1/payment_intents/pi_0EieBMPayIntent07wKY62Eh/confirm of"`;
    expect(foldCommand(`curl ${word} -X POST`, 30)).toEqual(['curl \\', `${word} \\`, '  -X POST']);
  });

  test('is the same command to a shell', () => {
    const word = fc.stringMatching(/^(?:--?[a-z]{1,12}|[a-z0-9=_.]{1,30}|"[a-z ]{0,20}"|'[a-z ]{0,20}')$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 10, max: 80 }),
        (words, width) => {
          const line = ['payintent', ...words].join(' ');
          const lines = foldCommand(line, width);
          expect(read(lines)).toEqual(read([line]));
          for (const one of lines.filter((text) => text.length > width))
            expect(shellWords(one.replace(/ \\$/, ''))).toHaveLength(1);
        },
      ),
    );
  });
});
