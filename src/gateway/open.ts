import { idTarget } from '../domain/id-target.ts';
import type { Store } from '../emulator/store/store.ts';
import type { ApiRecord, Gateway, TargetName } from './gateway.ts';
import { GatewayError } from './gateway-error.ts';
import type { WebProxy } from './proxy.ts';
import type { RequestTrace } from './stripe-sdk.ts';
import type { Target, TestTarget } from './target.ts';

export interface OpenOptions {
  /** File of the emulator's state, or `:memory:`. */
  readonly statePath: string;
  readonly trace?: ((trace: RequestTrace) => void) | undefined;
  /** Works on a copy of the state that is thrown away; on `test`, stops before the first change is sent. */
  readonly dryRun?: boolean;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** How long a request to `test` may take, in milliseconds. */
  readonly timeoutMs?: number;
  /** How often the SDK tries again on `test`. */
  readonly retries?: number;
  /** The API version that requests name; the SDK's unless given. */
  readonly apiVersion?: string | undefined;
}

/** An id of the one target was used on the other. Thrown before anything is sent. */
export class ForeignIdError extends Error {
  override readonly name = 'ForeignIdError';
  readonly id: string;
  readonly livesOn: TargetName;

  constructor(id: string, livesOn: TargetName) {
    super(`${id} lives on ${livesOn}`);
    this.id = id;
    this.livesOn = livesOn;
  }
}

/** Thrown by a dry run on `test` in place of the first request that would change something. */
export class WouldSend extends Error {
  override readonly name = 'WouldSend';
  readonly method: string;
  readonly path: string;
  readonly params: ApiRecord;

  constructor(method: string, path: string, params: ApiRecord) {
    super(`${method} ${path}`);
    this.method = method;
    this.path = path;
    this.params = params;
  }
}

/** Opens the API of a target. @throws GatewayError where a proxy is named that cannot be used */
export async function openGateway(target: Target, options: OpenOptions): Promise<Gateway> {
  if (target.name === 'test') {
    const { openSdk } = await import('./stripe-sdk.ts');
    const sdk = await openSdk({
      target: 'test',
      key: target.key,
      apiBase: target.apiBase,
      proxy: proxyOf(target),
      trace: options.trace,
      timeoutMs: options.timeoutMs,
      retries: options.retries,
      apiVersion: options.apiVersion,
    });
    const gateway = options.dryRun === true ? stoppingAtChanges(sdk) : sdk;
    // Another server may well be an emulator whose ids look like ours.
    return target.apiBase === undefined ? refusingForeignIds(gateway) : gateway;
  }
  return (await openOfflineGateway(options)).gateway;
}

function proxyOf({ route }: TestTarget): WebProxy | undefined {
  if (route?.kind !== 'unusable') return route?.kind === 'proxy' ? route.proxy : undefined;
  const { variable, because } = route;
  throw new GatewayError(`${variable} ${because}`, { kind: 'network', body: {}, proxy: { variable } });
}

/** The emulator in this process, with the state behind it. @throws OfflineStateError */
export async function openOfflineGateway(
  options: OpenOptions,
): Promise<{ readonly gateway: Gateway; readonly store: Store }> {
  const { openSdk } = await import('./stripe-sdk.ts');
  const { openOffline } = await import('./offline.ts');
  const offline = await openOffline({
    statePath: options.statePath,
    scratch: options.dryRun === true,
    ...(options.now === undefined ? {} : { now: options.now }),
  });
  const sdk = await openSdk({
    target: 'offline',
    key: offline.key,
    httpClient: offline.httpClient,
    trace: options.trace,
    apiVersion: options.apiVersion,
  });
  const gateway = refusingForeignIds({
    target: 'offline',
    async request(...request) {
      try {
        return await sdk.request(...request);
      } catch (error) {
        // A 5xx of the emulator is our own failure, and what it stumbled over says more than the answer does.
        const failure = error instanceof GatewayError && error.kind === 'api' ? offline.failure() : undefined;
        throw failure ?? error;
      }
    },
    close: () => offline.close(),
  });
  return { gateway, store: offline.engine.store };
}

function stoppingAtChanges(gateway: Gateway): Gateway {
  return {
    ...gateway,
    async request(method, path, params = {}, options = {}) {
      if (method !== 'GET') throw new WouldSend(method, path, params);
      return gateway.request(method, path, params, options);
    },
  };
}

function refusingForeignIds(gateway: Gateway): Gateway {
  const other: TargetName = gateway.target === 'offline' ? 'test' : 'offline';
  return {
    ...gateway,
    async request(method, path, params = {}, options = {}) {
      for (const text of [...path.split('/').map(decodeURIComponent), ...textsIn(params)]) {
        if (idTarget(text) === other) throw new ForeignIdError(text, other);
      }
      return gateway.request(method, path, params, options);
    },
  };
}

/** Values that could be ids: whole texts, not metadata or descriptions, which may hold anything. */
function textsIn(params: ApiRecord): string[] {
  return Object.entries(params).flatMap(([name, value]) => {
    if (name === 'metadata' || name === 'description' || name === 'query') return [];
    return typeof value === 'string' ? [value] : [];
  });
}
