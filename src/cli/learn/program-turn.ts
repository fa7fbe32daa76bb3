import { copyOf, differences, placeCopy, putVersion } from '../../lessons/exercises/copy.ts';
import type { Exercise } from '../../lessons/exercises/exercise.ts';
import type { DiffLine } from '../../lessons/exercises/line-diff.ts';
import { type Answered, visitLog } from '../../lessons/exercises/visit.ts';
import type { Context } from '../context.ts';
import { redact } from '../redact.ts';
import { shellWord } from '../shell-word.ts';
import type { Ui } from '../ui.ts';
import type { OpenClassroom } from './classroom.ts';
import { runShell } from './lesson-shell.ts';
import { drawCode } from './turn-view.ts';
import type { Voice } from './voice.ts';

interface ProgramPlace {
  readonly context: Context;
  readonly classroom: Pick<OpenClassroom, 'programs'>;
  readonly voice: Voice;
}

/** Says where the shop of the round is, and puts the learner's copy of its program there where it is not yet. */
export async function drawProgram(
  exercise: Exercise,
  url: string,
  { programs }: ProgramPlace['classroom'],
  voice: Voice,
): Promise<(ui: Ui) => string> {
  const { words } = voice;
  const copy = exercise.runs === 'copy' ? await placeCopy(programs, exercise.program) : undefined;
  return (ui) =>
    [
      voice.line(words.shop, ui, ui.color.dim),
      drawCode([[`SHOP=${url}`]], ui),
      ...(copy === undefined
        ? []
        : [
            '',
            voice.line(copy.written ? words.programCopied : words.programKept, ui, ui.color.dim),
            drawCode([[copy.file]], ui),
          ]),
      '',
    ].join('\n');
}

/** Opens the learner's copy in their editor and waits until it is closed. Answers false where there is no editor. */
export async function editProgram(place: ProgramPlace, exercise: Exercise | undefined): Promise<boolean> {
  const { context, classroom, voice } = place;
  const { env } = context.host;
  if (exercise === undefined) return false;
  const file = copyOf(classroom.programs, exercise.program);
  const editor = env['VISUAL'] || env['EDITOR'];
  if (editor === undefined || editor === '') {
    context.emit({}, (ui) => `${voice.prose(voice.words.noEditor, ui)}\n${drawCode([[file]], ui)}\n`, []);
    return false;
  }
  await runShell(context, `${editor} ${shellWord(file)}`, env);
  return true;
}

/** Puts the mended program in the place of the learner's: says what that changes, and where theirs went if it was their own. */
export async function mendProgram(place: ProgramPlace, exercise: Exercise): Promise<void> {
  const { context, classroom, voice } = place;
  const change = await differences(classroom.programs, exercise.program, 'mended');
  if (change.length > 0) context.emit({}, (ui) => `\n${drawDifference(change, ui)}`, []);
  const beside = await putVersion(classroom.programs, exercise.program, 'mended');
  if (beside === undefined) return;
  context.emit({}, (ui) => `${voice.prose(voice.words.programBeside, ui)}\n${drawCode([[beside]], ui)}`, []);
}

/** What the mended program has that the learner's has not, and the other way round. */
export async function programDifference(
  { classroom }: ProgramPlace,
  exercise: Exercise | undefined,
): Promise<(ui: Ui) => string> {
  const lines =
    exercise === undefined ? [] : await differences(classroom.programs, exercise.program, 'mended');
  return (ui) => drawDifference(lines, ui);
}

function drawDifference(lines: readonly DiffLine[], ui: Ui): string {
  const drawn = lines.map(({ mark, text }) => {
    const line = `  ${mark} ${text}`.trimEnd();
    return mark === '+' ? ui.color.green(line) : mark === '-' ? ui.color.red(line) : line;
  });
  return `${drawn.join('\n')}\n`;
}

/** What was sent to the program and what it answered, a request on two lines. */
export function drawVisits(answered: readonly Answered[], voice: Voice, ui: Ui): string {
  return visitLog(answered, voice.words.signatures)
    .flatMap(({ sent, answer }) => [
      `  ${ui.color.cyan(voice.log(fitted(sent, ui.width - 2), ui))}`,
      `    ${ui.color.dim(fitted(redact(answer), ui.width - 4))}`,
    ])
    .join('\n');
}

const fitted = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text;
