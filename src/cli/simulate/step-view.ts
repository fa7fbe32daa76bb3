import { adviceFor } from '../../domain/event-advice.ts';
import { machineOf } from '../../domain/machine.ts';
import { formatAmount } from '../../domain/money.ts';
import type { Change } from '../../scenario/changes.ts';
import { drawRail } from '../diagram/rail.ts';
import { labelled, padEnd, visibleWidth, wrap } from '../text.ts';
import { narrow, type Ui } from '../ui.ts';
import { paintStatus } from '../views/lifecycle.ts';
import type { StepRecord } from './step-record.ts';

/** What a step is about, beyond its record. */
export interface StepScene {
  /** `object` of what the steps are about: `payment_intent`. */
  readonly kind: unknown;
  readonly currency: unknown;
  /** Statuses it has had before this step. */
  readonly seen: readonly string[];
}

const LABEL = 12;

/** Where the lines of a block begin: beside the label, or below it where there is little room. */
const indentOf = (ui: Ui): number => (ui.width < narrow ? 4 : LABEL);

/** Lines under a label, each whole: code is never wrapped. */
function block(label: string, lines: readonly string[], ui: Ui): string[] {
  const title = ui.color.dim(label);
  if (ui.width < narrow) return [`  ${title}`, ...lines.map((line) => `    ${line}`)];
  return lines.map((line, index) => `  ${padEnd(index === 0 ? title : '', LABEL - 2)}${line}`);
}

/** What is about to be done, why, and how it is asked for. */
export function drawPlan(
  record: Pick<StepRecord, 'of' | 'step' | 'title' | 'why'>,
  code: string,
  ui: Ui,
): string {
  const head = `Step ${record.step} of ${record.of}`;
  const lines = wrap(`${head}  ${record.title}`, ui.width);
  return [
    ...lines.map((line, index) =>
      index === 0 ? ui.color.dim(head) + ui.color.bold(line.slice(head.length)) : ui.color.bold(`  ${line}`),
    ),
    ...(record.why === null ? [] : [labelled('Why', record.why, ui.width, ui.color.dim)]),
    ...block('Request', code.split('\n'), ui),
  ].join('\n');
}

/** What came of it. */
export function drawOutcome(record: StepRecord, { kind, currency, seen }: StepScene, ui: Ui): string {
  const machine = machineOf(kind);
  const parts = [
    ...(record.replayed
      ? [labelled('Replayed', 'the answer of the first request came again', ui.width, ui.color.dim)]
      : []),
    ...answerLines(record, ui),
    ...statusLines(record, ui),
  ];
  if (machine !== undefined && record.status !== null) {
    parts.push('', drawRail(machine, { now: record.status, seen }, ui), '');
  }
  parts.push(...changeLines(record, currency, ui), ...eventLines(record, ui));
  if (record.next !== null) parts.push(labelled('Next', record.next, ui.width, ui.color.dim));
  for (const text of record.deviations) parts.push(`${ui.color.red('✗')} ${text}`);
  return parts.join('\n');
}

function answerLines({ error }: StepRecord, ui: Ui): string[] {
  if (error === null) return [];
  const codes = [error.status, error.code, error.decline_code].filter(
    (part, index, all) => part !== null && all.indexOf(part) === index,
  );
  return [labelled('Answer', `${codes.join(' ')}: ${error.message}`, ui.width, ui.color.dim)];
}

function statusLines({ status, status_before: before }: StepRecord, ui: Ui): string[] {
  if (status === null) return [];
  const now = paintStatus(status, status, ui);
  const arrow = ui.accessible ? 'to' : '→';
  const text = before === null ? now : before === status ? `${now} (as before)` : `${before} ${arrow} ${now}`;
  const one = `  ${padEnd(ui.color.dim('Status'), LABEL - 2)}${text}`;
  if (visibleWidth(one) <= ui.width || before === null) return [one];
  return [
    `  ${padEnd(ui.color.dim('Status'), LABEL - 2)}${before}`,
    `${' '.repeat(LABEL)}${before === status ? '(as before)' : `${arrow} ${now}`}`,
  ];
}

/** Of a new object, the fields that say something; the others are there from the start. */
const TELLING = new Set([
  'amount',
  'amount_capturable',
  'amount_received',
  'cancellation_reason',
  'capture_method',
  'confirmation_method',
  'customer',
  'last_payment_error',
  'latest_charge',
  'next_action',
  'payment_method',
  'setup_future_usage',
  'latest_attempt',
  'last_setup_error',
  'usage',
  'name',
]);

/** Zeros and what is usual say nothing of a new object. */
function tells(field: string, value: unknown): boolean {
  return TELLING.has(field) && value !== 0 && !String(value).startsWith('automatic');
}

/** Fields nobody reads for their value, or that are told elsewhere. */
const SILENT = new Set(['client_secret', 'status', 'processing', 'amount_details']);
/** More changes than this are counted. */
const MOST = 10;

function changeLines({ changes, status_before: before }: StepRecord, currency: unknown, ui: Ui): string[] {
  const told = changes.filter(({ field, after }) => {
    const root = field.split('.')[0] ?? '';
    return !SILENT.has(root) && (before !== null || tells(field, after));
  });
  if (told.length === 0) return [];
  const shown = told.slice(0, MOST);
  const width = Math.max(...shown.map(({ field }) => field.length));
  const lines = shown.flatMap((change) => changeLine(change, width, before === null, currency, ui));
  const rest = told.length - shown.length;
  if (rest > 0) lines.push(`and ${rest} more`);
  return block(before === null ? 'Set' : 'Changed', lines, ui);
}

function changeLine(
  { field, before, after }: Change,
  width: number,
  isNew: boolean,
  currency: unknown,
  ui: Ui,
): string[] {
  const [old, now] = [valueText(field, before, currency), valueText(field, after, currency)];
  const values = isNew ? now : `${ui.color.dim(old)} ${ui.accessible ? 'to' : '→'} ${now}`;
  const one = `${padEnd(field, width)}  ${values}`;
  if (visibleWidth(one) + indentOf(ui) <= ui.width) return [one];
  if (isNew || visibleWidth(values) + 2 + indentOf(ui) <= ui.width) return [field, `  ${values}`];
  return [field, `  ${ui.color.dim(old)}`, `  ${ui.accessible ? 'to' : '→'} ${now}`];
}

/** A value in few words: amounts as money, parts of an object by what tells them apart. */
function valueText(field: string, value: unknown, currency: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number' && /^amount/.test(field) && typeof currency === 'string') {
    return `${value} (${formatAmount(value, currency)})`;
  }
  if (typeof value === 'string') return value.length > 60 ? `${value.slice(0, 57)}…` : value;
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'object') ? value.join(', ') : '[…]';
  for (const name of ['decline_code', 'code', 'type', 'id', 'status']) {
    const found: unknown = Reflect.get(value, name);
    if (typeof found === 'string') return `{ ${name}: ${found} }`;
  }
  const names = Object.keys(value);
  return names.length > 3 ? `{ ${names.slice(0, 2).join(', ')}, … }` : `{ ${names.join(', ')} }`;
}

function eventLines({ events, act_on: act }: StepRecord, ui: Ui): string[] {
  if (events.length === 0) return [labelled('Events', 'none', ui.width, ui.color.dim)];
  const lines = events.flatMap((type) => {
    if (type !== act?.type) return [`  ${ui.color.dim(type)}`];
    const said = `${type} (act on this)`;
    const fits = said.length + indentOf(ui) <= ui.width;
    const head = ui.accessible ? (fits ? said : type) : `▸ ${ui.color.bold(type)}`;
    const advice = adviceFor(type) ?? '';
    const one = `${head}  ${advice}`;
    if (ui.width >= narrow && visibleWidth(one) + LABEL <= ui.width) return [one];
    const below = ui.accessible && !fits ? `act on this: ${advice}` : advice;
    return [head, ...wrap(below, ui.width - indentOf(ui) - 4).map((line) => `    ${line}`)];
  });
  if (ui.width >= narrow) return block('Events', lines, ui);
  return [`  ${ui.color.dim('Events')}`, ...lines.map((line) => `  ${line}`)];
}
