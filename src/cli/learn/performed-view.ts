import type { ApiRecord } from '../../gateway/gateway.ts';
import { isAdvance, isAuthenticate, isCall, type Step } from '../../scenario/format.ts';
import type { StepResult } from '../../scenario/runner.ts';
import { redact } from '../redact.ts';
import { labelled, wrap } from '../text.ts';
import type { Ui } from '../ui.ts';
import { drawIntent, headline } from '../views/intent-view.ts';
import { drawRefund } from '../views/refund-view.ts';

/** What is said of an intent after an operation on it; of any other nothing was done to it. */
const DONE: Readonly<Record<string, string>> = {
  'payment_intents.create': 'Created',
  'payment_intents.confirm': 'Confirmed',
  'payment_intents.update': 'Updated',
  'payment_intents.capture': 'Captured',
  'payment_intents.cancel': 'Canceled',
};

/** What came back when steps were done for the learner, as the commands themselves would have said it. */
export function drawPerformed(results: readonly StepResult[], ui: Ui): string {
  return results.map((result) => drawResult(result, ui)).join('\n');
}

function drawResult(result: StepResult, ui: Ui): string {
  const { step, answer, error, before, after, replayed } = result;
  if (error !== undefined) {
    const left = error.status === 402 ? after : undefined;
    return [drawRefusal(error, ui), ...(left === undefined ? [] : [headline(left, ui, undefined)])].join(
      '\n',
    );
  }
  if (answer === undefined) {
    const moved = after !== undefined && after['status'] !== before?.['status'];
    return [
      ...(isAdvance(step) ? [`${ui.color.green('✓')} Advanced  ${step.advance}`] : []),
      ...(moved ? [headline(after, ui, undefined)] : []),
    ].join('\n');
  }
  return [
    drawAnswer(step, answer, ui),
    ...(replayed ? [labelled('Replayed', 'the first answer came again', ui.width, ui.color.dim)] : []),
  ].join('\n');
}

function drawAnswer(step: Step, answer: ApiRecord, ui: Ui): string {
  const { object, data } = answer;
  if (object === 'payment_intent') {
    const done = isAuthenticate(step) ? 'Authenticated' : isCall(step) ? DONE[step.call] : undefined;
    return drawIntent(answer, { ...ui, showSecrets: false }, done === undefined ? { whole: true } : { done });
  }
  if (object === 'refund') return drawRefund(answer, ui);
  if (object === 'list' && Array.isArray(data))
    return data.map((one: ApiRecord) => headline(one, ui, undefined)).join('\n');
  if (typeof answer['status'] === 'string') return headline(answer, ui, undefined);
  return `${ui.color.green('✓')} ${ui.color.bold(String(answer['id']))}`;
}

/** A refusal of the API: its codes, and what it says. */
export function drawRefusal(
  {
    status,
    type,
    code = type,
    declineCode,
    message,
  }: {
    readonly status?: number | undefined;
    readonly type?: string | undefined;
    readonly code?: string | undefined;
    readonly declineCode?: string | undefined;
    readonly message: string;
  },
  ui: Ui,
): string {
  const codes = [...new Set([status, code, declineCode])].filter((one) => one !== undefined);
  const [first = '', ...rest] = wrap(
    [codes.join(' '), redact(message)].filter(Boolean).join(': '),
    ui.width - 2,
  );
  return [`${ui.color.red('✗')} ${first}`, ...rest.map((line) => `  ${line}`)].join('\n');
}
