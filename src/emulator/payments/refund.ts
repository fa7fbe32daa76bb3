import { buildObject } from '../api/build-object.ts';
import { invalidRequest, unsupported } from '../api-error.ts';
import { mergeMetadata } from '../metadata.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { moveCash } from './cash-balance.ts';
import { methodTypeOf } from './charge-behavior.ts';
import { sorted } from './method-options.ts';
import { CASH, type RefundCourse, refundCourse } from './refund-course.ts';
import { ACTION_SECONDS, fileRefundJob } from './refund-jobs.ts';
import { recordRefundMovement } from './refund-movement.ts';
import { refundableAmount } from './refund-refusals.ts';

/**
 * Gives the money of a charge back, all that is left or part of it.
 *
 * @param params of `POST /v1/refunds`, validated
 * @returns the refund; `charge` is changed in place and stored.
 * @throws ApiError 400 when it cannot be done.
 */
export function refundCharge(world: World, charge: ApiObject, params: ApiHash): ApiObject {
  const amount = refundableAmount(world, charge, params['amount'] as number | undefined);
  requirePlainRefund(charge, params);
  const course = refundCourse(world, charge, params['instructions_email'] as string | undefined);
  const before = structuredClone(charge);
  const refund = recordRefund(world, charge, params, course, amount);
  if (methodTypeOf(charge) === CASH && course.status === 'succeeded') returnCash(world, refund);
  const refunded = (charge['amount_refunded'] as number) + amount;
  Object.assign(charge, { amount_refunded: refunded, refunded: refunded === charge['amount_captured'] });
  // The reason is a report, too (recorded 2023).
  if (params['reason'] === 'fraudulent') {
    charge['fraud_details'] = sorted({ ...(charge['fraud_details'] as ApiHash), user_report: 'fraudulent' });
  }
  world.update('charges', charge);
  world.emit('refund.created', refund);
  world.emit('charge.refunded', charge, before);
  fileRefundJob(world, refund, course.next);
  return refund;
}

function recordRefund(
  world: World,
  charge: ApiObject,
  params: ApiHash,
  course: RefundCourse,
  amount: number,
): ApiObject {
  const intent = charge['payment_intent'] as string;
  // Refunds of payments (`py_`) have a prefix of their own (recorded).
  const id = world.ids.related(charge.id.startsWith('py_') ? 'pyr' : 're', intent);
  const email = params['instructions_email'] as string | undefined;
  return world.insert(
    'refunds',
    buildObject('refund', {
      id,
      amount,
      balance_transaction: recordRefundMovement(world, charge, id, -amount),
      charge: charge.id,
      created: world.now,
      currency: charge['currency'],
      customer: charge['customer'],
      customer_account: null,
      destination_details: course.destination,
      instructions_email: email,
      metadata: mergeMetadata({}, params['metadata']),
      next_action: course.status === 'requires_action' ? emailSent(world, charge, email) : undefined,
      payment_intent: intent,
      payment_method: charge['payment_method'],
      pending_reason: course.status === 'pending' ? 'processing' : undefined,
      reason: params['reason'] ?? null,
      status: course.status,
      transfer_reversal: params['reverse_transfer'] === true ? world.ids.plain('trr', world.now) : null,
    }),
  );
}

/** The customer has the money in the cash balance again. */
function returnCash(world: World, refund: ApiObject): void {
  moveCash(world, {
    customer: refund['customer'] as string,
    currency: refund['currency'] as string,
    amount: refund['amount'] as number,
    type: 'refunded_from_payment',
    details: { refund: refund.id },
  });
}

/** Where the customer is asked for a bank account. @throws ApiError 400 when nobody knows the address. */
function emailSent(world: World, charge: ApiObject, given: string | undefined): ApiHash {
  const billing = charge['billing_details'] as ApiHash;
  const email = given ?? billing['email'];
  if (typeof email !== 'string') {
    throw invalidRequest('Missing required param: instructions_email.', {
      code: 'parameter_missing',
      param: 'instructions_email',
    });
  }
  return {
    display_details: {
      email_sent: { email_sent_at: world.now, email_sent_to: email },
      expires_at: world.now + ACTION_SECONDS,
    },
    type: 'display_details',
  };
}

/** What takes a cash balance, a transfer or an application fee; the wording is ours. */
function requirePlainRefund(charge: ApiObject, params: ApiHash): void {
  for (const name of ['origin', 'currency', 'customer'] as const) {
    if (params[name] !== undefined) throw unsupported(`Refunding a customer's cash balance (${name})`, name);
  }
  const { transfer, application_fee: fee } = charge;
  if (params['reverse_transfer'] === true && (transfer ?? null) === null) {
    throw invalidRequest(`Charge ${charge.id} has no transfer to reverse.`, { param: 'reverse_transfer' });
  }
  // On a payment with a destination there need not be a fee (recorded 2023).
  if (params['refund_application_fee'] === true && (transfer ?? fee ?? null) === null) {
    throw invalidRequest(`Charge ${charge.id} has no application fee to refund.`, {
      param: 'refund_application_fee',
    });
  }
}
