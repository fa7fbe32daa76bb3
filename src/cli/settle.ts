import { isPaymentIntentStatus, PAYMENT_INTENT_STATUSES } from '../domain/statuses.ts';
import { type ApiRecord, pathTo } from '../gateway/gateway.ts';
import type { Context } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import type { Input } from './input.ts';
import type { OptionSpec } from './spec.ts';

/** `--wait` and `--expect`: scripts need no loop of their own. */
export const settleOptions: readonly OptionSpec[] = [
  {
    name: 'wait',
    kind: 'duration',
    value: 'duration',
    summary: 'wait up to this long while it is processing, or for the status of --expect: 30s',
  },
  {
    name: 'expect',
    kind: 'text',
    value: 'status',
    choices: PAYMENT_INTENT_STATUSES,
    complete: 'statuses',
    summary: 'exit 8 unless the intent has this status',
  },
];

export interface Settled {
  readonly intent: ApiRecord;
  /** 0, or 8 when it did not get where it should. */
  readonly exit: number;
}

const firstPause = 250;
const longestPause = 2000;

/** Waits as `--wait` says, then holds the intent against `--expect`. Without either the intent is taken as it is. */
export async function settle(context: Context, input: Input, intent: ApiRecord): Promise<Settled> {
  const wait = input.number('wait');
  const expected = input.text('expect');
  let current = intent;
  if (wait !== undefined && !context.globals.dryRun) {
    const gateway = await context.gateway();
    const until = context.host.now() + wait;
    let pause = firstPause;
    while (!isSettled(current, expected) && context.host.now() < until && !context.signal.aborted) {
      await context.host.sleep(Math.min(pause, Math.max(0, until - context.host.now())), context.signal);
      pause = Math.min(pause * 2, longestPause);
      current = (await gateway.request('GET', pathTo('payment_intents', String(intent['id'])))).object;
    }
  }
  const pending =
    expected === undefined
      ? wait !== undefined && !isSettled(current, undefined)
      : current['status'] !== expected;
  if (pending && expected !== undefined) {
    context.report.note(`expected ${expected}, it is ${String(current['status'])}`, 'Expected');
  } else if (pending) context.report.note(`still ${String(current['status'])}`, 'Waited');
  return { intent: current, exit: pending ? exitCodes.pending : exitCodes.done };
}

/** `processing` is the one status that changes by itself; a final one never does. */
function isSettled(intent: ApiRecord, expected: string | undefined): boolean {
  const status = String(intent['status']);
  if (expected !== undefined && status === expected) return true;
  const final = status === 'succeeded' || status === 'canceled';
  if (expected !== undefined) return final || !isPaymentIntentStatus(status);
  return status !== 'processing';
}
