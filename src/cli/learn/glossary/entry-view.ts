import type { Lang } from '../../../lessons/text.ts';
import { directed, renderProse, type Writing } from '../prose-view.ts';
import type { GlossaryEntry } from './entry.ts';
import { GLOSSARY_WORDS } from './words.ts';

/** An entry as it is read: both names, then everything in one language, then the definition in the other. */
export function drawEntry(entry: GlossaryEntry, writing: Writing): string {
  const words = GLOSSARY_WORDS[entry.lang];
  const { color } = writing;
  const other: Lang = entry.lang === 'ar' ? 'en' : 'ar';
  const indented: Writing = { ...writing, indent: 2 };
  const section = (title: string, body: string): string => `${directed(title, writing, color.bold)}\n${body}`;
  return [
    [
      directed(nameOf(entry, entry.lang), writing, color.bold),
      ...(entry.kind === 'status'
        ? []
        : [directed(entry.names[other], { ...writing, lang: other }, color.dim)]),
    ].join('\n'),
    renderProse(entry.definition, indented),
    section(words.why, renderProse(entry.why, indented)),
    section(words.full, renderProse(entry.full, indented)),
    section(
      words.example,
      [renderProse(entry.example, indented), ...entry.commands.map((line) => `    ${color.cyan(line)}`)].join(
        '\n',
      ),
    ),
    section(words.mistakes, renderProse(entry.mistakes.map((one) => `- ${one}`).join('\n'), indented)),
    section(words.related, relatedLines(entry, indented)),
    renderProse(entry.definitions[other], { ...writing, lang: other, color }),
  ].join('\n\n');
}

/** One line a relation: `leads to: charge, processing`. */
function relatedLines(entry: GlossaryEntry, writing: Writing): string {
  const words = GLOSSARY_WORDS[entry.lang];
  const relations = [...new Set(entry.related.map(({ relation }) => relation))];
  const comma = entry.lang === 'ar' ? '، ' : ', ';
  return relations
    .map((relation) => {
      const names = entry.related.flatMap((one) =>
        one.relation === relation ? [asProse(one.id, one.name)] : [],
      );
      return renderProse(`${words.relations[relation]}: ${names.join(comma)}`, writing);
    })
    .join('\n');
}

const nameOf = (entry: GlossaryEntry, lang: Lang): string => asProse(entry.id, entry.names[lang]);

/** Statuses are words of the API, whose underscores are no Markdown. */
function asProse(id: string, name: string): string {
  return name === id ? `\`${name}\`` : name;
}
