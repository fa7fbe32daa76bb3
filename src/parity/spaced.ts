import type { Gateway } from '../gateway/gateway.ts';

export interface SpacedOptions {
  /** The most requests that begin within a second, whoever of them shares this gateway. */
  readonly perSecond: number;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Rejects where the run is stopped. */
  sleep(milliseconds: number): Promise<void>;
}

/** A gateway whose requests begin at even distances: test mode takes 25 in a second from an account. */
export function spaced(gateway: Gateway, { perSecond, now, sleep }: SpacedOptions): Gateway {
  const distance = 1000 / perSecond;
  let next = 0;
  return {
    target: gateway.target,
    async request(...request) {
      const begins = Math.max(now(), next);
      next = begins + distance;
      const wait = begins - now();
      if (wait > 0) await sleep(wait);
      return gateway.request(...request);
    },
    close: () => gateway.close(),
  };
}
