import type { JobHandlers } from '../jobs.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { AWAITS_REFERENCE, cardDestination, type RefundCourse } from './refund-course.ts';
import { recordRefundMovement } from './refund-movement.ts';
import { withFields } from './with-fields.ts';

const REFERENCE_JOB = 'refund.reference';
const SUCCESS_JOB = 'refund.success';
const FAILURE_JOB = 'refund.failure';
const EXPIRY_JOB = 'refund.expiry';

/** The bank's reference follows within a second or two (seen in event logs). */
const REFERENCE_SECONDS = 1;
/** A refund that fails in test mode does so after about four seconds (seen in a public webhook payload). */
const FAILURE_SECONDS = 4;
/** Documented as "some time later"; the emulator takes as long as for a failure. */
const SUCCESS_SECONDS = 4;
/** A customer has this long to give the bank account for a refund (Stripe docs: refunds). */
export const ACTION_SECONDS = 45 * 24 * 60 * 60;

/** Files what time brings to a new refund. */
export function fileRefundJob(world: World, refund: ApiObject, next: RefundCourse['next']): void {
  if (next === 'reference') world.schedule(REFERENCE_JOB, refund.id, REFERENCE_SECONDS);
  if (next === 'success') world.schedule(SUCCESS_JOB, refund.id, SUCCESS_SECONDS);
  if (next === 'failure') world.schedule(FAILURE_JOB, refund.id, FAILURE_SECONDS);
  if (next === 'customer') world.schedule(EXPIRY_JOB, refund.id, ACTION_SECONDS);
}

export const refundJobs: JobHandlers = {
  [REFERENCE_JOB]: (world, id) => withRefund(world, id, 'succeeded', giveReference),
  [SUCCESS_JOB]: (world, id) => withRefund(world, id, 'pending', succeed),
  // The reason is the one of a public webhook payload of the test card.
  [FAILURE_JOB]: (world, id) => withRefund(world, id, 'succeeded', failBecause('expired_or_canceled_card')),
  [EXPIRY_JOB]: (world, id) => withRefund(world, id, 'requires_action', expireRefund),
};

function withRefund(
  world: World,
  id: string,
  status: string,
  change: (world: World, refund: ApiObject) => void,
): void {
  const refund = world.get('refunds', id);
  if (refund !== undefined && refund['status'] === status) change(world, refund);
}

/** Stores a changed refund and tells of it, under both names that the event has. */
export function changeRefund(
  world: World,
  refund: ApiObject,
  changes: ApiHash,
  event: 'refund.failed' | 'refund.updated' = 'refund.updated',
): ApiObject {
  const changed = world.update('refunds', withFields(refund, changes));
  world.emit(event, changed, refund);
  world.emit('charge.refund.updated', changed, refund);
  return changed;
}

/** Only refunds to cards get one (the field of other methods stays null: nothing is known of their references). */
function giveReference(world: World, refund: ApiObject): void {
  const card = (refund['destination_details'] as { card?: ApiHash } | undefined)?.card;
  if (card?.['reference_status'] !== 'pending') return;
  const reference = { reference: world.ids.digits(16), reference_status: 'available' };
  changeRefund(world, refund, {
    destination_details: cardDestination({ ...reference, ...card, ...reference }),
  });
}

function succeed(world: World, refund: ApiObject): void {
  const isCard = (refund['destination_details'] as ApiHash | undefined)?.['type'] === 'card';
  const changed = changeRefund(world, refund, {
    ...(isCard ? { destination_details: cardDestination(AWAITS_REFERENCE) } : {}),
    pending_reason: undefined,
    status: 'succeeded',
  });
  if (isCard) fileRefundJob(world, changed, 'reference');
}

const failBecause = (reason: string) => (world: World, refund: ApiObject) => {
  changeRefund(
    world,
    refund,
    { ...takeBack(world, refund), failure_reason: reason, status: 'failed' },
    'refund.failed',
  );
};

/** The customer did not say in time where the money should go. */
export function expireRefund(world: World, refund: ApiObject): void {
  failBecause('unknown')(world, refund);
}

/** The money is in the balance again and the charge can be refunded once more. Returns what changes on the refund. */
export function takeBack(world: World, refund: ApiObject): ApiHash {
  const charge = world.require('charges', refund['charge']);
  const amount = refund['amount'] as number;
  Object.assign(charge, {
    amount_refunded: (charge['amount_refunded'] as number) - amount,
    refunded: false,
  });
  world.update('charges', charge);
  world.store.cancelJobs(refund.id);
  return {
    failure_balance_transaction: recordRefundMovement(world, charge, refund.id, amount),
    next_action: undefined,
  };
}
