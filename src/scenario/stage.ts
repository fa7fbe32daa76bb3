import { type ApiRecord, type Gateway, pathTo } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';

/** Where a scenario is played: a target, and the time. */
export interface Stage {
  readonly gateway: Gateway;
  /** Whether the target is an emulator: only there the customer can be played and the clock moved. */
  readonly emulated: boolean;
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** True where nobody looks at the events: a key may be allowed to pay and not to read them. */
  readonly eventless?: boolean;
  /** How long events that are expected may take to be listed, in milliseconds. */
  readonly patience?: number;
}

const CLOCK = '/_payintent/clock';

/** Whether the server behind a gateway is an emulator of ours. Ask only servers that are not Stripe's. */
export async function isEmulator(gateway: Gateway): Promise<boolean> {
  try {
    return (await gateway.request('GET', CLOCK)).object['object'] === 'clock';
  } catch (error) {
    // Whatever it answered, an emulator answers otherwise.
    if (error instanceof GatewayError && error.kind !== 'network') return false;
    throw error;
  }
}

/** Plays the customer of an intent. Answers the intent as it is then. @throws GatewayError */
export async function authenticate(
  gateway: Gateway,
  id: string,
  outcome: 'fail' | 'succeed',
): Promise<ApiRecord> {
  const { path } = authenticateRequest(id);
  return (await gateway.request('POST', path, { outcome })).object;
}

/** How that is asked for. */
export function authenticateRequest(id: string): { readonly path: string } {
  const collection = id.startsWith('seti_') ? 'setup_intents' : 'payment_intents';
  return { path: pathTo(collection, id, 'authenticate').replace('/v1/', '/_payintent/') };
}

export const ADVANCE_PATH = `${CLOCK}/advance`;

/** Moves the emulator's clock: `7d`. @throws GatewayError */
export async function advance(gateway: Gateway, duration: string): Promise<void> {
  await gateway.request('POST', ADVANCE_PATH, { duration });
}
