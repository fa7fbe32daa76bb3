import type { CheckOutcome } from '../../lessons/lesson-run.ts';
import type { LessonText, RoundText } from '../../lessons/text.ts';
import type { Ui } from '../ui.ts';
import { foldCommand, isCommand } from './fold-command.ts';
import type { Voice } from './voice.ts';

/** A heading with a text below it. */
export function drawPart(title: string, prose: string, voice: Voice, ui: Ui): string {
  return [voice.line(title, ui, ui.color.bold), '', voice.prose(prose, ui), ''].join('\n');
}

export function drawIntro(text: LessonText, voice: Voice, ui: Ui): string {
  return `\n${drawPart(text.title, text.intro, voice, ui)}`.trimEnd();
}

/** Where one is, and what is there. */
export function drawRound(head: string, { title, setting }: RoundText, voice: Voice, ui: Ui): string {
  return [
    '',
    voice.line(head, ui, ui.color.dim),
    voice.line(title, ui, ui.color.bold),
    '',
    ...(setting === undefined ? [] : [voice.prose(setting, ui), '']),
  ].join('\n');
}

/** Lines to paste: never put to the right. Commands go on in further lines, other code is as it is. */
export function drawCode(blocks: readonly (readonly string[])[], ui: Ui): string {
  return blocks
    .map((lines) => {
      const folded = isCommand(lines[0] ?? '')
        ? lines.flatMap((line) => foldCommand(line, ui.width - 2))
        : lines;
      return folded.map((line) => `  ${ui.color.cyan(line)}`).join('\n');
    })
    .join('\n\n');
}

/** What is so, and the first of what is still missing: what comes after it may hang on it. */
export function drawChecks(
  outcomes: readonly CheckOutcome[],
  { checks }: RoundText,
  voice: Voice,
  ui: Ui,
): string {
  const { met: yes, missing: no } = voice.words.marks;
  const first = outcomes.find(({ met }) => !met);
  return outcomes
    .filter((outcome) => outcome.met || outcome === first)
    .map(({ id, met }) => {
      const words = checks[id];
      const label = ui.accessible ? (met ? yes : no) : met ? '✓' : '–';
      const paint = met ? ui.color.green : ui.color.yellow;
      return voice.row(label, (met ? words?.met : words?.missing) ?? id, ui, paint);
    })
    .join('\n');
}
