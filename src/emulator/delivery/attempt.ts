import type { AttemptResult, Delivery, ParcelAnswer } from './delivery.ts';
import { type AttemptPlan, type Faults, NO_FAULTS } from './faults.ts';
import { deliveryHeaders } from './headers.ts';
import { isAccepted, isDown, type Outcome, type Post } from './post.ts';
import { type AttemptCounts, type RetrySchedule, retryDelay } from './schedule.ts';
import { signPayload } from './signature.ts';

export interface AttemptOptions {
  readonly post: Post;
  readonly schedule: RetrySchedule;
  readonly timeScale?: number;
  readonly now: () => number;
  readonly signedAt: () => number;
  readonly faults?: Faults;
}

/** Makes one attempt and says what it means. @returns undefined when the attempt was stopped: it then never happened */
export async function attemptDelivery(
  delivery: Delivery,
  answer: Exclude<ParcelAnswer, { kind: 'drop' }>,
  options: AttemptOptions,
  signal: AbortSignal,
): Promise<AttemptResult | undefined> {
  const number = delivery.attempts + 1;
  if (answer.kind === 'skip') {
    return judged(delivery, number, { kind: 'skipped', reason: answer.reason }, options, {});
  }
  const { parcel } = answer;
  const plan = options.faults?.plan(delivery.id, number) ?? NO_FAULTS;
  if (plan.delayMs > 0) await pause(plan.delayMs, signal);
  if (signal.aborted) return undefined;
  const secrets = plan.badSignature ? parcel.secrets.map((secret) => `${secret}_not`) : parcel.secrets;
  const send = () => {
    const signature =
      secrets.length === 0
        ? undefined
        : signPayload(parcel.body, secrets, options.signedAt(), { dummy: true });
    return options.post({
      url: parcel.url,
      body: parcel.body,
      headers: deliveryHeaders(signature, parcel.headers),
      signal,
      ...(parcel.timeoutMs === undefined ? {} : { timeoutMs: parcel.timeoutMs }),
      ...(parcel.skipVerify === undefined ? {} : { skipVerify: parcel.skipVerify }),
      ...(parcel.keepBytes === undefined ? {} : { keepBytes: parcel.keepBytes }),
    });
  };
  const outcome = await send();
  const copies: Outcome[] = [];
  while (copies.length < plan.copies - 1 && !signal.aborted) copies.push(await send());
  if (outcome.kind === 'failed' && outcome.reason === 'stopped') return undefined;
  return judged(delivery, number, outcome, options, {
    url: parcel.url,
    ...(plan === NO_FAULTS ? {} : { plan }),
    ...(copies.length === 0 ? {} : { copies }),
  });
}

function judged(
  delivery: Delivery,
  number: number,
  outcome: AttemptResult['outcome'],
  options: AttemptOptions,
  more: { url?: string; plan?: AttemptPlan; copies?: readonly Outcome[] },
): AttemptResult {
  const sent = outcome.kind !== 'skipped';
  const accepted = sent && isAccepted(outcome) && more.plan?.dropAck !== true;
  const down = sent && isDown(outcome);
  const failed = !accepted;
  const counts: AttemptCounts = {
    failures: delivery.failures + (failed && !down ? 1 : 0),
    unreachable: delivery.unreachable + (down ? 1 : 0),
  };
  const base = { delivery, number, outcome, counts, ...more };
  if (accepted) return { ...base, status: 'succeeded' };
  const delay = retryDelay(options.schedule, counts, down, options.timeScale ?? 1);
  if (delay === undefined) return { ...base, status: 'dead' };
  return { ...base, status: 'failed', nextAttemptAt: options.now() + delay, retryInMs: delay };
}

/** Waits, unless it is cut short. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
