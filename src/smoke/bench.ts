import type { ApiRecord, Gateway } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { Target, TargetProblem } from '../gateway/target.ts';
import { openCourier } from '../gateway/webhook-tools.ts';
import type { SmokeBench, SmokeWishes } from './check.ts';
import { retrying } from './retries.ts';
import { SMOKE_MARK, TidyGateway } from './tidy-gateway.ts';

export interface BenchParts {
  readonly wishes: SmokeWishes;
  readonly target: Target | undefined;
  readonly problem: TargetProblem | undefined;
  /** Undefined where there is no API to speak to. */
  readonly api: Gateway | undefined;
  readonly withKey: (key: string) => Promise<Gateway>;
  readonly delivers: () => boolean;
  readonly run: string;
  readonly retries: number;
  /** The first signal. */
  readonly signal: AbortSignal;
  /** The second one. */
  readonly hurry: AbortSignal;
  now(): number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface OpenedBench {
  readonly bench: SmokeBench;
  readonly tidy: TidyGateway | undefined;
  readonly broom: Gateway | undefined;
  close(): Promise<void>;
}

/** Sets up what checks work with. */
export function openBench(parts: BenchParts): OpenedBench {
  const { wishes, target, problem, api, run, retries, signal, hurry } = parts;
  const sleep = (milliseconds: number) => parts.sleep(milliseconds, signal);
  const tidy =
    api === undefined
      ? undefined
      : new TidyGateway(retrying(api, { retries, sleep }), { name: SMOKE_MARK, run }, signal);
  const broom =
    api === undefined
      ? undefined
      : retrying(api, { retries, sleep: (milliseconds) => parts.sleep(milliseconds, hurry) });
  const gateway = tidy ?? unreachable;
  const courier = openCourier();
  let account: Promise<ApiRecord> | undefined;
  let endpoints: Promise<readonly ApiRecord[]> | undefined;
  const bench: SmokeBench = {
    ...wishes,
    target,
    problem,
    gateway,
    run,
    courier,
    delivers: () => parts.delivers(),
    signal,
    sleep,
    now: () => parts.now(),
    stage: { gateway, emulated: false, eventless: true, now: () => parts.now(), sleep },
    withKey: async (key) => retrying(await parts.withKey(key), { retries, sleep }),
    account() {
      account ??= gateway.request('GET', '/v1/account').then(({ object }) => object);
      return account;
    },
    endpoints() {
      endpoints ??= gateway.request('GET', '/v1/webhook_endpoints', { limit: 100 }).then(({ object }) => {
        const data: unknown = object['data'];
        if (Array.isArray(data) && data.every((one) => one?.object === 'webhook_endpoint')) return data;
        throw new GatewayError('The answer is not a list of webhook endpoints', { kind: 'api', body: {} });
      });
      return endpoints;
    },
  };
  return {
    bench,
    tidy,
    broom,
    async close() {
      courier.close();
      await api?.close();
    },
  };
}

/** Stands where there is no key: nothing may be sent. */
const unreachable: Gateway = {
  target: 'test',
  request: async () => {
    throw new Error('a check asked the API without a key');
  },
  close: async () => {},
};
