import type { Ui } from '../ui.ts';
import type { LessonRecord, RoundRecord } from './lesson-record.ts';
import { drawCode, drawPart } from './turn-view.ts';
import type { Voice } from './voice.ts';

/** A whole lesson to read: with the answers, and with what everything leads to. */
export function drawLesson(lesson: LessonRecord, voice: Voice, ui: Ui): string {
  const { words } = voice;
  return [
    voice.line(lesson.title, ui, ui.color.bold),
    voice.line(`\`${lesson.id}\` · ${words.minutes(lesson.minutes)}`, ui, ui.color.dim),
    '',
    voice.prose(lesson.intro, ui),
    '',
    ...lesson.rounds.map((round, index) => drawRound(round, index, lesson, voice, ui)),
    drawPart(words.outro, lesson.outro, voice, ui),
    voice.line(words.readOn, ui, ui.color.dim),
    drawCode([lesson.terms.map((term) => voice.command(`payintent learn glossary ${term}`))], ui),
    '',
  ].join('\n');
}

function drawRound(
  round: RoundRecord,
  index: number,
  { rounds }: LessonRecord,
  voice: Voice,
  ui: Ui,
): string {
  const { words } = voice;
  const kind = words.kinds[round.kind];
  return [
    voice.line(`${words.round(index + 1, rounds.length)} · ${kind}`, ui, ui.color.dim),
    voice.line(round.title, ui, ui.color.bold),
    '',
    ...(round.setting === null ? [] : [voice.prose(round.setting, ui), '']),
    ...(round.predict === null ? [] : drawAnswers(round.predict, voice, ui)),
    drawPart(words.task, round.task, voice, ui),
    ...(round.requests.length === 0
      ? []
      : [
          voice.line(words.oneWay, ui, ui.color.dim),
          drawCode(
            round.requests.map(({ code }) => code.split('\n')),
            ui,
          ),
          '',
        ]),
    voice.line(words.expect, ui, ui.color.dim),
    ...outcomes(round, voice).map((text) => voice.row('-', text, ui)),
    ...round.checks.map(({ met }) => voice.row('-', met, ui)),
    '',
    drawPart(words.why, round.explain, voice, ui),
  ].join('\n');
}

function drawAnswers(predict: NonNullable<RoundRecord['predict']>, voice: Voice, ui: Ui): string[] {
  const { words } = voice;
  const answers = predict.choices.map(({ label, because, right }, index) =>
    voice.row(
      `${words.letters[index]}.`,
      `**${label}**${right ? ` (${words.rightOne})` : ''} – ${because}`,
      ui,
    ),
  );
  return [drawPart(words.question, predict.question, voice, ui), ...answers, ''];
}

function outcomes({ expect }: RoundRecord, { words }: Voice): string[] {
  return expect.flatMap(({ status, error, events }) => [
    ...(error === null
      ? []
      : [
          words.refusal(
            [error.status, error.code]
              .flatMap((part) => part ?? [])
              .map((part) => `\`${part}\``)
              .join(' '),
          ),
        ]),
    ...(status === null ? [] : [words.status(`\`${status}\``)]),
    ...(events.length === 0 ? [] : [words.events(events.map((type) => `\`${type}\``))]),
  ]);
}
