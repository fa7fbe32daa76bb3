import type { Context } from '../../cli/context.ts';
import type { Input } from '../../cli/input.ts';
import { type BidiMode, bidiMode, bidiOption } from '../../cli/learn/bidi-mode.ts';
import { entryOf, type GlossaryEntry, type TermTexts } from '../../cli/learn/glossary/entry.ts';
import { drawEntry } from '../../cli/learn/glossary/entry-view.ts';
import { namedTerm } from '../../cli/learn/glossary/named-term.ts';
import { walk } from '../../cli/learn/glossary/walk.ts';
import { langOption } from '../../cli/learn/lang.ts';
import { directed, renderProse, type Writing } from '../../cli/learn/prose-view.ts';
import { Voice } from '../../cli/learn/voice.ts';
import type { Command, Result } from '../../cli/spec.ts';
import type { Ui } from '../../cli/ui.ts';
import { TERMS } from '../../lessons/glossary/terms.ts';
import { loadTermTexts } from '../../lessons/glossary/texts.ts';
import type { Lang } from '../../lessons/text.ts';

export const learnGlossaryCommand: Command = {
  spec: {
    name: 'learn glossary',
    description:
      'Explains the words of payments, in English and in Arabic: what a term means, why it matters, an example, the mistakes that are made with it, and the terms it hangs together with. A term is found by its English or its Arabic name. Without one all are listed; with --walk one goes from term to term.',
    arguments: [{ name: 'term', summary: 'a term, by any of its names', complete: 'terms' }],
    options: [
      langOption,
      { name: 'walk', kind: 'flag', summary: 'go on from term to related term, on a terminal', common: true },
      bidiOption,
    ],
    examples: [
      { command: 'payintent learn glossary', summary: 'all terms' },
      { command: 'payintent learn glossary payment-intent', summary: 'one of them' },
      { command: 'payintent learn glossary requires_action --lang ar', summary: 'in Arabic' },
      { command: 'payintent learn glossary "نية الدفع" --json', summary: 'by its Arabic name, as JSON' },
    ],
    fields: [
      'object',
      'data',
      'id',
      'kind',
      'lang',
      'name',
      'names',
      'definition',
      'definitions',
      'why',
      'full',
      'example',
      'commands',
      'mistakes',
      'related',
    ],
    columns: ['id', 'names.en', 'names.ar', 'definition'],
    related: ['learn', 'learn prompt', 'explain'],
    local: true,
  },
  async run(context, input) {
    const voice = await Voice.open({ lang: input.text('lang'), bidi: input.text('bidi') }, context);
    const { lang } = voice;
    const texts: TermTexts = { en: await loadTermTexts('en'), ar: await loadTermTexts('ar') };
    const typed = input.argument('term');
    if (input.flag('walk')) {
      const from = typed === undefined ? undefined : namedTerm(typed, texts);
      return walk(context, { voice, bidi: bidiOf(context, input), texts, from });
    }
    if (typed === undefined) return listOf(context, input, voice, texts);
    const entry = entryOf(namedTerm(typed, texts), lang, texts);
    return {
      data: entry,
      view: {
        human: (ui) => drawEntry(entry, writingOf(context, input, lang, ui)),
        rows: [{ ...entry }],
        columns: ['id', 'names.en', 'names.ar', 'definition'],
        prose: true,
      },
      ...voice.next(entry.related.slice(0, 2).map(({ id }) => `payintent learn glossary ${id}`)),
    };
  },
};

function writingOf(context: Context, input: Input, lang: Lang, ui: Ui): Writing {
  return { lang, bidi: bidiOf(context, input), width: ui.width, color: ui.color };
}

function bidiOf({ host }: Context, input: Input): BidiMode {
  return bidiMode(input.text('bidi'), host.env, host.stdout.isTTY);
}

function listOf(context: Context, input: Input, voice: Voice, texts: TermTexts): Result {
  const { lang } = voice;
  const entries = TERMS.map(({ id }) => entryOf(id, lang, texts));
  const rows = entries.map(({ id, kind, names, definition }) => ({ id, kind, lang, names, definition }));
  return {
    data: { object: 'list', data: rows },
    view: {
      human: (ui) => {
        const writing = writingOf(context, input, lang, ui);
        return entries.map((entry) => drawRow(entry, writing)).join('\n');
      },
      rows,
      columns: ['id', 'names.en', 'names.ar', 'definition'],
    },
    ...voice.next(['payintent learn glossary payment_intent', 'payintent learn glossary --walk']),
  };
}

/** Both names on a line, the definition below. */
function drawRow({ id, kind, names, definition, lang }: GlossaryEntry, writing: Writing): string {
  const heading =
    kind === 'status'
      ? directed(`\`${id}\``, writing)
      : directed(
          lang === 'ar' ? `${names.ar} · ${names.en}` : `${names.en} · ${names.ar}`,
          writing,
          writing.color.bold,
        );
  return `${heading}\n${renderProse(definition, { ...writing, indent: 2 })}`;
}
