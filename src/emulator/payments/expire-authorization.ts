import type { World } from '../world.ts';
import { cancelIntent } from './cancel-intent.ts';

/**
 * The job behind a hold that nobody captured: after seven days the charge expires and the intent is canceled
 * (Stripe documentation: place a hold; `charge.expired` is in the event list).
 */
export function expireAuthorization(world: World, intentId: string): void {
  const intent = world.get('payment_intents', intentId);
  if (intent === undefined || intent['status'] !== 'requires_capture') return;
  cancelIntent(world, intent, 'automatic', 'charge.expired');
}
