import type { ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { releaseTransfer } from './bank-transfer.ts';

/**
 * Cancels an intent: nothing of it will happen any more, and a hold goes back to the customer. The released charge
 * shows as refunded, with a refund of its own (Stripe documentation: cancel; the events of a release are uncertain).
 *
 * @param released the event about the charge of a hold
 */
export function cancelIntent(
  world: World,
  intent: ApiObject,
  reason: string | null,
  released: 'charge.expired' | 'charge.refunded' = 'charge.refunded',
): void {
  const held = intent['status'] === 'requires_capture';
  world.store.cancelJobs(intent.id);
  if (held || intent['status'] === 'processing') {
    const charge = world.require('charges', intent['latest_charge']);
    releaseCharge(world, charge, held ? released : 'charge.failed');
  }
  Object.assign(intent, {
    amount_capturable: 0,
    canceled_at: world.now,
    cancellation_reason: reason,
    next_action: null,
    processing: null,
    status: 'canceled',
  });
  world.update('payment_intents', intent);
  world.emit('payment_intent.canceled', intent);
  releaseTransfer(world, intent);
}

function releaseCharge(
  world: World,
  charge: ApiObject,
  event: 'charge.expired' | 'charge.failed' | 'charge.refunded',
): void {
  world.store.cancelJobs(charge.id);
  const before = structuredClone(charge);
  if (event !== 'charge.failed') {
    Object.assign(charge, {
      amount_refunded: (charge['amount'] as number) - (charge['amount_captured'] as number),
      refunded: true,
    });
    world.update('charges', charge);
  } else {
    Object.assign(charge, { status: 'failed', paid: false });
    world.update('charges', charge);
  }
  if (event === 'charge.refunded') world.emit(event, charge, before);
  else world.emit(event, charge);
}
