import { findTerm, namesOf } from '../../../lessons/glossary/find.ts';
import { TERMS } from '../../../lessons/glossary/terms.ts';
import { CliError } from '../../errors.ts';
import { didYouMean } from '../../suggest.ts';
import type { TermTexts } from './entry.ts';

/** The id of the term that somebody named, in any language. @throws CliError with the nearest names */
export function namedTerm(typed: string, texts: TermTexts): string {
  const all = [texts.en, texts.ar];
  const id = findTerm(typed, all);
  if (id !== undefined) return id;
  throw new CliError('TOPIC_UNKNOWN', `The glossary has no ${JSON.stringify(typed)}`, {
    why: didYouMean(
      typed,
      TERMS.flatMap((term) => namesOf(term.id, all)),
    ),
    fix: ['payintent learn glossary', ...(/^[\w.]+$/.test(typed) ? [`payintent explain ${typed}`] : [])],
  });
}
