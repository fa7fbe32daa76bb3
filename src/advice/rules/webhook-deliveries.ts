import type { AccountNow, DeliveryNow } from '../../gateway/logged-calls.ts';
import type { Match, Rule } from '../rule.ts';

/** A handler that takes longer does its work before it answers. Stripe itself gives up after some more seconds. */
const SLOW_MS = 5000;

const refused = ({ httpStatus }: DeliveryNow): boolean =>
  httpStatus !== null && (httpStatus < 200 || httpStatus >= 300);
const slow = ({ httpStatus, reason, ms }: DeliveryNow): boolean =>
  reason === 'timeout' || (httpStatus !== null && (ms ?? 0) >= SLOW_MS);

export const webhookDeliveries: Rule = {
  id: 'webhook-deliveries',
  title: 'Webhook handlers accept events, and quickly',
  severity: 'warning',
  evidence: `Deliveries to registered endpoints whose last attempt was not answered with 2xx, or timed out, or took ${SLOW_MS / 1000} seconds or more.`,
  silent:
    'Endpoints where nobody listened (connection refused), and deliveries that were accepted in the end. Deliveries of payintent listen are not in the state.',
  docs: 'https://docs.stripe.com/webhooks#best-practices',
  watch: () => ({ end: ({ deliveries }: AccountNow) => [...refusals(deliveries), ...delays(deliveries)] }),
};

function refusals(deliveries: readonly DeliveryNow[]): Match[] {
  return [...byEndpoint(deliveries.filter(refused))].map(([endpoint, list]) => {
    const statuses = [...new Set(list.map(({ httpStatus }) => httpStatus))].join(', ');
    const types = [...new Set(list.map(({ eventType }) => eventType))];
    return {
      subject: `refused ${endpoint}`,
      calls: [],
      severity: 'warning',
      reason: `${list[0]?.url} answered ${statuses} to ${list.length === 1 ? 'an event' : `${list.length} events`} (${types.slice(0, 3).join(', ')}${types.length > 3 ? ', …' : ''}). Stripe sends such events again for three days, then never; an endpoint that goes on failing is disabled.`,
      fix: `payintent webhook test ${list[0]?.url}`,
    };
  });
}

function delays(deliveries: readonly DeliveryNow[]): Match[] {
  return [...byEndpoint(deliveries.filter(slow))].map(([endpoint, list]) => {
    const longest = Math.max(...list.map(({ ms }) => ms ?? 0));
    return {
      subject: `slow ${endpoint}`,
      calls: [],
      severity: 'warning',
      reason: `${list[0]?.url} took up to ${Math.round(longest / 100) / 10}s for ${list.length === 1 ? 'an event' : `${list.length} events`}. What takes too long counts as failed and is sent again, so the work is done twice.`,
      fix: 'Check the signature, put the event into a queue, answer 200, and do the work afterwards',
    };
  });
}

function byEndpoint(deliveries: readonly DeliveryNow[]): Map<string, DeliveryNow[]> {
  const groups = new Map<string, DeliveryNow[]>();
  for (const delivery of deliveries)
    groups.set(delivery.endpoint, [...(groups.get(delivery.endpoint) ?? []), delivery]);
  return groups;
}
