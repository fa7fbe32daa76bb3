/** Everything the emulator can do that sends events; a flow is a list of these. */
export type Move =
  | 'create'
  | 'pay'
  | 'pay_disputed'
  | 'authorize'
  | 'require_action'
  | 'start_processing'
  | 'settle'
  | 'decline'
  | 'fail_without_charge'
  | 'capture'
  | 'capture_more'
  | 'increment'
  | 'cancel'
  | 'cancel_hold'
  | 'cancel_processing'
  | 'expire_hold'
  | 'fund_in_part'
  | 'fund'
  | 'refund'
  | 'refund_reference'
  | 'refund_succeeds_later'
  | 'refund_fails'
  | 'open_dispute'
  | 'open_inquiry'
  | 'submit_evidence'
  | 'win_dispute'
  | 'lose_dispute'
  | 'close_inquiry'
  | 'escalate_inquiry'
  | 'warn_of_fraud'
  | 'open_review'
  | 'close_review'
  | 'end_mandate'
  | 'attach_method'
  | 'update_method'
  | 'detach_method'
  | 'create_customer'
  | 'update_customer'
  | 'delete_customer'
  | 'create_setup'
  | 'require_setup_action'
  | 'finish_setup'
  | 'fail_setup'
  | 'cancel_setup';

/** One event of a move. */
export interface Emission {
  type: string;
  /** Sent this many seconds after the others. */
  afterSeconds?: number;
  /** Sent only with this capture method. */
  captureMethod?: 'automatic_async';
  /** True where neither recordings nor the documentation settle that (or when) it is sent. */
  uncertain?: true;
}

const BALANCE_LATER: Emission = { type: 'charge.updated', afterSeconds: 2, captureMethod: 'automatic_async' };

/** Plain events, in the order Stripe creates them. */
function plain(...types: string[]): readonly Emission[] {
  return types.map((type) => ({ type }));
}

/**
 * What each move sends, in order of creation ("probed live", 2026-09, where it was; otherwise Stripe's documentation).
 * Delivery order may differ: Stripe promises none.
 */
export const MOVE_EVENTS: Readonly<Record<Move, readonly Emission[]>> = {
  create: plain('payment_intent.created'),
  pay: [...plain('charge.succeeded', 'payment_intent.succeeded'), BALANCE_LATER],
  pay_disputed: [
    ...plain(
      'charge.succeeded',
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'payment_intent.succeeded',
    ),
    BALANCE_LATER,
  ],
  authorize: plain('charge.succeeded', 'payment_intent.amount_capturable_updated'),
  require_action: plain('payment_intent.requires_action'),
  start_processing: plain('payment_intent.processing', 'charge.pending'),
  settle: plain('charge.succeeded', 'payment_intent.succeeded'),
  decline: plain('charge.failed', 'payment_intent.payment_failed'),
  fail_without_charge: plain('payment_intent.payment_failed'),
  capture: [...plain('charge.captured', 'payment_intent.succeeded'), BALANCE_LATER],
  capture_more: plain('charge.captured', 'payment_intent.amount_capturable_updated'),
  increment: plain('payment_intent.amount_capturable_updated'),
  cancel: plain('payment_intent.canceled'),
  cancel_hold: [{ type: 'charge.refunded', uncertain: true }, { type: 'payment_intent.canceled' }],
  cancel_processing: [{ type: 'charge.failed', uncertain: true }, { type: 'payment_intent.canceled' }],
  expire_hold: plain('charge.expired', 'payment_intent.canceled'),
  fund_in_part: plain('customer_cash_balance_transaction.created', 'payment_intent.partially_funded'),
  fund: plain('customer_cash_balance_transaction.created', 'charge.succeeded', 'payment_intent.succeeded'),
  refund: plain('refund.created', 'charge.refunded'),
  refund_reference: plain('refund.updated', 'charge.refund.updated'),
  refund_succeeds_later: plain('refund.updated', 'charge.refund.updated'),
  refund_fails: [{ type: 'refund.failed' }, { type: 'charge.refund.updated', uncertain: true }],
  open_dispute: plain('charge.dispute.created', 'charge.dispute.funds_withdrawn'),
  open_inquiry: plain('charge.dispute.created'),
  submit_evidence: plain('charge.dispute.updated'),
  win_dispute: plain('charge.dispute.funds_reinstated', 'charge.dispute.closed'),
  lose_dispute: plain('charge.dispute.closed'),
  close_inquiry: plain('charge.dispute.closed'),
  escalate_inquiry: plain('charge.dispute.updated', 'charge.dispute.funds_withdrawn'),
  warn_of_fraud: plain('radar.early_fraud_warning.created'),
  open_review: plain('review.opened'),
  close_review: plain('review.closed'),
  end_mandate: plain('mandate.updated'),
  attach_method: plain('payment_method.attached'),
  update_method: plain('payment_method.updated'),
  detach_method: plain('payment_method.detached'),
  create_customer: plain('customer.created'),
  update_customer: plain('customer.updated'),
  delete_customer: plain('customer.deleted'),
  create_setup: plain('setup_intent.created'),
  require_setup_action: plain('setup_intent.requires_action'),
  finish_setup: plain('setup_intent.succeeded'),
  fail_setup: plain('setup_intent.setup_failed'),
  cancel_setup: plain('setup_intent.canceled'),
};

/** The events of one move for an intent with this capture method, in order; nothing is dropped without one. */
export function eventsOf(move: Move, captureMethod?: string): readonly Emission[] {
  return MOVE_EVENTS[move].filter(
    (event) =>
      event.captureMethod === undefined ||
      captureMethod === undefined ||
      event.captureMethod === captureMethod,
  );
}
