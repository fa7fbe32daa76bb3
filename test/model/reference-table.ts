/**
 * A second, smaller statement of what a card PaymentIntent may do, written from Stripe's lifecycle page and not from the
 * product's table. Model tests hold the emulator against this one: an error in src/domain cannot hide here. It imports
 * nothing on purpose.
 */

export type Status =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';

/** What a test may do to an intent. `confirm_*` hands the method over with the call. */
export const CALLS = [
  'attach_method',
  'confirm',
  'confirm_good_card',
  'confirm_declined_card',
  'confirm_3ds_card',
  'confirm_bank_debit',
  'pass_3ds',
  'fail_3ds',
  'capture',
  'cancel',
  'bank_pays',
  'bank_refuses',
  'hold_runs_out',
] as const;

export type Call = (typeof CALLS)[number];

/** What the model knows about an intent besides its status. */
export interface Known {
  status: Status;
  capture: 'automatic' | 'manual';
  /** The method the intent holds: what a bare confirm will try. */
  method: 'good_card' | 'bank_debit' | null;
}

/** Refused means HTTP 400 and an intent that has not changed. */
export type Answer = Status | 'refused';

const OPEN: readonly Status[] = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/** The status the lifecycle page promises after `call`. */
export function promised(known: Known, call: Call): Answer {
  const open = OPEN.includes(known.status);
  const paid: Status = known.capture === 'manual' ? 'requires_capture' : 'succeeded';
  switch (call) {
    case 'attach_method':
      return open ? 'requires_confirmation' : 'refused';
    case 'confirm':
      if (!open || known.method === null) return 'refused';
      return known.method === 'bank_debit' ? 'processing' : paid;
    case 'confirm_good_card':
      return open ? paid : 'refused';
    case 'confirm_declined_card':
      return open ? 'requires_payment_method' : 'refused';
    case 'confirm_3ds_card':
      return open ? 'requires_action' : 'refused';
    case 'confirm_bank_debit':
      // A debit cannot be authorized first and captured later.
      return open && known.capture === 'automatic' ? 'processing' : 'refused';
    case 'pass_3ds':
      return known.status === 'requires_action' ? paid : 'refused';
    case 'fail_3ds':
      return known.status === 'requires_action' ? 'requires_payment_method' : 'refused';
    case 'capture':
      return known.status === 'requires_capture' ? 'succeeded' : 'refused';
    case 'cancel':
      // Processing can be canceled for ACH debits only: a model that confirms with those must say so itself.
      return open || known.status === 'requires_capture' ? 'canceled' : 'refused';
    case 'bank_pays':
      return known.status === 'processing' ? 'succeeded' : 'refused';
    case 'bank_refuses':
      return known.status === 'processing' ? 'requires_payment_method' : 'refused';
    case 'hold_runs_out':
      return known.status === 'requires_capture' ? 'canceled' : 'refused';
  }
}

/** Statuses nothing leads out of. */
export const FINAL: readonly Status[] = ['succeeded', 'canceled'];

/** What must be true of the amounts in each status; `amount` is what was asked for, in minor units. */
export function promisedAmounts(
  status: Status,
  amount: number,
  captured: number,
): { amount_capturable: number; amount_received: number } {
  switch (status) {
    case 'requires_capture':
      return { amount_capturable: amount, amount_received: 0 };
    case 'succeeded':
      return { amount_capturable: 0, amount_received: captured };
    default:
      return { amount_capturable: 0, amount_received: 0 };
  }
}
