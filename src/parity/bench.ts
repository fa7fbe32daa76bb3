import { pass } from '../conformance/judgement.ts';
import type { ApiRecord, Gateway } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { Finding } from '../smoke/finding.ts';
import { retrying } from '../smoke/retries.ts';
import type { Mark } from '../smoke/tidy-gateway.ts';
import type { RecordedAccount } from './recording.ts';
import { spaced } from './spaced.ts';

/** The metadata by which everything a comparison makes can be told. */
export const PARITY_MARK = 'payintent_parity';

/** Requests that begin within a second, at most. Test mode takes 25. */
const PER_SECOND = 20;

export interface BenchParts {
  /** The API of test mode, without retries of its own. */
  readonly api: Gateway;
  readonly mark: Mark;
  readonly retries: number;
  /** How long events that are expected may take to be listed, in milliseconds. */
  readonly eventWaitMs: number;
  /** The first signal: nothing new is begun. */
  readonly signal: AbortSignal;
  /** The second one. */
  readonly hurry: AbortSignal;
  now(): number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** What scenarios are played with on the side of test mode. */
export interface ParityBench {
  /** Bounded in its rate, and trying again what was limited. Ends at the first signal. */
  readonly gateway: Gateway;
  /** The same until the second signal: for tidying up. */
  readonly broom: Gateway;
  readonly mark: Mark;
  readonly signal: AbortSignal;
  readonly hurry: AbortSignal;
  readonly patience: Patience;
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export function openBench({
  api,
  mark,
  retries,
  eventWaitMs,
  signal,
  hurry,
  ...time
}: BenchParts): ParityBench {
  const now = () => time.now();
  // Many wait at a time: each listens to a signal of its own, since Node warns of many listeners to one.
  const sleep = (milliseconds: number) => time.sleep(milliseconds, AbortSignal.any([signal]));
  const calm = (milliseconds: number) => time.sleep(milliseconds, AbortSignal.any([hurry]));
  // One rate for both: tidying up goes on while other scenarios are played.
  const bounded = spaced(api, { perSecond: PER_SECOND, now, sleep: calm });
  return {
    gateway: retrying(bounded, { retries, sleep }),
    broom: retrying(bounded, { retries, sleep: calm }),
    mark,
    signal,
    hurry,
    patience: new Patience(eventWaitMs),
    now,
    sleep,
  };
}

/** The shortest that events are waited for, in milliseconds. */
const LEAST_PATIENCE = 1000;

/** How long events are waited for: ever shorter where none come, since a server may send none. */
export class Patience {
  readonly #whole: number;
  #vain = 0;

  constructor(whole: number) {
    this.#whole = whole;
  }

  get milliseconds(): number {
    return Math.min(this.#whole, Math.max(LEAST_PATIENCE, this.#whole / 2 ** this.#vain));
  }

  note(came: boolean): void {
    this.#vain = came ? 0 : this.#vain + 1;
  }
}

/** What is known of the account. */
export interface AccountFacts {
  /** Null where the key may not read it. */
  readonly account: RecordedAccount | null;
  /** The version that its events are written in; null where none shows it. */
  readonly apiVersion: string | null;
  /** False where the key may not read events. */
  readonly events: boolean;
}

/** Looks at the account before anything is made. @throws GatewayError */
export async function readAccount(gateway: Gateway): Promise<AccountFacts> {
  const account = await unlessForbidden(() => gateway.request('GET', '/v1/account'));
  const events = await unlessForbidden(() => gateway.request('GET', '/v1/events', { limit: 1 }));
  const data: unknown = events?.['data'];
  if (events !== undefined && !Array.isArray(data)) {
    throw new GatewayError('GET /v1/events answered no list', { kind: 'api', body: {} });
  }
  const [newest] = Array.isArray(data) ? data : [];
  return {
    account:
      account === undefined
        ? null
        : { country: text(account['country']), default_currency: text(account['default_currency']) },
    apiVersion: text(
      typeof newest === 'object' && newest !== null ? Reflect.get(newest, 'api_version') : null,
    ),
    events: events !== undefined,
  };
}

export function accountFinding({ account, apiVersion, events }: AccountFacts): Finding {
  const place =
    account?.country == null
      ? 'The API answers.'
      : `The API answers: an account of ${account.country}, ${account.default_currency ?? 'no currency'}.`;
  const version = apiVersion === null ? '' : ` Its own API version is ${apiVersion}.`;
  return pass(
    `${place}${version}${events ? '' : ' The key may not read events, so that none are compared.'}`,
  );
}

/** A restricted key need not be allowed to read everything. */
async function unlessForbidden(
  request: () => Promise<{ readonly object: ApiRecord }>,
): Promise<ApiRecord | undefined> {
  try {
    const { object } = await request();
    if (typeof object === 'object' && object !== null) return object;
  } catch (error) {
    if (error instanceof GatewayError && error.kind === 'permission') return undefined;
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
  }
  throw new GatewayError('The answer is not an object of the API', { kind: 'api', body: {} });
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
