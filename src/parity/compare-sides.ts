import { accountCannot, accountReason } from './account-fields.ts';
import { type DifferenceKind, type FieldDifference, fieldDifferences, Pairs } from './field-differences.ts';
import {
  eventCounts,
  type PlayedAnswer,
  type PlayedStep,
  playedSteps,
  type Side,
  type Stop,
} from './side.ts';

/** A difference between the two sides, with where it was first seen. Values are in normal form. */
export interface Difference {
  readonly scenario: string;
  /** Counted from 1; the look afterwards comes after the last step. */
  readonly step: number;
  readonly title: string;
  readonly call: string | null;
  readonly part: 'answer' | 'error' | 'events' | 'header' | 'outcome' | 'status' | 'subject';
  /** `payment_intent.next_action.type`, `error.message`, `HTTP status`, or the type of an event. */
  readonly field: string;
  readonly kind: DifferenceKind;
  readonly test: unknown;
  readonly emulator: unknown;
  /** What it follows from where it depends on the account; null where it says something about the emulator. */
  readonly depends: string | null;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Steps that were played on both sides and compared. */
  readonly compared: number;
  /** Why no more of them were; null where all were. */
  readonly end: ComparisonEnd | null;
}

/**
 * - `account` the account cannot do what the step asks for
 * - `apart` one side was refused what the other did, so that everything after it would differ
 */
export interface ComparisonEnd {
  readonly kind: Stop['kind'] | 'account' | 'apart';
  /** The first step that was not compared, counted from 1. */
  readonly step: number;
  readonly reason: string;
}

export interface CompareOptions {
  readonly scenario: string;
}

/** Compares two sides step by step, as far as both went. Nothing is compared twice: a difference counts where it is first seen. */
export function compareSides(test: Side, emulator: Side, { scenario }: CompareOptions): Comparison {
  const found: Difference[] = [];
  const seen = new Set<string>();
  const pairs = new Pairs();
  const note = (
    index: number,
    step: PlayedStep,
    part: Difference['part'],
    differences: readonly FieldDifference[],
  ): void => {
    for (const difference of differences) {
      const key = JSON.stringify([difference.field, difference.kind, difference.test, difference.emulator]);
      if (seen.has(key)) continue;
      seen.add(key);
      found.push({
        scenario,
        step: index + 1,
        title: step.title,
        call: step.call,
        part,
        ...difference,
        depends: accountReason(difference) ?? null,
      });
    }
  };
  const both = Math.min(test.steps.length, emulator.steps.length);
  for (let index = 0; index < both; index += 1) {
    const [step, other] = [test.steps[index] as PlayedStep, emulator.steps[index] as PlayedStep];
    const end = apartFrom(step.answer, other.answer, index);
    if (end !== undefined) {
      if (end.kind === 'apart') note(index, step, 'status', refusals(step.answer, other.answer));
      return { differences: found, compared: index, end };
    }
    compareStep(step, other, index, pairs, note);
  }
  const end = endOf(test, emulator, both);
  if (end?.kind === 'refused' || end?.kind === 'odd') {
    const place = test.stop === null ? emulator : test;
    note(both, { ...NOWHERE, title: place.steps[both]?.title ?? '' }, 'subject', [
      {
        field: end.kind === 'odd' ? 'the shape of answers' : 'reading it again',
        kind: 'value',
        test: test.stop?.reason ?? 'as it should be',
        emulator: emulator.stop?.reason ?? 'as it should be',
      },
    ]);
    return { differences: found, compared: both, end };
  }
  if (test.afterwards !== null && emulator.afterwards !== null) {
    const { afterwards } = test;
    note(
      both,
      afterwards,
      'subject',
      fieldDifferences(afterwards.subject, emulator.afterwards.subject, '', pairs),
    );
    note(both, afterwards, 'outcome', fieldDifferences(test.outcome, emulator.outcome, '', pairs));
    compareEvents(test, emulator, note);
  }
  return { differences: found, compared: both, end };
}

type Note = (
  index: number,
  step: PlayedStep,
  part: Difference['part'],
  differences: readonly FieldDifference[],
) => void;

function compareStep(step: PlayedStep, other: PlayedStep, index: number, pairs: Pairs, note: Note): void {
  if (step.answer !== null && other.answer !== null) {
    const headers: FieldDifference[] = [];
    if (step.answer.replayed !== other.answer.replayed) {
      headers.push(value('Idempotent-Replayed', step.answer.replayed, other.answer.replayed));
    }
    if (step.answer.apiVersion !== other.answer.apiVersion) {
      headers.push(value('Stripe-Version', step.answer.apiVersion, other.answer.apiVersion));
    }
    note(index, step, 'header', headers);
    const refused = step.answer.status >= 400;
    if (step.answer.status !== other.answer.status) {
      note(index, step, 'status', [value('HTTP status', step.answer.status, other.answer.status)]);
    }
    note(
      index,
      step,
      refused ? 'error' : 'answer',
      fieldDifferences(step.answer.body, other.answer.body, refused ? 'error' : '', pairs),
    );
  }
  if (step.subject !== null || other.subject !== null) {
    note(index, step, 'subject', fieldDifferences(step.subject, other.subject, '', pairs));
  }
}

/** Where one side was refused and the other was not. */
function apartFrom(
  test: PlayedAnswer | null,
  emulator: PlayedAnswer | null,
  index: number,
): ComparisonEnd | undefined {
  if (test === null || emulator === null) return undefined;
  const [refused, other] = [test.status >= 400, emulator.status >= 400];
  if (refused === other) return undefined;
  const message = String(fieldOf((refused ? test : emulator).body, 'message') ?? 'no message');
  if (!refused && fieldOf(emulator.body, 'code') === 'emulator_unsupported') {
    return { kind: 'not-emulated', step: index + 1, reason: message };
  }
  if (refused && accountCannot(message)) return { kind: 'account', step: index + 1, reason: message };
  return {
    kind: 'apart',
    step: index + 1,
    reason: `${refused ? 'test mode' : 'the emulator'} refused it: ${message}`,
  };
}

function refusals(test: PlayedAnswer | null, emulator: PlayedAnswer | null): FieldDifference[] {
  const fields = ['type', 'code', 'param', 'message'].map((name) =>
    value(
      `error.${name}`,
      fieldOf(refusalOf(test), name) ?? null,
      fieldOf(refusalOf(emulator), name) ?? null,
    ),
  );
  return [
    value('HTTP status', test?.status, emulator?.status),
    ...fields.filter((one) => one.test !== one.emulator),
  ];
}

const refusalOf = (answer: PlayedAnswer | null): unknown =>
  answer !== null && answer.status >= 400 ? answer.body : undefined;

function endOf(test: Side, emulator: Side, both: number): ComparisonEnd | null {
  // Test mode's reason comes first: the emulator is played as far as that went.
  const stop = [test.stop, emulator.stop].find((one) => one !== null && one.step <= both) ?? null;
  return stop === null ? null : { kind: stop.kind, step: stop.step + 1, reason: stop.reason };
}

/**
 * Events arrive late and in any order, so that they are counted over the whole story. One that differs is told with the
 * step at which the side that has more of them first had it.
 */
function compareEvents(test: Side, emulator: Side, note: Note): void {
  const [counts, others] = [eventCounts(test), eventCounts(emulator)];
  for (const type of new Set([...counts.keys(), ...others.keys()])) {
    const [count, other] = [counts.get(type) ?? 0, others.get(type) ?? 0];
    if (count === other) continue;
    const side = playedSteps(count > other ? test : emulator);
    const index = side.findIndex(({ events }) => events.includes(type));
    note(index, side[index] as PlayedStep, 'events', [
      { field: type, kind: count > other ? 'missing' : 'extra', test: count, emulator: other },
    ]);
  }
}

function value(field: string, test: unknown, emulator: unknown): FieldDifference {
  return { field, kind: 'value', test, emulator };
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}

const NOWHERE: PlayedStep = {
  title: '',
  call: null,
  request: null,
  startedAt: 0,
  endedAt: 0,
  answeredAt: [],
  answer: null,
  subject: null,
  events: [],
};
