import type { ApiRecord } from '../../gateway/gateway.ts';
import { isAdvance, isAuthenticate } from '../../scenario/format.ts';
import type { StepResult } from '../../scenario/runner.ts';
import type { TriggerRow } from '../../scenario/triggers.ts';
import { labelled, labelledWhole, wrap } from '../text.ts';
import type { Ui } from '../ui.ts';
import type { View } from '../view.ts';
import { drawStep } from './step-view.ts';

/** What a trigger did. */
export interface Triggered {
  readonly type: string;
  /** The event that was wanted. */
  readonly event: ApiRecord;
  /** What was played, for people. */
  readonly flow: string;
  /** Id of the scenario; null where an intent was continued. */
  readonly scenario: string | null;
  readonly results: readonly StepResult[];
  readonly emulated: boolean;
}

export function triggerView(done: Triggered): View {
  const events = done.results.flatMap((result) => result.events);
  return {
    human: (ui) => draw(done, ui),
    rows: events.map((event) => ({ ...event, subject: subjectId(event) })),
    columns: ['id', 'type', 'subject', 'created'],
  };
}

function subjectId(event: ApiRecord): unknown {
  const data = event['data'] as { object?: { id?: unknown } } | undefined;
  return data?.object?.id ?? null;
}

function draw({ type, event, flow, results, emulated }: Triggered, ui: Ui): string {
  const { color } = ui;
  return [
    `${color.green('✓')} Triggered  ${color.bold(type)}`,
    labelledWhole('Event', String(event['id']), color.dim),
    labelled('Flow', flow, ui.width, color.dim),
    ...results.map((result) => `\n${drawStep(result, ui, { wanted: type, emulated })}`),
  ].join('\n');
}

/** The same for programs. */
export function triggerData(done: Triggered, target: string): Record<string, unknown> {
  const { type, event, scenario, results } = done;
  return {
    object: 'trigger',
    type,
    scenario,
    target,
    steps: results.map(stepData),
    event,
    events: results.flatMap((result) => result.events),
  };
}

/** One step for programs: what was sent, what came of it. */
function stepData(result: StepResult): Record<string, unknown> {
  const { step, request, answer, error, status, events } = result;
  return {
    title: step.title,
    kind: isAdvance(step) ? 'advance' : isAuthenticate(step) ? 'authenticate' : 'call',
    request,
    answer: answer === undefined ? null : { id: answer['id'] ?? null, object: answer['object'] ?? null },
    error:
      error === undefined
        ? null
        : {
            status: error.status ?? null,
            type: error.type ?? null,
            code: error.code ?? null,
            decline_code: error.declineCode ?? null,
            message: error.message,
          },
    status: status ?? null,
    events: events.map((event) => event['type']),
  };
}

/** `trigger --list` */
export function triggerListView(rows: readonly TriggerRow[]): View {
  return {
    human: (ui) => drawList(rows, ui),
    rows: rows.map((row) => ({ ...row, targets: row.targets.join(',') })),
    columns: ['type', 'scenario', 'targets', 'reason'],
    key: 'type',
  };
}

function drawList(rows: readonly TriggerRow[], ui: Ui): string {
  const can = rows.filter(({ scenario }) => scenario !== null);
  const cannot = rows.filter(({ scenario }) => scenario === null);
  const { color } = ui;
  const under = (text: string) =>
    wrap(text, Math.max(20, ui.width - 6)).map((line) => `      ${color.dim(line)}`);
  return [
    color.bold('Can be triggered'),
    ...can.flatMap(({ type, title, targets, reason }) => [
      `  ${type}`,
      ...under(title ?? ''),
      ...(targets.includes('test') ? [] : under(`offline only: ${reason}`)),
    ]),
    '',
    color.bold('Cannot be triggered'),
    ...cannot.flatMap(({ type, reason }) => [`  ${type}`, ...under(reason ?? '')]),
  ].join('\n');
}
