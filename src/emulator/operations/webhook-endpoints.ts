import { buildObject } from '../api/build-object.ts';
import { invalidRequest, noSuch, unsupported } from '../api-error.ts';
import { mergeMetadata } from '../metadata.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { abandonDeliveries } from '../webhook-listeners.ts';
import type { Call, Operations } from '../world.ts';
import { listObjects } from './list.ts';

/** What the emulator knows of a webhook endpoint and the API shows only once. */
export interface EndpointFacts {
  /** `whsec_...` */
  secret: string;
}

/** Test mode allows this many (public logs). */
const MOST_ENDPOINTS = 16;

/** The endpoints of webhook endpoints. None of them sends an event. */
export const webhookEndpoints: Operations = {
  'webhook_endpoints.create': createEndpoint,
  'webhook_endpoints.retrieve': endpointOfCall,
  'webhook_endpoints.update': updateEndpoint,
  'webhook_endpoints.del': deleteEndpoint,
  'webhook_endpoints.list': (call) =>
    listObjects(call, { collection: 'webhook_endpoints', noun: 'webhook endpoint' }),
};

/**
 * `POST /v1/webhook_endpoints`: the only answer that shows the signing secret (documented). Stripe takes public addresses
 * only; the emulator reaches `localhost` and takes it.
 *
 * @throws ApiError 400
 */
function createEndpoint({ world, params }: Call): ApiHash {
  if (params['connect'] === true) throw unsupported('Events of connected accounts', 'connect');
  const version = params['api_version'];
  if (version !== undefined && version !== world.setup.apiVersion) {
    throw unsupported(`Sending events in another version than ${world.setup.apiVersion}`, 'api_version');
  }
  if (world.store.count('webhook_endpoints') >= MOST_ENDPOINTS) {
    throw invalidRequest(`You have reached the maximum of ${MOST_ENDPOINTS} test webhook endpoints.`);
  }
  const endpoint = buildObject('webhook_endpoint', {
    id: world.ids.plain('we', world.now),
    api_version: version ?? null,
    created: world.now,
    description: params['description'] || null,
    enabled_events: readEvents(params['enabled_events']),
    metadata: mergeMetadata({}, params['metadata']),
    status: 'enabled',
    url: readUrl(params['url']),
  });
  world.insert('webhook_endpoints', endpoint);
  const secret = world.ids.signingSecret();
  world.remember<EndpointFacts>(endpoint.id, { secret });
  return buildObject('webhook_endpoint', { ...endpoint, secret });
}

function endpointOfCall({ world, path }: Call): ApiObject {
  const id = path[0] as string;
  const endpoint = world.get('webhook_endpoints', id);
  if (endpoint === undefined) throw noSuch('webhook endpoint', id, 'id', 'path');
  return endpoint;
}

/** `POST /v1/webhook_endpoints/{id}` @throws ApiError 400, 404 */
function updateEndpoint(call: Call): ApiObject {
  const { world, params } = call;
  const endpoint = endpointOfCall(call);
  if (params['url'] !== undefined) endpoint['url'] = readUrl(params['url']);
  if (params['enabled_events'] !== undefined) {
    endpoint['enabled_events'] = readEvents(params['enabled_events']);
  }
  if (params['description'] !== undefined) endpoint['description'] = params['description'] || null;
  if (params['disabled'] !== undefined) endpoint['status'] = params['disabled'] ? 'disabled' : 'enabled';
  if (params['metadata'] !== undefined) {
    endpoint['metadata'] = mergeMetadata(endpoint['metadata'], params['metadata']);
  }
  return world.update('webhook_endpoints', endpoint);
}

/** `DELETE /v1/webhook_endpoints/{id}` @throws ApiError 404 */
function deleteEndpoint(call: Call): ApiHash {
  const { id } = endpointOfCall(call);
  abandonDeliveries(call.world.store, id);
  call.world.store.remove('webhook_endpoints', id);
  return { id, object: 'webhook_endpoint', deleted: true };
}

/** Both sentences are quoted in public code that handles them. @throws ApiError 400 `url_invalid` */
function readUrl(given: unknown): string {
  const text = given as string;
  const invalid = (message: string) => invalidRequest(message, { code: 'url_invalid', param: 'url' });
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    throw invalid('Invalid URL: An explicit scheme (such as https) must be provided.');
  }
  if (!/^https?:/i.test(text) || !URL.canParse(text)) throw invalid('Not a valid URL');
  return text;
}

function readEvents(given: unknown): readonly string[] {
  const events = given as readonly string[];
  if (events.length > 0) return events;
  throw invalidRequest('Invalid enabled_events: name at least one type of event, or `*`.', {
    param: 'enabled_events',
  });
}
