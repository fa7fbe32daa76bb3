import type { ApiHash } from '../objects.ts';

/**
 * The body of a delivery: the whole event, pretty-printed with two spaces as real ones are, and without a line end.
 *
 * @param pendingWebhooks how many endpoints had not accepted the event when it was rendered. A rendered event never
 *   changes (documented), while the number on the stored event falls.
 */
export function eventBody(event: ApiHash, pendingWebhooks?: number): string {
  const rendered = pendingWebhooks === undefined ? event : { ...event, pending_webhooks: pendingWebhooks };
  return JSON.stringify(rendered, null, 2);
}
