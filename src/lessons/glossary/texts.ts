import type { Lang } from '../text.ts';
import type { TermText } from './term.ts';

/** The words of all terms, by id. One language is loaded at a time. */
export async function loadTermTexts(lang: Lang): Promise<Readonly<Record<string, TermText>>> {
  return lang === 'ar' ? (await import('./ar/all.ts')).termTexts : (await import('./en/all.ts')).termTexts;
}
