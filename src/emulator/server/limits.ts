/** Bounds on what the HTTP door takes in. Sizes in bytes, times in milliseconds. */
export interface ServerLimits {
  /** Longest request body; beyond it 413. */
  readonly bodyBytes: number;
  /** Longest request target (path and query); beyond it 414. */
  readonly urlBytes: number;
  /** Request line and headers together; beyond it 431. */
  readonly headerBytes: number;
  /** Number of header lines; beyond it 431. */
  readonly headerCount: number;
  /** Time a client may take to send its headers; beyond it 408. */
  readonly headersMs: number;
  /** Time a client may take to send the whole request; beyond it 408. */
  readonly requestMs: number;
  /** How long an idle connection is kept open. */
  readonly keepAliveMs: number;
  /** How long a close waits for requests under way before it cuts their connections. */
  readonly closeGraceMs: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  bodyBytes: 1024 * 1024,
  urlBytes: 16 * 1024,
  headerBytes: 48 * 1024,
  headerCount: 100,
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 65_000,
  closeGraceMs: 1_500,
};
