import { expect, test } from 'vitest';
import { loadTermTexts } from '../../../src/lessons/glossary/texts.ts';
import { assistantPrompt } from '../../../src/lessons/prompt/prompt.ts';
import { loadTexts } from '../../../src/lessons/texts.ts';

/** What docs/arabic-style.md asks for, as far as a pattern can tell. */
const SLIPS: readonly (readonly [slip: string, pattern: RegExp])[] = [
  ['a comma, semicolon or question mark of English', /\p{Script=Arabic}\s*[,;?]/u],
  ['a space before a sign', /\p{Script=Arabic}\s+[،؛؟:.!]/u],
  ['digits other than Western ones', /[٠-٩۰-۹]/],
  ['a stretched letter', /\u0640/],
  ['tanwin behind the alef', /\u0627\u064b/],
  ['a word twice', /(?<!\p{L})(\p{Script=Arabic}{3,}) \1(?!\p{L})/u],
  ['a number behind a Latin word', /[A-Za-z] \d+(?![\w.])/],
  ['order that reads as request', /طلبي(?:ة|ات)/],
  ['another word for to use', /ست\u064f?عم[ال]/],
  ['another word for an answer', /استجاب/],
  ['another word for a debit', /الخصم المصرفي/],
  ['another word for production', /الاستخدام الفعلي/],
  ['transactions for parameters', /(?<!\p{L})(?:ال|وال|بال)?معاملات(?!\p{L})/u],
  ['to confirm without its shadda', /ؤكد/],
];

const withoutCode = (text: string) => text.replace(/```[\s\S]*?```|`[^`\n]*`|\(term:[^)]*\)/g, '`');

function strings(value: unknown): string[] {
  return typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(strings);
}

test.each(SLIPS)('no text in Arabic has %s', async (_, slip) => {
  const prompt = assistantPrompt('ar', { stack: undefined, term: undefined });
  const texts = [...strings(await loadTexts('ar')), ...strings(await loadTermTexts('ar')), prompt];
  expect(texts.length).toBeGreaterThan(800);
  expect(texts.filter((text) => slip.test(withoutCode(text)))).toEqual([]);
});

test('the secret of the client is named in English where a lesson first speaks of it', async () => {
  for (const [id, text] of Object.entries(await loadTexts('ar'))) {
    const said = strings(text).join('\n');
    const first = said.indexOf('السر الخاص بالعميل');
    if (first >= 0) expect(said.slice(first), id).toMatch(/^السر الخاص بالعميل \(client secret\)/);
  }
});
