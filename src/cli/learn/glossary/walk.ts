import { TERMS } from '../../../lessons/glossary/terms.ts';
import type { Lang } from '../../../lessons/text.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { PromptCancelled } from '../../host.ts';
import { plainPalette } from '../../palette.ts';
import type { Result } from '../../spec.ts';
import type { BidiMode } from '../bidi-mode.ts';
import { directed } from '../prose-view.ts';
import { entryOf, type GlossaryEntry, type TermTexts } from './entry.ts';
import { drawEntry } from './entry-view.ts';
import { GLOSSARY_WORDS } from './words.ts';

export interface WalkOptions {
  readonly lang: Lang;
  readonly bidi: BidiMode;
  readonly texts: TermTexts;
  /** Where it begins; asked for when absent. */
  readonly from: string | undefined;
}

const BACK = '..';

/** From term to related term, until somebody has read enough. */
export async function walk(context: Context, { lang, bidi, texts, from }: WalkOptions): Promise<Result> {
  const prompter = await context.ask('<term>');
  const words = GLOSSARY_WORDS[lang];
  const line = (text: string): string => directed(text, { lang, bidi, color: plainPalette });
  const entry = (id: string): GlossaryEntry => entryOf(id, lang, texts);
  const behind: string[] = [];
  try {
    let at =
      from ??
      (await prompter.select({
        message: line(words.question),
        choices: TERMS.map(({ id }) => ({ name: line(entry(id).name), value: id })),
      }));
    for (;;) {
      const { related, ...here } = entry(at);
      context.emit(
        { ...here, related },
        ({ width, color }) => `${drawEntry({ ...here, related }, { lang, bidi, width, color })}\n`,
        ['id'],
      );
      const before = behind.at(-1);
      const chosen = await prompter.select<string | undefined>({
        message: line(words.walkOn),
        choices: [
          ...related.map(({ relation, id, name }) => ({
            name: line(`${words.relations[relation]}: ${name}`),
            value: id,
          })),
          ...(before === undefined ? [] : [{ name: line(words.back(entry(before).name)), value: BACK }]),
          { name: line(words.done), value: undefined },
        ],
      });
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
