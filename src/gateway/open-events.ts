import { createHash } from 'node:crypto';
import type { EventSource } from './event-sources/source.ts';
import type { Gateway } from './gateway.ts';
import type { Target } from './target.ts';

export interface OpenEventsOptions {
  readonly target: Target;
  /** `stripe-cli` runs Stripe's own CLI; otherwise the target decides. */
  readonly source: 'stripe-cli' | undefined;
  /** File of the emulator's state. */
  readonly statePath: string;
  /** The API of the target, opened when it is needed. */
  readonly gateway: () => Promise<Gateway>;
  /** Real time in milliseconds. */
  readonly now: () => number;
  /** Where a program is started, if one is: Stripe's CLI. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Told of trouble that passes. */
  readonly onTrouble: (error: unknown) => void;
}

/** Stripe's CLI cannot hear the emulator's state file. */
export class SourceConflict extends Error {
  override readonly name = 'SourceConflict';
}

/** Opens the events of a target. One of the two files that know that there is an emulator in this process. */
export async function openEvents(options: OpenEventsOptions): Promise<EventSource> {
  const { target, now } = options;
  if (target.name === 'offline') {
    if (options.source === 'stripe-cli') throw new SourceConflict();
    const { openOfflineSource } = await import('./event-sources/offline.ts');
    return openOfflineSource({ statePath: options.statePath, now, onTrouble: options.onTrouble });
  }
  const account = createHash('sha256').update(target.key).digest('hex').slice(0, 16);
  const place = `test ${target.apiBase ?? 'api.stripe.com'} ${account}`;
  const gateway = await options.gateway();
  if (options.source === undefined) {
    const { openPollingSource } = await import('./event-sources/polling.ts');
    return openPollingSource({ gateway, place, now });
  }
  const { openStripeCliSource } = await import('./event-sources/stripe-cli.ts');
  return openStripeCliSource({
    gateway,
    place,
    now,
    program: options.env['PAYINTENT_STRIPE_CLI'] || 'stripe',
    env: options.env,
    cwd: options.cwd,
    key: target.key,
    apiBase: target.apiBase,
  });
}
