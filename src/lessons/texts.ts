import type { Lang, LessonText } from './text.ts';

/** The words of all lessons, by id. One language is loaded at a time. */
export async function loadTexts(lang: Lang): Promise<Readonly<Record<string, LessonText>>> {
  return lang === 'ar' ? (await import('./ar/all.ts')).texts : (await import('./en/all.ts')).texts;
}
