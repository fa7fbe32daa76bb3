import { describe, expect, test } from 'vitest';
import { loadTermTexts } from '../../../src/lessons/glossary/texts.ts';
import { directionRuns } from '../../../src/lessons/latin-runs.ts';
import { parseLine, parseProse, plainText } from '../../../src/lessons/prose.ts';
import { LANGS } from '../../../src/lessons/text.ts';
import { loadTexts } from '../../../src/lessons/texts.ts';

describe('the Markdown of lessons', () => {
  test('paragraphs, lists, code and terms', () => {
    const text =
      'An [intent](term:payment_intent) has\na **status & `id`**: <b, "c".\n\n- one `a<b`\n- two\n\n```sh\npayintent list\n```';
    expect(parseProse(text)).toEqual([
      {
        kind: 'paragraph',
        content: [
          { kind: 'text', text: 'An ' },
          { kind: 'term', term: 'payment_intent', content: [{ kind: 'text', text: 'intent' }] },
          { kind: 'text', text: ' has a ' },
          {
            kind: 'strong',
            content: [
              { kind: 'text', text: 'status & ' },
              { kind: 'code', text: 'id' },
            ],
          },
          { kind: 'text', text: ': <b, "c".' },
        ],
      },
      {
        kind: 'list',
        items: [
          [
            { kind: 'text', text: 'one ' },
            { kind: 'code', text: 'a<b' },
          ],
          [{ kind: 'text', text: 'two' }],
        ],
      },
      { kind: 'code', text: 'payintent list', language: 'sh' },
    ]);
  });

  test('a line is a line, even where it looks like something else', () => {
    expect(plainText(parseLine('1. Pay — # not a heading, snake_case, 2 * 3 * 4'))).toBe(
      '1. Pay — # not a heading, snake_case, 2 * 3 * 4',
    );
  });

  test.each([
    ['a heading', '# Pay'],
    ['emphasis', '*now*'],
    ['a numbered list', '1. one'],
    ['a list in a list', '- one\n  - two'],
    ['markup', 'a <b>b</b>'],
    ['a comment', '<!-- a -->'],
    ['a picture', '![a](b.png)'],
    ['a link out of the glossary', '[a](https://stripe.com)'],
    ['a term that is none', '[a](term:Payment Intent)'],
    ['a rule', '---'],
    ['a quotation', '> a'],
    ['a forced break', 'a  \nb'],
    ['indented code', '    a'],
  ])('knows no %s', (_, text) => {
    // Unknown links are plain text to Markdown, which is as good as nowhere.
    const shown = () => {
      const [block] = parseProse(text);
      if (block?.kind === 'paragraph' && plainText(block.content) === text) throw new Error('taken as text');
    };
    expect(shown).toThrow(/know no such Markdown|taken as text/);
  });

  test.each(LANGS)('every text in %s keeps to it', async (lang) => {
    const wrong: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value === 'string') {
        try {
          parseProse(value);
        } catch (error) {
          wrong.push(`${path}: ${String(error)}`);
        }
      } else if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
    };
    walk(await loadTexts(lang), 'lessons');
    walk(await loadTermTexts(lang), 'glossary');
    expect(wrong).toEqual([]);
  });
});

describe('what is read from left to right in Arabic', () => {
  const ltr = (text: string): string[] =>
    directionRuns(text)
      .filter((run) => run.ltr)
      .map((run) => run.text);

  test.each([
    ['names, several words of them', 'مكتبة Stripe API ثم Stripe.js', ['Stripe API', 'Stripe.js']],
    ['a name with a digit first', 'التحقق 3D Secure', ['3D Secure']],
    ['amounts with their sign', 'ادفع $50.00، أو €7.', ['$50.00', '€7']],
    [
      'ids, addresses, paths and flags',
      'pi_3A و https://a.b/c?d=1 و /v1/refunds و --yes',
      ['pi_3A', 'https://a.b/c?d=1', '/v1/refunds', '--yes'],
    ],
    ['no numbers', 'بعد 10.99 دولارًا و 30%', []],
    ['a number beside a name belongs to the Arabic', 'الجواب 402 Stripe', ['Stripe']],
  ])('%s', (_, text, runs) => {
    expect(ltr(text)).toEqual(runs);
    expect(
      directionRuns(text)
        .map((run) => run.text)
        .join(''),
    ).toBe(text);
  });
});
