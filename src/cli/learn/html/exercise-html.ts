import { lineDiff } from '../../../lessons/exercises/line-diff.ts';
import { shippedText } from '../../../lessons/exercises/programs.ts';
import { visitCommand } from '../../../lessons/exercises/visit.ts';
import type { Round } from '../../../lessons/lesson.ts';
import { escaped } from '../../diagram/markup.ts';
import type { PageWords } from './page-words.ts';
import { codeBlock, programHtml } from './prose-html.ts';

/** The program of a round, what is sent to it, and, where it is to be mended, what that may look like. */
export async function exerciseHtml({ kind, task }: Round, words: PageWords): Promise<string[]> {
  const { exercise } = task;
  if (exercise === undefined) return [];
  const start = await shippedText(exercise.program, 'start');
  const visits = (exercise.visits ?? []).map((visit) => withPlaceholders(visitCommand(visit, '$SHOP')));
  return [
    ...(visits.length === 0 ? [] : [codeBlock(visits.join('\n'))]),
    `<details><summary>${escaped(words.program)}</summary>${programHtml(words.program, escaped(start.trimEnd()))}</details>`,
    ...(kind === 'mend'
      ? [
          `<details><summary>${escaped(words.mended)}</summary>${programHtml(words.mended, diffLines(start, await shippedText(exercise.program, 'mended')))}</details>`,
        ]
      : []),
  ];
}

/** Nobody has made the objects that a reference leads to. */
function withPlaceholders(command: string): string {
  return command.replace(/\$\{\s*intent\.id\s*\}/g, 'pi_…').replace(/\$\{\s*([\w.]+)[^}]*\}/g, '<$1>');
}

function diffLines(from: string, to: string): string {
  return lineDiff(from, to)
    .map(({ mark, text }) => {
      const line = escaped(`${mark} ${text}`);
      if (mark === '+') return `<ins>${line}</ins>`;
      return mark === '-' ? `<del>${line}</del>` : `${line}\n`;
    })
    .join('');
}
