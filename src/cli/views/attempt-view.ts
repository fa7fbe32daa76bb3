import type { Attempt } from '../../gateway/forwarding/forward.ts';
import { redact } from '../redact.ts';
import { flow, visibleWidth, wrap } from '../text.ts';
import type { Ui } from '../ui.ts';
import { indent } from './event-view.ts';

/** How much of an answer that did not accept an event is shown: enough for a message, not for a whole page. */
const BODY_START = 500;

export interface AttemptViewOptions {
  /** Says where it went: there are several destinations. */
  readonly showUrl: boolean;
  /** Shows bodies whole, those of accepted deliveries too. */
  readonly wholeBodies: boolean;
  /** Milliseconds of real time. */
  readonly now: number;
}

const reasons: Readonly<Record<string, string>> = {
  refused: 'nobody listens there',
  unreachable: 'nobody can be reached there',
  dns: 'no such host',
  reset: 'the connection was cut',
  timeout: 'no answer in time',
  tls: 'no secure connection; --skip-verify takes any certificate',
  not_http: 'the answer is no HTTP',
  url: 'nothing can be sent to this address',
};

/** What the handler answered: `← 200  12 ms  payment_intent.succeeded`, and why it counts as failed where it does. */
export function attemptLines(attempt: Attempt, ui: Ui, options: AttemptViewOptions): string {
  const { color } = ui;
  const under = indent(ui);
  const answered = attempt.httpStatus !== undefined;
  const accepted = attempt.httpStatus !== undefined && attempt.httpStatus < 300 && attempt.httpStatus >= 200;
  const what = answered ? String(attempt.httpStatus) : (attempt.reason ?? 'failed');
  const paint = attempt.status === 'succeeded' ? color.green : color.red;
  const lines = flow(
    [
      `${under}${ui.accessible ? 'answer' : '←'} ${paint(what)}`,
      color.dim(`${Math.round(attempt.milliseconds)} ms`),
      color.dim(attempt.eventType),
    ],
    '  ',
    ui.width,
  ).map((line, index) => (index === 0 ? line : besideOrBelow(under, line, ui)));
  const more = (text: string) => {
    lines.push(...wrap(text, Math.max(20, ui.width - under.length - 2)).map((line) => `${under}  ${line}`));
  };
  const where = color.dim(`to ${attempt.url}`);
  if (options.showUrl || attempt.status !== 'succeeded') {
    const one = `${lines.at(-1)}  ${where}`;
    if (visibleWidth(one) <= ui.width) lines[lines.length - 1] = one;
    else lines.push(`${under}  ${where}`);
  }
  if (attempt.faults.length > 0) more(color.yellow(`injected: ${attempt.faults.join(', ')}`));
  if (!answered) more(reasons[attempt.reason ?? ''] ?? attempt.message ?? '');
  const margin = `${under}  ${ui.accessible ? 'body:' : '│'} `;
  for (const line of bodyLines(attempt, options.wholeBodies, accepted))
    for (const piece of pieces(line, ui.width - margin.length)) lines.push(color.dim(margin) + piece);
  if (attempt.status !== 'succeeded') {
    const [id, next] = [`${under}  ${attempt.eventId}`, fate(attempt, options.now)];
    if (visibleWidth(`${id}  ${next}`) <= ui.width) lines.push(`${id}  ${next}`);
    else {
      lines.push(id);
      more(next);
    }
  }
  return lines.join('\n');
}

/** A line under another one, with less in front of it where it would not fit. */
function besideOrBelow(under: string, line: string, ui: Ui): string {
  const further = `${under}  ${line}`;
  return visibleWidth(further) <= ui.width ? further : `  ${line}`;
}

function bodyLines(attempt: Attempt, whole: boolean, accepted: boolean): string[] {
  if (attempt.body === '' || (accepted && !whole)) return [];
  const { text, cut } = bodyStart(attempt, whole);
  const lines = printable(redact(text)).trimEnd().split(/\r?\n/);
  return cut ? [...lines.slice(0, -1), `${lines.at(-1)} …`] : lines;
}

/** A line of somebody else's, cut where the terminal ends. */
function pieces(line: string, width: number): string[] {
  const size = Math.max(20, width);
  const cut: string[] = [];
  for (let at = 0; at < Math.max(1, line.length); at += size) cut.push(line.slice(at, at + size));
  return cut;
}

/** The start of an answer's body as it is shown, and whether there is more. */
export function bodyStart(
  attempt: Attempt,
  whole: boolean,
): { readonly text: string; readonly cut: boolean } {
  if (whole || attempt.body.length <= BODY_START) return { text: attempt.body, cut: attempt.bodyCut };
  return { text: attempt.body.slice(0, BODY_START), cut: true };
}

/** A handler's answer must not move the cursor or paint the terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (char) => (char === '\r' ? char : '�'));
}

function fate(attempt: Attempt, now: number): string {
  if (attempt.status === 'dead') {
    return attempt.number === 1 ? 'given up' : `given up after ${attempt.number} attempts`;
  }
  const wait = Math.max(0, (attempt.retryAt ?? now) - now);
  return `attempt ${attempt.number + 1} follows in ${seconds(wait)}`;
}

function seconds(milliseconds: number): string {
  if (milliseconds < 950) return `${Math.round(milliseconds)} ms`;
  const whole = Math.round(milliseconds / 1000);
  return whole < 120 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}
