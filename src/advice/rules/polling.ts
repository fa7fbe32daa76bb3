import { type Call, textOf } from '../call.ts';
import { Recent } from '../recent.ts';
import type { Match, Rule } from '../rule.ts';

const SOON = 60;
const MANY = 6;
const MANY_LISTS = 10;

const UNFINISHED: readonly string[] = ['processing', 'requires_action'];

function describe(calls: readonly Call[]): string {
  const seconds = (calls.at(-1)?.created ?? 0) - (calls[0]?.created ?? 0);
  return `${calls.length} times within ${seconds === 0 ? 'a second' : `${seconds}s`}`;
}

export const polling: Rule = {
  id: 'polling',
  title: 'News of payments comes by webhook, not by asking again and again',
  severity: 'warning',
  evidence: `A server retrieved the same PaymentIntent ${MANY} times within a minute and got the same status, processing or requires_action, each time; or it listed events ${MANY_LISTS} times within a minute.`,
  silent: 'Requests with a publishable key: Stripe.js asks again by itself while a customer authenticates.',
  docs: 'https://docs.stripe.com/webhooks',
  watch() {
    const asked = new Recent(SOON);
    const listed = new Recent(SOON);
    return {
      see(call) {
        if (!call.byServer || call.method !== 'GET') return undefined;
        if (call.path === '/v1/events') return eventsMatch(listed.add('events', call));
        const status = textOf(call.intent?.['status']) ?? '';
        if (call.operation !== 'retrieve' || call.intentId === undefined || !UNFINISHED.includes(status))
          return undefined;
        const equal = asked.add(`${call.intentId} ${status}`, call);
        if (equal.length < MANY) return undefined;
        return {
          subject: 'intent',
          calls: equal,
          severity: 'warning',
          reason: `${call.intentId} was retrieved ${describe(equal)} while it was ${status}. Bank debits stay there for days, and in live mode such requests run into the rate limit.`,
          fix:
            status === 'processing'
              ? 'Handle payment_intent.succeeded and payment_intent.payment_failed in a webhook: payintent listen --forward-to localhost:3000/webhook'
              : 'Let the page wait for the customer (stripe.handleNextAction, return_url) and handle payment_intent.succeeded in a webhook: payintent listen --forward-to localhost:3000/webhook',
        };
      },
    };
  },
};

function eventsMatch(calls: readonly Call[]): Match | undefined {
  if (calls.length < MANY_LISTS) return undefined;
  return {
    subject: 'events',
    calls,
    severity: 'warning',
    reason: `/v1/events was listed ${describe(calls)}. Events come late that way, and those older than 30 days are gone.`,
    fix: 'Register a webhook endpoint, and list events only to catch up after an outage: payintent listen --forward-to localhost:3000/webhook',
  };
}
