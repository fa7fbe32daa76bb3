import type { TermText } from './term.ts';
import { TERMS } from './terms.ts';

/** Marks of vowels and the lengthening stroke, which one may write or leave out. */
const ARABIC_MARKS = /[\u064B-\u0652\u0670\u0640]/g;

/**
 * A name as it is compared: without capitals, separators, Arabic vowel marks, articles and forms of alef; `Payment
 * Intent`, `payment-intent` and `PaymentIntent` are one.
 */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(ARABIC_MARKS, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => word.replace(/^ال(?=\p{Letter}{3,})/u, ''))
    .join('');
}

/** The id of the term with this name in any of the languages; undefined where there is none. */
export function findTerm(
  typed: string,
  texts: readonly Readonly<Record<string, TermText>>[],
): string | undefined {
  const wanted = plainName(typed);
  if (wanted === '') return undefined;
  return TERMS.find(({ id }) => namesOf(id, texts).some((name) => plainName(name) === wanted))?.id;
}

/** Everything a term is called: its id, its names, and each part of a name that has one in parentheses. */
export function namesOf(id: string, texts: readonly Readonly<Record<string, TermText>>[]): string[] {
  const names = texts.flatMap((all) => {
    const name = all[id]?.name ?? id;
    const inside = /\((.*)\)/.exec(name)?.[1];
    return inside === undefined ? [name] : [name, name.replace(/\s*\(.*\)/, ''), inside];
  });
  return [...new Set([id, ...names])];
}
