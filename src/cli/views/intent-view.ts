import { formatAmount } from '../../domain/money.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import { isoTime } from '../output.ts';
import { redact } from '../redact.ts';
import { labelled, labelledWhole, visibleWidth } from '../text.ts';
import type { Ui } from '../ui.ts';
import { type View, valueAt } from '../view.ts';
import { drawLifecycle, paintStatus } from './lifecycle.ts';

export interface IntentViewOptions {
  /** What was done to it, in the past tense: `Created`. Absent where it was only looked at. */
  readonly done?: string;
  /** Shows everything that is set, not only what just happened. */
  readonly whole?: boolean;
}

export const intentColumns = ['id', 'status', 'amount', 'currency', 'created'] as const;

export function intentView(intent: ApiRecord, options: IntentViewOptions = {}): View {
  return { human: (ui) => drawIntent(intent, ui, options), rows: [intent], columns: intentColumns };
}

/** An amount of an object in its own currency; empty where there is none. */
export function amountOf(object: ApiRecord, field = 'amount'): string {
  const [amount, currency] = [object[field], object['currency']];
  return typeof amount === 'number' && typeof currency === 'string' ? formatAmount(amount, currency) : '';
}

/** The headline of an object: what was done, the id, the status, the amount. In two lines where one is too long. */
export function headline(object: ApiRecord, ui: Ui, done: string | undefined): string {
  const id = ui.color.bold(String(object['id']));
  const start = done === undefined ? `  ${id}` : `${ui.color.green('✓')} ${done}  ${id}`;
  const end = [paintStatus(String(object['status']), object['status'], ui), amountOf(object)]
    .filter((part) => part !== '')
    .join('  ');
  const one = `${start}  ${end}`;
  return visibleWidth(one) <= ui.width ? one : `${start}\n  ${end}`;
}

/** The headline, and what somebody who was waiting for it wants to know. */
export function drawIntent(intent: ApiRecord, ui: Ui, { done, whole }: IntentViewOptions): string {
  const label = ui.color.dim;
  const lines = [headline(intent, ui, done), labelledWhole('Status', drawLifecycle(intent, ui, 12), label)];
  const short = (name: string, text: string | undefined) => {
    if (text !== undefined && text !== '') lines.push(labelled(name, redact(text), ui.width, label));
  };
  const exact = (name: string, text: string | undefined) => {
    if (text !== undefined && text !== '')
      lines.push(labelledWhole(name, ui.showSecrets ? text : redact(text), label));
  };
  short('Error', lastError(intent));
  for (const [name, text] of nextAction(intent)) exact(name, text);
  if (intent['status'] === 'requires_capture')
    short('Capture', `up to ${amountOf(intent, 'amount_capturable')}`);
  if (intent['status'] === 'succeeded' && intent['amount_received'] !== intent['amount']) {
    short('Received', amountOf(intent, 'amount_received'));
  }
  short('Reason', textOf(intent['cancellation_reason']));
  exact('Method', idOf(intent['payment_method']));
  exact('Charge', idOf(intent['latest_charge']));
  if (whole === true) {
    exact('Customer', idOf(intent['customer']));
    short('For', textOf(intent['description']));
    short('Metadata', metadataOf(intent));
    if (intent['capture_method'] === 'manual') short('Mode', 'capture_method manual');
    if (typeof intent['created'] === 'number') short('Created', isoTime(intent['created']));
  }
  const secret = textOf(intent['client_secret']);
  if (secret !== undefined && (whole === true || done === 'Created')) {
    const shown = ui.showSecrets ? secret : secret.replace(/^.*(_secret_).*$/, '…$1***  (--show-secrets)');
    lines.push(labelledWhole('Secret', shown, label));
  }
  return lines.join('\n');
}

function lastError(intent: ApiRecord): string | undefined {
  const error = intent['last_payment_error'];
  if (typeof error !== 'object' || error === null) return undefined;
  const codes = [valueAt(error, 'code'), valueAt(error, 'decline_code')].filter(
    (code, index, all): code is string => typeof code === 'string' && all.indexOf(code) === index,
  );
  return [codes.join(' · '), valueAt(error, 'message')]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(': ');
}

/** What the customer has to do, as far as it can be said in a line or two. */
function nextAction(intent: ApiRecord): [string, string][] {
  const type = valueAt(intent, 'next_action.type');
  if (typeof type !== 'string') return [];
  const lines: [string, string][] = [['Action', type]];
  for (const name of [
    'url',
    'hosted_voucher_url',
    'hosted_instructions_url',
    'hosted_verification_url',
    'mobile_auth_url',
  ]) {
    const url = valueAt(intent, `next_action.${type}.${name}`);
    if (typeof url === 'string') lines.push(['', url]);
  }
  return lines;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The id of a reference, expanded or not. */
export function idOf(value: unknown): string | undefined {
  return textOf(typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : value);
}

function metadataOf(intent: ApiRecord): string | undefined {
  const metadata = intent['metadata'];
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  return Object.entries(metadata)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}
