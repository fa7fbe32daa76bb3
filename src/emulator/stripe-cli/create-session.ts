import { invalidRequest, unsupported } from '../api-error.ts';
import { requirePublishable } from '../caller.ts';
import type { ApiHash, Params } from '../objects.ts';
import type { Call } from '../world.ts';
import { isFilters, type LogFilters } from './log-filters.ts';
import { beginSession, cliSecret, type Feature } from './sessions.ts';

/** Where the CLI opens its WebSocket; the session tells it. */
export const SOCKET_PATH = '/_payintent/stripecli';

/** The CLI begins a new connection this often, in seconds. Nothing is lost on the way, but it takes it a second. */
const RECONNECT_DELAY = 600;

const FEATURES: readonly Feature[] = ['webhooks', 'request_logs'];

/**
 * `POST /v1/stripecli/sessions`, with which `stripe listen` and `stripe logs tail` begin.
 *
 * @throws ApiError 400 for features and filters that are none; 401 for a publishable key
 */
export function createCliSession({ world, params, caller, host }: Call): ApiHash {
  if (caller.kind === 'publishable') requirePublishable('stripecli.sessions.create');
  const asked = valuesOf(params['websocket_features']);
  const feature = FEATURES.find((known) => asked.includes(known));
  if (feature === undefined) {
    if (asked.includes('v2_events')) throw unsupported('Listening to thin events', 'websocket_features');
    throw invalidRequest('Invalid websocket_features: must be webhooks or request_logs', {
      param: 'websocket_features',
    });
  }
  const filters = feature === 'request_logs' ? filtersOf(params) : {};
  const session = beginSession(world, { feature, filters });
  const base = host === undefined ? world.setup.baseUrl().replace(/^http/, 'ws') : `ws://${host}`;
  return {
    default_version: world.setup.apiVersion,
    device_token: '',
    display_connect_filter_warning: (filters.filter_account ?? []).some((wanted) => wanted !== 'self'),
    latest_version: world.setup.apiVersion,
    reconnect_delay: RECONNECT_DELAY,
    secret: cliSecret(world.store, world.ids),
    websocket_authorized_feature: feature,
    websocket_id: session.id,
    websocket_url: base + SOCKET_PATH,
  };
}

function valuesOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [value];
}

function filtersOf(params: Params): LogFilters {
  const given = params['filters'];
  if (given === undefined || given === '') return {};
  let filters: unknown;
  try {
    filters = JSON.parse(String(given));
  } catch {
    filters = undefined;
  }
  if (!isFilters(filters)) throw invalidRequest('Invalid filters', { param: 'filters' });
  return filters;
}
