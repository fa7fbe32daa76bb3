/** The seven PaymentIntent statuses, in the order a payment meets them (from the types). */
export const PAYMENT_INTENT_STATUSES = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'succeeded',
  'canceled',
] as const;

export type PaymentIntentStatus = (typeof PAYMENT_INTENT_STATUSES)[number];

/** The six SetupIntent statuses: a set-up reserves no money, so there is nothing to capture. */
export const SETUP_INTENT_STATUSES = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'succeeded',
  'canceled',
] as const;

export type SetupIntentStatus = (typeof SETUP_INTENT_STATUSES)[number];

/** Nothing leads out of these. Refunds and disputes act on the Charge and leave the status alone. */
const TERMINAL_STATUSES = ['succeeded', 'canceled'] as const satisfies readonly PaymentIntentStatus[];

export function isPaymentIntentStatus(text: string): text is PaymentIntentStatus {
  return (PAYMENT_INTENT_STATUSES as readonly string[]).includes(text);
}

/** True for statuses of either intent that nothing leads out of. */
export function isTerminal(status: PaymentIntentStatus | SetupIntentStatus): boolean {
  return (TERMINAL_STATUSES as readonly string[]).includes(status);
}
