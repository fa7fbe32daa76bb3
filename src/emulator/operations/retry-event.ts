import { missingParam } from '../api/param-errors.ts';
import { invalidRequest, noSuch } from '../api-error.ts';
import { requirePublishable } from '../caller.ts';
import type { ApiObject } from '../objects.ts';
import { fileResend } from '../stripe-cli/resends.ts';
import type { Call } from '../world.ts';
import { resendEvent } from './resend-event.ts';

/** A public transcript of `stripe events resend` with nobody listening, 2026. */
const NOBODY_LISTENS =
  "No CLI endpoints found to retry delivery. Run 'stripe listen' and retry the request to see the event in the CLI, or provide a specific webhook endpoint.";

/**
 * `POST /v1/events/{id}/retry`, which `stripe events resend` asks for: the event is sent once more, to every
 * `stripe listen` (`for_stripecli`) or to one webhook endpoint. Known from the CLI's source; answers the event.
 *
 * @throws ApiError 404 for an event that there is not; 400 for such an endpoint and when nobody listens; 401 for a publishable key
 */
export function retryEvent(call: Call): ApiObject {
  const { world, path, params, caller } = call;
  if (caller.kind === 'publishable') requirePublishable('events.retry');
  const id = path[0] as string;
  const event = world.get('events', id);
  if (event === undefined) throw noSuch('event', id, 'id', 'path');
  if (params['webhook_endpoint'] !== undefined) {
    resendEvent(call);
    return world.require('events', id);
  }
  if (params['for_stripecli'] !== 'true') throw missingParam('webhook_endpoint');
  if (world.setup.cliListeners() === 0) throw invalidRequest(NOBODY_LISTENS, { param: 'for_stripecli' });
  fileResend(world.store, id);
  return event;
}
