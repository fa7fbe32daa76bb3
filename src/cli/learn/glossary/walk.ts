import { TERMS } from '../../../lessons/glossary/terms.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { PromptCancelled } from '../../host.ts';
import type { Result } from '../../spec.ts';
import type { BidiMode } from '../bidi-mode.ts';
import type { Voice } from '../voice.ts';
import { entryOf, type GlossaryEntry, type TermTexts } from './entry.ts';
import { drawEntry } from './entry-view.ts';
import { GLOSSARY_WORDS } from './words.ts';

export interface WalkOptions {
  readonly voice: Voice;
  readonly bidi: BidiMode;
  readonly texts: TermTexts;
  /** Where it begins; asked for when absent. */
  readonly from: string | undefined;
}

const BACK = '..';

/** From term to related term, until somebody has read enough. */
export async function walk(context: Context, { voice, bidi, texts, from }: WalkOptions): Promise<Result> {
  const prompter = await context.ask('<term>');
  const { lang } = voice;
  const words = GLOSSARY_WORDS[lang];
  const entry = (id: string): GlossaryEntry => entryOf(id, lang, texts);
  const behind: string[] = [];
  try {
    let at =
      from ??
      (await prompter.select(
        voice.question(
          words.question,
          TERMS.map(({ id }) => ({ name: entry(id).name, value: id })),
        ),
      ));
    for (;;) {
      const { related, ...here } = entry(at);
      context.emit(
        { ...here, related },
        ({ width, color }) => `${drawEntry({ ...here, related }, { lang, bidi, width, color })}\n`,
        ['id'],
      );
      const before = behind.at(-1);
      const chosen = await prompter.select(
        voice.question<string | undefined>(words.walkOn, [
          ...related.map(({ relation, id, name }) => ({
            name: `${words.relations[relation]}: ${name}`,
            value: id,
          })),
          ...(before === undefined ? [] : [{ name: words.back(entry(before).name), value: BACK }]),
          { name: words.done, value: undefined },
        ]),
      );
      if (chosen === undefined) return {};
      if (chosen === BACK) at = behind.pop() ?? at;
      else {
        behind.push(at);
        at = chosen;
      }
    }
  } catch (error) {
    if (error instanceof PromptCancelled) return { exit: exitCodes.interrupted };
    throw error;
  }
}
