import { describe, expect, test } from 'vitest';
import { PAYMENT_INTENT_STATUSES } from '../../../src/domain/statuses.ts';
import { findTerm, plainName } from '../../../src/lessons/glossary/find.ts';
import { relatedTerms, relations } from '../../../src/lessons/glossary/graph.ts';
import { TERMS } from '../../../src/lessons/glossary/terms.ts';
import { loadTermTexts } from '../../../src/lessons/glossary/texts.ts';
import { parseLine, parseProse } from '../../../src/lessons/prose.ts';
import { runCli, temporaryHome } from '../../support/run-cli.ts';
import { splitWords } from '../../support/split-words.ts';

const [english, arabic] = [await loadTermTexts('en'), await loadTermTexts('ar')];
const ids = TERMS.map(({ id }) => id);
const codeIn = (text: string) => [...text.matchAll(/`[^`]+`/g)].map(([code]) => code).sort();

test('every term is explained in both languages, and nothing else is', () => {
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(english).sort()).toEqual([...ids].sort());
  expect(Object.keys(arabic).sort()).toEqual([...ids].sort());
});

test('the statuses are those of the API', () => {
  const statuses = TERMS.filter(({ kind }) => kind === 'status').map(({ id }) => id);
  expect(statuses.sort()).toEqual([...PAYMENT_INTENT_STATUSES].sort());
});

describe.each(ids)('%s', (id) => {
  const [en, ar] = [english[id], arabic[id]];

  test('says the same in both languages', () => {
    expect(Object.keys(ar ?? {}).sort()).toEqual(Object.keys(en ?? {}).sort());
    expect(ar?.mistakes.length).toBe(en?.mistakes.length);
    for (const field of ['definition', 'why', 'full', 'example'] as const) {
      expect(codeIn(ar?.[field] ?? ''), field).toEqual(codeIn(en?.[field] ?? ''));
      expect(ar?.[field], field).toMatch(/\p{Script=Arabic}/u);
      expect(en?.[field], field).not.toMatch(/\p{Script=Arabic}/u);
      expect(en?.[field].length, field).toBeGreaterThan(15);
    }
    for (const [index, mistake] of (en?.mistakes ?? []).entries())
      expect(codeIn(ar?.mistakes[index] ?? '')).toEqual(codeIn(mistake));
  });

  test('is written in the Markdown that can be drawn', () => {
    for (const text of [en, ar]) {
      if (text === undefined) throw new Error('no text');
      parseLine(text.name);
      for (const prose of [text.definition, text.why, text.full, text.example, ...text.mistakes]) {
        const blocks = parseProse(prose);
        expect(blocks.map(({ kind }) => kind)).toEqual(['paragraph']);
      }
    }
  });

  test('is found by each of its names', () => {
    for (const text of [en, ar]) {
      expect(findTerm(text?.name ?? '', [english, arabic])).toBe(id);
    }
    expect(findTerm(id.replaceAll('_', '-'), [english, arabic])).toBe(id);
  });

  test('shows a command that works', async () => {
    const {
      command,
      given = [],
      exit = 0,
    } = TERMS.find((term) => term.id === id)?.example ?? { command: '' };
    const home = temporaryHome();
    let intent = '';
    for (const line of given) {
      const made = await runCli([...splitWords(line).slice(1), '--json'], { home });
      expect(made.code, made.stderr).toBe(0);
      intent = String(made.json()['id']);
    }
    const { code, stderr } = await runCli(splitWords(command.replace('{intent}', intent)).slice(1), { home });
    expect(code, stderr).toBe(exit);
  });
});

test('names are compared without what one may write or leave out', () => {
  expect(plainName('Payment Intent')).toBe(plainName('payment-intent'));
  expect(plainName('Payment Intent')).toBe(plainName('PaymentIntent'));
  expect(plainName('نيّة الدفع')).toBe(plainName('نية دفع'));
  expect(plainName('التأكيد')).toBe(plainName('تاكيد'));
  expect(findTerm('webhook', [english, arabic])).toBe('webhook');
  expect(findTerm('خطاف الويب', [english, arabic])).toBe('webhook');
  expect(findTerm('nothing of the kind', [english, arabic])).toBeUndefined();
  expect(findTerm('', [english, arabic])).toBeUndefined();
});

describe('the graph', () => {
  test('joins terms that exist, each pair once', () => {
    const pairs = relations().map(({ from, id }) => [from, id].sort().join(' '));
    expect(new Set(pairs).size).toBe(pairs.length);
    for (const { from, id } of relations()) {
      expect(ids).toContain(from);
      expect(ids).toContain(id);
    }
  });

  test('is seen from both ends', () => {
    const ends = { leads_to: 'comes_from', needs: 'needed_by', part_of: 'has', see: 'see', unlike: 'unlike' };
    for (const { from, relation, id } of relations()) {
      expect(relatedTerms(from)).toContainEqual({ relation, id });
      expect(relatedTerms(id)).toContainEqual({ relation: ends[relation as keyof typeof ends], id: from });
    }
  });

  test('leads from the intent to everything', () => {
    const reached = new Set(['payment_intent']);
    for (const id of reached) for (const { id: next } of relatedTerms(id)) reached.add(next);
    expect([...reached].sort()).toEqual([...ids].sort());
  });
});
