import { invalidRequest, noSuch } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { fileDeliveries, listenersOf } from '../webhook-listeners.ts';
import type { Call, World } from '../world.ts';

/**
 * `POST /_payintent/events/{id}/resend`: files deliveries of a stored event once more, to every webhook endpoint that
 * wants it, or to the one named by `webhook_endpoint`, as Stripe's Dashboard does it.
 *
 * @throws ApiError 404 for an event or endpoint that there is not, 400 for a disabled endpoint
 */
export function resendEvent({ world, path, params }: Call): ApiHash {
  const id = path[0] as string;
  const event = world.get('events', id);
  if (event === undefined) throw noSuch('event', id, 'id', 'path');
  const named = params['webhook_endpoint'];
  const endpoints =
    named === undefined
      ? listenersOf(world.store, event['type'] as string)
      : [endpointNamed(world, String(named))];
  const again = { ...event, pending_webhooks: pendingWith(world, event, endpoints) };
  world.update('events', again);
  fileDeliveries(world, again, endpoints);
  return {
    object: 'event_resend',
    event: id,
    webhook_endpoints: endpoints.map((endpoint) => ({ id: endpoint.id, url: endpoint['url'] })),
  };
}

function endpointNamed(world: World, id: string): ApiObject {
  const endpoint = world.get('webhook_endpoints', id);
  if (endpoint === undefined) throw noSuch('webhook endpoint', id, 'webhook_endpoint', 'parameter');
  if (endpoint['status'] === 'enabled') return endpoint;
  throw invalidRequest(`The webhook endpoint ${id} is disabled.`, { param: 'webhook_endpoint' });
}

/** Each acceptance counts one down; an endpoint whose delivery was given up is still counted. */
function pendingWith(world: World, event: ApiObject, endpoints: readonly ApiObject[]): number {
  const fresh = endpoints.filter(({ id }) => {
    const where = { event: event.id, endpoint: id };
    const [latest] = world.store.list({ collection: 'webhook_deliveries', where, limit: 1 }).data;
    return latest?.['status'] !== 'dead';
  });
  return (event['pending_webhooks'] as number) + fresh.length;
}
