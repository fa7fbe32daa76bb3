import { PAYMENT_INTENT_STATUSES, type PaymentIntentStatus } from './statuses.ts';

/** Everything that can move a PaymentIntent. The first seven are API calls, the rest happen to it. */
export const PAYMENT_INTENT_ACTIONS = [
  'confirm',
  'update_payment_method',
  'capture',
  'cancel',
  'increment_authorization',
  'apply_customer_balance',
  'verify_microdeposits',
  'authenticate',
  'fail_authentication',
  'fund',
  'settle',
  'fail',
  'expire',
] as const;

export type PaymentIntentAction = (typeof PAYMENT_INTENT_ACTIONS)[number];

/** Who performs an action. `developer` means an API call with the secret key. */
export type Actor = 'developer' | 'customer' | 'bank' | 'stripe' | 'time';

export interface Transition {
  from: PaymentIntentStatus;
  action: PaymentIntentAction;
  actor: Actor;
  /** Where the intent may stand afterwards; the payment method and the parameters decide which. */
  to: readonly PaymentIntentStatus[];
  /** A condition beyond the status. */
  when?: string;
}

const ATTEMPT = [
  'succeeded',
  'requires_capture',
  'requires_action',
  'processing',
  'requires_payment_method',
] as const satisfies readonly PaymentIntentStatus[];

const US_BANK_ONLY = 'only when the payment method is us_bank_account';
const TRANSFER_ONLY = 'only for customer_balance (bank transfers)';

/** Every legal (status, action) pair. What is not here is refused. Sources: Stripe's docs, the types, recordings. */
export const TRANSITIONS: readonly Transition[] = [
  {
    from: 'requires_payment_method',
    action: 'confirm',
    actor: 'developer',
    to: ATTEMPT,
    when: 'a payment method is given with the call',
  },
  {
    from: 'requires_payment_method',
    action: 'update_payment_method',
    actor: 'developer',
    to: ['requires_confirmation'],
  },
  { from: 'requires_payment_method', action: 'cancel', actor: 'developer', to: ['canceled'] },

  { from: 'requires_confirmation', action: 'confirm', actor: 'developer', to: ATTEMPT },
  {
    from: 'requires_confirmation',
    action: 'update_payment_method',
    actor: 'developer',
    to: ['requires_confirmation'],
  },
  { from: 'requires_confirmation', action: 'cancel', actor: 'developer', to: ['canceled'] },

  { from: 'requires_action', action: 'confirm', actor: 'developer', to: ATTEMPT },
  {
    from: 'requires_action',
    action: 'update_payment_method',
    actor: 'developer',
    to: ['requires_confirmation'],
  },
  { from: 'requires_action', action: 'cancel', actor: 'developer', to: ['canceled'] },
  {
    from: 'requires_action',
    action: 'verify_microdeposits',
    actor: 'developer',
    to: ['processing', 'requires_action', 'requires_payment_method'],
    when: 'only when next_action is verify_with_microdeposits',
  },
  {
    from: 'requires_action',
    action: 'apply_customer_balance',
    actor: 'developer',
    to: ['requires_action', 'succeeded'],
    when: TRANSFER_ONLY,
  },
  {
    from: 'requires_action',
    action: 'authenticate',
    actor: 'customer',
    to: ['succeeded', 'requires_capture', 'processing', 'requires_confirmation', 'requires_payment_method'],
  },
  {
    from: 'requires_action',
    action: 'fail_authentication',
    actor: 'customer',
    to: ['requires_payment_method'],
  },
  {
    from: 'requires_action',
    action: 'fund',
    actor: 'customer',
    to: ['requires_action', 'succeeded'],
    when: TRANSFER_ONLY,
  },
  {
    from: 'requires_action',
    action: 'expire',
    actor: 'time',
    to: ['requires_payment_method'],
    when: 'a voucher, QR code or redirect was not paid in time',
  },

  { from: 'processing', action: 'settle', actor: 'bank', to: ['succeeded'] },
  { from: 'processing', action: 'fail', actor: 'bank', to: ['requires_payment_method'] },
  { from: 'processing', action: 'cancel', actor: 'developer', to: ['canceled'], when: US_BANK_ONLY },

  { from: 'requires_capture', action: 'capture', actor: 'developer', to: ['succeeded', 'requires_capture'] },
  {
    from: 'requires_capture',
    action: 'increment_authorization',
    actor: 'developer',
    to: ['requires_capture'],
  },
  { from: 'requires_capture', action: 'cancel', actor: 'developer', to: ['canceled'] },
  {
    from: 'requires_capture',
    action: 'expire',
    actor: 'time',
    to: ['canceled'],
    when: 'nobody captured before capture_before',
  },
];

/** The row for this pair, or undefined when the status refuses the action. */
function transitionFor(status: PaymentIntentStatus, action: PaymentIntentAction): Transition | undefined {
  return TRANSITIONS.find((row) => row.from === status && row.action === action);
}

/** Whether the status allows the action at all; further conditions are in {@link Transition.when}. */
export function canPerform(status: PaymentIntentStatus, action: PaymentIntentAction): boolean {
  return transitionFor(status, action) !== undefined;
}

/** What may happen to an intent in this status, in the order of {@link PAYMENT_INTENT_ACTIONS}. */
export function legalActions(status: PaymentIntentStatus): PaymentIntentAction[] {
  return PAYMENT_INTENT_ACTIONS.filter((action) => canPerform(status, action));
}

/** The part of {@link legalActions} that a developer can do through the API. */
export function developerActions(status: PaymentIntentStatus): PaymentIntentAction[] {
  return legalActions(status).filter((action) => transitionFor(status, action)?.actor === 'developer');
}

/** The statuses from which the action is legal. */
export function statusesAllowing(action: PaymentIntentAction): PaymentIntentStatus[] {
  return PAYMENT_INTENT_STATUSES.filter((status) => canPerform(status, action));
}

/** Where an intent can get in one step, each status once, in the usual order. */
export function reachableFrom(status: PaymentIntentStatus): PaymentIntentStatus[] {
  const reached = new Set(TRANSITIONS.filter((row) => row.from === status).flatMap((row) => row.to));
  return PAYMENT_INTENT_STATUSES.filter((candidate) => reached.has(candidate));
}
