import { LESSONS } from '../../lessons/curriculum.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import type { LessonText } from '../../lessons/text.ts';
import type { SnippetLanguage } from '../../scenario/snippets/snippet.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { PromptCancelled } from '../host.ts';
import type { Result } from '../spec.ts';
import type { Ui } from '../ui.ts';
import { openClassroom } from './classroom.ts';
import { type Ending, Player } from './player.ts';
import { keepProgress, readProgress } from './progress.ts';
import { drawCode } from './turn-view.ts';
import type { Voice } from './voice.ts';

export interface Wanted {
  readonly lesson: Lesson;
  readonly text: LessonText;
  readonly voice: Voice;
  readonly as: SnippetLanguage;
}

/** Takes a lesson at a terminal, from where it was left if it was. @throws GatewayError, OfflineStateError */
export async function takeLesson(context: Context, wanted: Wanted): Promise<Result> {
  const { lesson, voice } = wanted;
  const directory = context.directories.config;
  const known = readProgress(directory)[lesson.id] ?? { guesses: {} };
  const prompter = await context.ask('--print');
  let goesOn: boolean;
  try {
    goesOn = known.left !== undefined && known.left.round < lesson.rounds.length;
    if (goesOn && known.left !== undefined) {
      goesOn = await prompter.select(
        voice.question(voice.words.resumeQuestion(known.left.round + 1, lesson.rounds.length), [
          { name: voice.words.resume, value: true },
          { name: voice.words.startOver, value: false },
        ]),
      );
    }
  } catch (error) {
    if (error instanceof PromptCancelled) return { exit: exitCodes.interrupted };
    throw error;
  }
  const classroom = await openClassroom(context);
  try {
    const player = new Player(
      {
        context,
        ...wanted,
        classroom,
        prompter,
        keep: (progress) => keepProgress(directory, lesson.id, progress),
      },
      known,
      wanted.as,
    );
    const ending = await player.go(goesOn ? known : {});
    return await ended(context, ending, player, wanted);
  } finally {
    await classroom.close();
  }
}

async function ended(context: Context, ending: Ending, player: Player, wanted: Wanted): Promise<Result> {
  const { lesson, voice } = wanted;
  const say = (draw: (ui: Ui) => string): void => context.emit({}, draw, []);
  if (ending !== 'done') {
    const place = voice.words.left(player.round + 1, lesson.rounds.length);
    say((ui) => `\n${voice.prose(place, ui)}`);
    return {
      exit: ending === 'cancelled' ? exitCodes.interrupted : exitCodes.done,
      ...voice.next([`payintent learn ${lesson.id}`]),
    };
  }
  await keepProgress(context.directories.config, lesson.id, {
    done: Math.floor(context.host.now() / 1000),
    guesses: player.guesses,
  });
  const next = LESSONS[LESSONS.indexOf(lesson) + 1];
  say((ui) => drawEnd(player, wanted, next, ui));
  return voice.next([next === undefined ? 'payintent learn --list' : `payintent learn ${next.id}`]);
}

/** How it went, and where to go on. */
function drawEnd(player: Player, { lesson, text, voice }: Wanted, next: Lesson | undefined, ui: Ui): string {
  const { words } = voice;
  const asked = lesson.rounds.filter(({ predict }) => predict !== undefined);
  const right = asked.filter(({ id, predict }) => player.guesses[id] === predict?.right);
  return [
    '',
    voice.row('✓', words.lessonDone(text.title), ui, ui.color.green),
    ...(asked.length === 0 ? [] : [voice.line(words.guessed(right.length, asked.length), ui)]),
    '',
    voice.line(words.readOn, ui, ui.color.dim),
    drawCode([lesson.terms.map((term) => voice.command(`payintent learn glossary ${term}`))], ui),
    ...(next === undefined ? ['', voice.prose(words.allDone, ui)] : []),
  ].join('\n');
}
