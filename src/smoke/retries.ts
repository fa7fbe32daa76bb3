import type { Gateway } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';

export interface RetryOptions {
  /** How often a request is tried again after 429 or a 5xx answer. */
  readonly retries: number;
  /** Waits; rejects where the run is stopped. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Milliseconds before the first retry; each further one waits twice as long, up to the longest. */
const FIRST = 500;
const LONGEST = 8000;
/** The longest wait that a server may ask for. */
const LONGEST_ASKED = 60_000;

function backOff(attempt: number): number {
  return Math.min(FIRST * 2 ** attempt, LONGEST);
}

/**
 * Tries again what was limited, failed inside the server or lost its connection. Callers give changes an idempotency key, so that none
 * happens twice.
 */
export function retrying(gateway: Gateway, { retries, sleep }: RetryOptions): Gateway {
  return {
    target: gateway.target,
    async request(...request) {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await gateway.request(...request);
        } catch (error) {
          if (attempt >= retries || !passes(error)) throw error;
          await sleep(waitBefore(error, attempt));
        }
      }
    },
    close: () => gateway.close(),
  };
}

/** As long as the server asks, where it asks for more than would be waited anyway. */
function waitBefore({ facts }: GatewayError, attempt: number): number {
  return Math.max(backOff(attempt), Math.min(facts.retryAfterMs ?? 0, LONGEST_ASKED));
}

/** Connections that broke: nobody listening, and nobody answering in time, are the same again. */
const BROKEN: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

function passes(error: unknown): error is GatewayError {
  if (!(error instanceof GatewayError)) return false;
  const { status = 0, networkCode = '' } = error.facts;
  return error.kind === 'rate_limited' || status >= 500 || BROKEN.has(networkCode);
}
