/** What a shop does when it hears of something. */
export interface EventAdvice {
  readonly type: string;
  /** What to do, in the imperative, without a full stop. */
  readonly advice: string;
}

/** Events worth acting on. Of several that a step sends, the one that stands first here is the one to act on. */
const ADVICE: readonly EventAdvice[] = [
  { type: 'payment_intent.succeeded', advice: 'fulfil the order, once' },
  { type: 'payment_intent.payment_failed', advice: 'tell the customer, and offer another way to pay' },
  { type: 'payment_intent.canceled', advice: 'close the order and free what was kept for it' },
  {
    type: 'payment_intent.amount_capturable_updated',
    advice: 'the money is reserved: prepare the order, then capture',
  },
  {
    type: 'payment_intent.processing',
    advice: 'keep the order open and tell the customer that it takes days',
  },
  { type: 'payment_intent.partially_funded', advice: 'tell the customer how much is still missing' },
  {
    type: 'payment_intent.requires_action',
    advice: 'remind the customer, if nobody finishes it: Stripe.js shows the way',
  },
  { type: 'charge.dispute.created', advice: 'stop shipping and gather evidence' },
  { type: 'charge.dispute.closed', advice: 'read its status: won or lost' },
  { type: 'charge.dispute.funds_reinstated', advice: 'book the money that came back' },
  { type: 'charge.dispute.funds_withdrawn', advice: 'book the money that left' },
  { type: 'radar.early_fraud_warning.created', advice: 'consider a refund before it becomes a dispute' },
  { type: 'refund.failed', advice: 'give the money back in another way' },
  { type: 'refund.updated', advice: 'read its status before telling the customer that the money is back' },
  { type: 'charge.refunded', advice: 'book the refund' },
  { type: 'refund.created', advice: 'nothing yet: charge.refunded tells the same with the sum' },
  { type: 'mandate.updated', advice: 'read its status: an inactive mandate must not be debited' },
  { type: 'setup_intent.succeeded', advice: 'the method is saved: use it off session from now on' },
  { type: 'setup_intent.setup_failed', advice: 'ask the customer for another method' },
  { type: 'setup_intent.requires_action', advice: 'let Stripe.js show the challenge' },
  { type: 'setup_intent.canceled', advice: 'forget it: nothing was saved' },
  { type: 'cash_balance.funds_available', advice: 'use what is left over, or send it back' },
  { type: 'payment_method.attached', advice: 'offer the saved method next time' },
  { type: 'payment_method.detached', advice: 'offer it no longer' },
  { type: 'customer.deleted', advice: 'forget what was saved with the customer' },
  { type: 'charge.updated', advice: 'book the fees, if you keep books: the balance transaction is there' },
];

/** What to do about an event; undefined for one that can be ignored. */
export function adviceFor(type: string): string | undefined {
  return ADVICE.find((row) => row.type === type)?.advice;
}

/** Of the events of one step, the one to act on; undefined where all can be ignored. */
export function eventToActOn(types: readonly string[]): EventAdvice | undefined {
  return ADVICE.find(({ type }) => types.includes(type));
}
