import { describe, expect, test } from 'vitest';
import { LESSONS } from '../../../src/lessons/curriculum.ts';
import { TERMS } from '../../../src/lessons/glossary/terms.ts';
import type { LessonText } from '../../../src/lessons/text.ts';
import { loadTexts } from '../../../src/lessons/texts.ts';

const [english, arabic] = [await loadTexts('en'), await loadTexts('ar')];
const ids = LESSONS.map(({ id }) => id);

/** Every string of a text by its path: `rounds.create.task`. */
function strings(value: unknown, path = ''): ReadonlyMap<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  const found = Object.entries(value ?? {}).flatMap(([name, inner]) => [
    ...strings(inner, path === '' ? name : `${path}.${name}`),
  ]);
  return new Map(found);
}

/** Code spans and fences, and the entries of the glossary that are linked to, in any order. */
const codeIn = (text: string) => [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([code]) => code).sort();
const linksIn = (text: string) => [...text.matchAll(/\]\((term:[^)]*)\)/g)].map(([, to = '']) => to).sort();

/** Paths of a text that its lesson needs. */
function wantedPaths(lesson: (typeof LESSONS)[number]): string[] {
  const rounds = lesson.rounds.flatMap(({ id, predict, task }) => [
    ...['title', 'task', 'explain'].map((field) => `rounds.${id}.${field}`),
    ...(predict === undefined ? [] : [`rounds.${id}.predict.question`]),
    ...(predict?.choices ?? []).flatMap((choice) =>
      ['label', 'because'].map((field) => `rounds.${id}.predict.choices.${choice}.${field}`),
    ),
    ...task.checks.flatMap((check) =>
      ['met', 'missing'].map((field) => `rounds.${id}.checks.${check.id}.${field}`),
    ),
  ]);
  return ['title', 'summary', 'intro', 'outro', ...rounds].sort();
}

const isSetting = (path: string) => /^rounds\.[^.]+\.setting$/.test(path);

test('every lesson is written in both languages, and nothing else is', () => {
  expect(Object.keys(english).sort()).toEqual([...ids].sort());
  expect(Object.keys(arabic).sort()).toEqual([...ids].sort());
});

describe.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))('%s', (id, lesson) => {
  const [en, ar] = [english[id], arabic[id]] as [LessonText, LessonText];

  test('has all the words it needs, and no others', () => {
    const paths = [...strings(en).keys()].filter((path) => !isSetting(path));
    expect(paths.sort()).toEqual(wantedPaths(lesson));
  });

  test('is built the same in Arabic', () => {
    const [left, right] = [strings(en), strings(ar)];
    expect([...right.keys()].sort()).toEqual([...left.keys()].sort());
    for (const [path, text] of left) {
      const twin = right.get(path) ?? '';
      expect(codeIn(twin), path).toEqual(codeIn(text));
      expect(linksIn(twin), path).toEqual(linksIn(text));
      expect(twin.trim(), path).not.toBe('');
      expect(twin === text && /[a-z]{3}/i.test(text.replace(/`[^`]+`/g, '')), `${path}: ${twin}`).toBe(false);
    }
  });

  test('leads to entries that the glossary has', () => {
    const known = TERMS.map((term) => term.id);
    const linked = [...strings(en).values()].flatMap(linksIn).map((to) => to.replace('term:', ''));
    expect([...linked, ...lesson.terms].filter((term) => !known.includes(term))).toEqual([]);
  });

  test('Arabic is Arabic, English is English', () => {
    for (const [path, text] of strings(ar)) {
      const words = text.replace(/```[\s\S]*?```|`[^`]*`|\(term:[^)]*\)/g, '');
      if (/\p{L}{3}/u.test(words)) expect(words, path).toMatch(/\p{Script=Arabic}/u);
    }
    for (const [path, text] of strings(en)) expect(text, path).not.toMatch(/\p{Script=Arabic}/u);
  });
});
