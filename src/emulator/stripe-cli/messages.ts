import { eventBody } from '../delivery/event-body.ts';
import { deliveryHeaders } from '../delivery/headers.ts';
import { signPayload } from '../delivery/signature.ts';
import type { ApiObject } from '../objects.ts';
import type { LoggedRequest } from '../request-log.ts';

/**
 * The messages of the two WebSocket feeds, with the fields that Stripe's CLI 1.52 reads. Payloads are texts inside the
 * message: the CLI passes the body of an event on byte for byte.
 */

export interface WebhookFacts {
  /** `we_...` of the session. */
  readonly webhook: string;
  readonly secret: string;
  /** Unix seconds in real time: verifiers compare it with their own clock. */
  readonly signedAt: number;
}

/** An event for `stripe listen`. A null `api_version` means the account's own, which is all that the CLI asks for. */
export function webhookEventMessage(event: ApiObject, facts: WebhookFacts): string {
  // The CLI is a listener too.
  const body = eventBody(event, Math.max(1, Number(event['pending_webhooks'])));
  const signature = signPayload(body, facts.secret, facts.signedAt, { dummy: true });
  return JSON.stringify({
    type: 'webhook_event',
    endpoint: { api_version: null },
    event_payload: body,
    http_headers: deliveryHeaders(signature),
    webhook_conversation_id: `wc_${event.id.slice('evt_'.length)}`,
    webhook_id: facts.webhook,
  });
}

/** Fields of an error that the CLI prints; what an error lacks is an empty text. */
const ERROR_FIELDS = ['type', 'charge', 'code', 'decline_code', 'message', 'param'] as const;

/** The answer to a request has an id of its own, which acknowledgements name. */
export const requestLogId = (entry: LoggedRequest): string => entry.id.replace(/^req_/, 'resp_');

/** A request for `stripe logs tail`. */
export function requestLogMessage(entry: LoggedRequest): string {
  const found = entry.status < 400 ? {} : errorOf(entry.answer);
  const error = Object.fromEntries(ERROR_FIELDS.map((name) => [name, textOf(found[name])]));
  return JSON.stringify({
    type: 'request_log_event',
    request_log_id: requestLogId(entry),
    event_payload: JSON.stringify({
      created_at: entry.created,
      livemode: false,
      method: entry.method,
      request_id: entry.id,
      status: entry.status,
      url: entry.url.replace(/\?.*$/s, ''),
      error: { ...error, error_insight: '' },
    }),
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function errorOf(answer: string): Readonly<Record<string, unknown>> {
  try {
    const { error } = JSON.parse(answer) as { error?: Record<string, unknown> };
    return error ?? {};
  } catch {
    // An answer too long to be kept whole.
    return {};
  }
}

/**
 * What the CLI has received, by its message: the id of an event or of a logged answer. It acknowledges each thing at once
 * and tells later what the local endpoint answered. Undefined for anything else.
 */
export function acknowledged(message: string): string | undefined {
  try {
    const parsed = JSON.parse(message) as Readonly<Record<string, unknown>> | null;
    const id = parsed?.['type'] === 'event_ack' ? parsed['event_id'] : undefined;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
