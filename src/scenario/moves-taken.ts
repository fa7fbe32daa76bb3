import type { PaymentIntentStatus } from '../domain/statuses.ts';
import { isPaymentIntentStatus } from '../domain/statuses.ts';
import type { PaymentIntentAction } from '../domain/transitions.ts';
import { type CallStep, isAuthenticate, isCall } from './format.ts';
import type { StepResult } from './runner.ts';

/** A move of the transition table, as a step took it. */
export interface MoveTaken {
  readonly from: PaymentIntentStatus;
  readonly action: PaymentIntentAction;
  readonly to: PaymentIntentStatus;
}

const ACTIONS: Readonly<Record<string, PaymentIntentAction>> = {
  'payment_intents.apply_customer_balance': 'apply_customer_balance',
  'payment_intents.cancel': 'cancel',
  'payment_intents.capture': 'capture',
  'payment_intents.confirm': 'confirm',
  'payment_intents.increment_authorization': 'increment_authorization',
  'payment_intents.verify_microdeposits': 'verify_microdeposits',
  'test_helpers.customers.fund_cash_balance': 'fund',
};

/** The move that a step of a PaymentIntent's story took; undefined where it took none: a creation, a refund, a refusal. */
export function moveTaken({ step, before, after, error }: StepResult): MoveTaken | undefined {
  if (before?.['object'] !== 'payment_intent' || after === undefined) return undefined;
  const [from, to] = [String(before['status']), String(after['status'])];
  if (!isPaymentIntentStatus(from) || !isPaymentIntentStatus(to)) return undefined;
  if (error?.code === 'payment_intent_unexpected_state') return undefined;
  const action = isCall(step)
    ? called(step)
    : isAuthenticate(step)
      ? step.outcome === 'succeed'
        ? 'authenticate'
        : 'fail_authentication'
      : passed(from, to);
  return action === undefined ? undefined : { from, action, to };
}

function called({ call, params }: CallStep): PaymentIntentAction | undefined {
  if (call === 'payment_intents.update') {
    return params?.['payment_method'] === undefined ? undefined : 'update_payment_method';
  }
  return ACTIONS[call];
}

/** What happened while time passed. */
function passed(from: PaymentIntentStatus, to: PaymentIntentStatus): PaymentIntentAction | undefined {
  if (from === to) return undefined;
  if (from === 'processing') return to === 'succeeded' ? 'settle' : 'fail';
  return 'expire';
}
