import { isCall, type Scenario, type Step } from '../scenario/format.ts';
import type { Side } from './side.ts';

/** Raised whenever the normal form or the shape of a side changes: older recordings cannot be compared then. */
const FORMAT = 1;

/** What is kept of one scenario: both sides in normal form, so that nothing in it is secret or anybody's. */
export interface Recording {
  readonly object: 'parity_recording';
  readonly format: number;
  readonly scenario: string;
  readonly title: string;
  /** What the steps ask for. A recording of other steps says nothing about these. */
  readonly asked: readonly unknown[];
  /** ISO 8601. */
  readonly recorded_at: string;
  readonly versions: RecordedVersions;
  readonly account: RecordedAccount | null;
  /** Another server than Stripe's; null is Stripe. */
  readonly api_base: string | null;
  /** False where the key could not read events. */
  readonly events: boolean;
  readonly test: Side;
  readonly emulator: Side;
}

export interface RecordedVersions {
  readonly payintent: string;
  readonly sdk: string;
  /** Of the API, as every request named it. */
  readonly api: string;
  /** The account's own; null where no event shows it. */
  readonly account: string | null;
}

export interface RecordedAccount {
  readonly country: string | null;
  readonly default_currency: string | null;
}

/** A recording of what has just been played. */
export function recordingOf(
  scenario: Pick<Scenario, 'id' | 'steps' | 'title'>,
  rest: Pick<Recording, 'account' | 'api_base' | 'emulator' | 'events' | 'recorded_at' | 'test' | 'versions'>,
): Recording {
  const { id, title, steps } = scenario;
  return {
    object: 'parity_recording',
    format: FORMAT,
    scenario: id,
    title,
    asked: asked(steps),
    ...rest,
  };
}

/** What of the steps is asked of the API: their words may change. */
export function asked(steps: readonly Step[]): readonly unknown[] {
  return steps.map((step) => {
    const { title: _title, why: _why, expect: _expect, ...rest } = step;
    return JSON.parse(JSON.stringify(isCall(step) ? { ...rest, params: step.params ?? {} } : rest));
  });
}

export function recordingText(recording: Recording): string {
  return `${JSON.stringify(recording, null, 2)}\n`;
}

/** A recording, or the sentence that says why it is none. */
export function readRecording(text: string): Recording | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `it is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (fieldOf(value, 'object') !== 'parity_recording') return 'it is no recording of payintent parity';
  const format = fieldOf(value, 'format');
  if (format !== FORMAT)
    return `it has the format ${String(format)}, and this payintent reads ${FORMAT}: record it again`;
  const texts = ['scenario', 'title', 'recorded_at'].every(
    (name) => typeof fieldOf(value, name) === 'string',
  );
  const sides = ['test', 'emulator'].every((name) => isSide(fieldOf(value, name)));
  const dated = !Number.isNaN(Date.parse(String(fieldOf(value, 'recorded_at'))));
  const versions = fieldOf(value, 'versions');
  const complete =
    texts &&
    sides &&
    dated &&
    Array.isArray(fieldOf(value, 'asked')) &&
    typeof fieldOf(versions, 'api') === 'string';
  return complete ? (value as Recording) : 'parts of it are missing';
}

function isSide(value: unknown): boolean {
  const steps = fieldOf(value, 'steps');
  return (
    Array.isArray(steps) &&
    [...steps, fieldOf(value, 'afterwards')].every((step) => step === null || isStep(step)) &&
    steps.every(isStep) &&
    isStop(fieldOf(value, 'stop'))
  );
}

function isStep(value: unknown): boolean {
  const [answer, events] = [fieldOf(value, 'answer'), fieldOf(value, 'events')];
  return (
    typeof fieldOf(value, 'startedAt') === 'number' &&
    typeof fieldOf(value, 'endedAt') === 'number' &&
    Array.isArray(fieldOf(value, 'answeredAt')) &&
    Array.isArray(events) &&
    events.every((type) => typeof type === 'string') &&
    (answer === null || typeof fieldOf(answer, 'status') === 'number')
  );
}

function isStop(value: unknown): boolean {
  return (
    value === null ||
    (typeof fieldOf(value, 'step') === 'number' && typeof fieldOf(value, 'reason') === 'string')
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
