import { relatedTerms } from '../../../lessons/glossary/graph.ts';
import type { Relation, TermText } from '../../../lessons/glossary/term.ts';
import { findTermById } from '../../../lessons/glossary/terms.ts';
import { LANGS, type Lang } from '../../../lessons/text.ts';

/** An entry of the glossary as JSON shows it. */
export interface GlossaryEntry {
  readonly object: 'glossary_term';
  readonly id: string;
  readonly kind: 'status' | 'term';
  readonly lang: Lang;
  readonly name: string;
  /** What it is called in every language. */
  readonly names: Readonly<Record<Lang, string>>;
  readonly definition: string;
  /** The definition in every language. */
  readonly definitions: Readonly<Record<Lang, string>>;
  readonly why: string;
  readonly full: string;
  readonly example: string;
  /** Shows it at work offline. */
  readonly commands: readonly string[];
  readonly mistakes: readonly string[];
  readonly related: readonly { readonly relation: Relation; readonly id: string; readonly name: string }[];
}

export type TermTexts = Readonly<Record<Lang, Readonly<Record<string, TermText>>>>;

/** A term with everything that is said about it in one language. `id` is one of the glossary. */
export function entryOf(id: string, lang: Lang, texts: TermTexts): GlossaryEntry {
  const [term, text] = [findTermById(id), texts[lang][id]];
  if (term === undefined || text === undefined) throw new Error(`no term ${id} in the glossary`);
  const { command, given = [] } = term.example;
  const inEvery = (read: (one: TermText) => string): Record<Lang, string> => {
    const [en, ar] = LANGS.map((one) => read(texts[one][id] ?? text));
    return { en: en ?? '', ar: ar ?? '' };
  };
  return {
    object: 'glossary_term',
    id,
    kind: term.kind,
    lang,
    name: bareName(text.name),
    names: inEvery(({ name }) => bareName(name)),
    definition: text.definition,
    definitions: inEvery(({ definition }) => definition),
    why: text.why,
    full: text.full,
    example: text.example,
    commands: [...given, command].map((line) => line.replace('{intent}', 'pi_…')),
    mistakes: text.mistakes,
    related: relatedTerms(id).map(({ relation, id: other }) => ({
      relation,
      id: other,
      name: bareName(texts[lang][other]?.name ?? other),
    })),
  };
}

/** A name without the marks of code. */
function bareName(name: string): string {
  return name.replaceAll('`', '');
}
