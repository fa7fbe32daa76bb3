import type { ApiRecord } from '../gateway/gateway.ts';

/** An event as Stripe writes it: pretty-printed with two spaces. One endpoint has not answered yet, namely this one. */
export function bodyOf(event: ApiRecord, compact = false): string {
  const rendered = { ...event, pending_webhooks: 1 };
  return compact ? JSON.stringify(rendered) : JSON.stringify(rendered, null, 2);
}
