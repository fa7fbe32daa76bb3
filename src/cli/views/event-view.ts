import { formatAmount } from '../../domain/money.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import { redact } from '../redact.ts';
import { padEnd, visibleWidth, wrap } from '../text.ts';
import { narrow, type Ui } from '../ui.ts';
import { valueAt } from '../view.ts';
import { paintStatus } from './lifecycle.ts';

/** What a line about an event says. */
export interface EventFacts {
  readonly id: string;
  readonly type: string;
  /** Unix seconds. */
  readonly created: number;
  /** Id of the object it is about, if that has one. */
  readonly subject: string | undefined;
  /** The intent the event belongs to, or else its subject: events of one group belong together. */
  readonly group: string;
  /** Minor units. */
  readonly amount: number | undefined;
  readonly currency: string | undefined;
  /** Of the object, where it has one. */
  readonly status: string | undefined;
  /** The status the object had before, as far as it was seen. */
  readonly before: string | undefined;
  /** What the event means to somebody who waits for money. */
  readonly hint: string | undefined;
  /** True for the one event an order is fulfilled on. */
  readonly fulfil: boolean;
}

/** How many objects' statuses are remembered. */
const REMEMBERED = 2000;

/** Reads events one after the other, and remembers the statuses of what they are about. */
export function createEventReader(): (event: ApiRecord) => EventFacts {
  const statuses = new Map<string, string>();
  return (event) => {
    const object = recordOf(valueAt(event, 'data.object'));
    const type = String(event['type']);
    const subject = textOf(object['id']);
    const status = textOf(object['status']);
    const before =
      textOf(valueAt(event, 'data.previous_attributes.status')) ??
      (subject === undefined ? undefined : statuses.get(subject));
    if (subject !== undefined && status !== undefined) {
      statuses.delete(subject);
      statuses.set(subject, status);
      const [oldest] = statuses.keys();
      if (statuses.size > REMEMBERED && oldest !== undefined) statuses.delete(oldest);
    }
    const isIntent = object['object'] === 'payment_intent' || object['object'] === 'setup_intent';
    return {
      id: String(event['id']),
      type,
      created: Number(event['created']),
      subject,
      group: (isIntent ? subject : (intentOf(object) ?? subject)) ?? type,
      amount: numberOf(amountIn(type, object)),
      currency: textOf(object['currency']),
      status,
      before: before === status ? undefined : before,
      hint: hintOf(type, object),
      fulfil: type === 'payment_intent.succeeded',
    };
  };
}

/** A partial refund changes `amount_refunded` of its charge, not the amount. */
function amountIn(type: string, object: ApiRecord): unknown {
  if (type === 'charge.refunded') return object['amount_refunded'];
  if (type === 'payment_intent.succeeded') return object['amount_received'];
  if (type === 'payment_intent.amount_capturable_updated') return object['amount_capturable'];
  return object['amount'];
}

function intentOf(object: ApiRecord): string | undefined {
  const intent =
    object['payment_intent'] ??
    object['setup_intent'] ??
    valueAt(object, 'applied_to_payment.payment_intent');
  return textOf(intent) ?? textOf(recordOf(intent)['id']);
}

function hintOf(type: string, object: ApiRecord): string | undefined {
  switch (type) {
    case 'payment_intent.succeeded':
      return 'fulfil the order on this event, once';
    case 'payment_intent.processing':
      return 'not paid yet: wait for payment_intent.succeeded';
    case 'payment_intent.requires_action':
      return 'the customer has something to do';
    case 'payment_intent.amount_capturable_updated':
      return 'reserved, not paid: capture it';
    case 'payment_intent.payment_failed': {
      const error = recordOf(object['last_payment_error']);
      const code = textOf(error['decline_code']) ?? textOf(error['code']);
      return code === undefined ? undefined : `${code}: nothing was paid`;
    }
    default:
      return undefined;
  }
}

/** The line that begins a group: whose events follow. */
export function groupLine(group: string, ui: Ui): string {
  return ui.color.bold(group);
}

const INDENT = '  ';
const TYPE_WIDTH = 31;

/** Clock time in UTC, as the events' own times are. */
export function clockTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 19);
}

/** One event: when, what, how much, and the status; a further line where the terminal is narrow or there is more to say. */
export function eventLines(facts: EventFacts, ui: Ui): string {
  const { color } = ui;
  const start = `${INDENT}${color.dim(clockTime(facts.created * 1000))} `;
  const under = indent(ui);
  const amount =
    facts.amount === undefined || facts.currency === undefined
      ? ''
      : formatAmount(facts.amount, facts.currency);
  const after =
    facts.status === undefined
      ? ''
      : facts.before === undefined
        ? paintStatus(facts.status, facts.status, ui)
        : `${color.dim(facts.before)} ${ui.accessible ? 'to' : '→'} ${paintStatus(facts.status, facts.status, ui)}`;
  const type = paintType(facts.type, ui);
  const tail = [amount, after].filter((part) => part !== '').join('  ');
  const one = [`${start}${padEnd(type, TYPE_WIDTH)}  ${tail}`, `${start}${type}  ${tail}`]
    .map((line) => line.trimEnd())
    .find((line) => visibleWidth(line) <= ui.width);
  const lines = one === undefined ? [...head(start, type, ui), ...fitted([amount, after], under, ui)] : [one];
  if (facts.hint !== undefined) {
    for (const line of wrap(facts.hint, ui.width - under.length))
      lines.push(under + (facts.fulfil ? color.green(color.bold(line)) : color.dim(line)));
  }
  return lines.join('\n');
}

/** What is said below the line of an event stands under its type, or closer where there is little room. */
export function indent(ui: Ui): string {
  return ' '.repeat(ui.width < narrow ? 4 : 11);
}

/** When, and what; on two lines where one does not hold both: types are never cut. */
function head(start: string, type: string, ui: Ui): string[] {
  return visibleWidth(start + type) <= ui.width ? [start + type] : [start.trimEnd(), INDENT + type];
}

/** Parts on one line where they fit, else a line each; a change of status breaks at its arrow. */
function fitted(parts: readonly string[], under: string, ui: Ui): string[] {
  const shown = parts.filter((part) => part !== '');
  if (shown.length === 0) return [];
  const one = under + shown.join('  ');
  if (visibleWidth(one) <= ui.width) return [one];
  return shown.flatMap((part) => {
    if (visibleWidth(under + part) <= ui.width) return [under + part];
    const arrow = part.search(/ (→|to) /);
    return arrow < 0 ? [under + part] : [under + part.slice(0, arrow), `${under}${part.slice(arrow + 1)}`];
  });
}

function paintType(type: string, { color }: Ui): string {
  if (/\.(payment_failed|failed|setup_failed|expired)$/.test(type)) return color.red(type);
  return type === 'payment_intent.succeeded' ? color.green(type) : type;
}

/** An event as a program gets it: client secrets are hidden unless they were asked for. */
export function shownEvent(event: ApiRecord, showSecrets: boolean): unknown {
  return showSecrets ? event : maskSecrets(event);
}

function maskSecrets(value: unknown): unknown {
  if (typeof value === 'string')
    return value.includes('_secret_') || value.includes('whsec_') ? redact(value) : value;
  if (Array.isArray(value)) return value.length === 0 ? value : value.map(maskSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const masked: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) masked[name] = maskSecrets(inner);
  return masked;
}

function recordOf(value: unknown): ApiRecord {
  return typeof value === 'object' && value !== null ? (value as ApiRecord) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
