/** Where commands go: the emulator, or Stripe's test mode (or a server that speaks its API). */
export type TargetName = 'offline' | 'test';

export type ApiRecord = { readonly [field: string]: unknown };

export type RequestMethod = 'DELETE' | 'GET' | 'POST';

export interface RequestOptions {
  readonly idempotencyKey?: string | undefined;
  /** Sends a publishable key, as a browser does, in place of the gateway's own. Only an emulator takes the one that is sent. */
  readonly publishable?: boolean | undefined;
}

export interface Answer {
  /** The object as answered, unmodified. */
  readonly object: ApiRecord;
  readonly requestId: string | undefined;
  /** True when the idempotency key had been used before and the first answer came back. */
  readonly replayed: boolean;
  /** The `Date` header, as it was sent. */
  readonly date?: string | undefined;
  /** What the answer says it is written in. */
  readonly apiVersion?: string | undefined;
}

/** The API of one target, reached through the official SDK. Failures are `GatewayError`s. */
export interface Gateway {
  readonly target: TargetName;
  /** `path` starts with `/v1/`; parameters are nested records, as the SDK takes them. Ids in a path go through `pathTo`. */
  request(method: RequestMethod, path: string, params?: ApiRecord, options?: RequestOptions): Promise<Answer>;
  close(): Promise<void>;
}

/** Joins path segments, encoding each: an id from the command line can then never reach another endpoint. */
export function pathTo(...segments: string[]): string {
  return `/v1/${segments.map((segment) => encodeURIComponent(segment)).join('/')}`;
}
