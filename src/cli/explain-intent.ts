import { findDeclineCode } from '../domain/decline-codes.ts';
import { findErrorCode } from '../domain/error-codes.ts';
import { formatAmount } from '../domain/money.ts';
import { STATUS_GUIDES } from '../domain/status-guide.ts';
import { isPaymentIntentStatus } from '../domain/statuses.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import { legalMoves, nextSteps } from './next-steps.ts';
import { isoTime } from './output.ts';
import { valueAt } from './view.ts';

/** Why an intent is where it is, and what can be done about it. */
export interface IntentExplanation {
  readonly id: string;
  readonly status: string;
  readonly meaning: string;
  /** What in this intent led to its status, most telling first. */
  readonly because: readonly string[];
  readonly next: string;
  readonly commands: readonly string[];
}

export function explainIntent(intent: ApiRecord, offline: boolean): IntentExplanation {
  const id = String(intent['id']);
  const status = String(intent['status']);
  const known = isPaymentIntentStatus(status);
  const commands = known
    ? [...new Set([...nextSteps(intent, offline), ...legalMoves(status, id, intent['amount'])])]
    : [];
  return {
    id,
    status,
    meaning: known ? STATUS_GUIDES[status].meaning : `${status} is a status this version does not know.`,
    because: reasons(intent, status),
    next: known ? STATUS_GUIDES[status].next : 'Look it up in the Dashboard.',
    commands,
  };
}

function reasons(intent: ApiRecord, status: string): string[] {
  switch (status) {
    case 'requires_payment_method':
      return lastFailure(intent) ?? ['No payment method has been given yet, and nothing has been attempted.'];
    case 'requires_confirmation':
      return [
        `It has the payment method ${String(valueAt(intent, 'payment_method.id') ?? intent['payment_method'])} and has not been confirmed.`,
        ...(lastFailure(intent) ?? []),
      ];
    case 'requires_action':
      return actionReasons(intent);
    case 'processing':
      return [
        `The payment method (${methodTypes(intent)}) does not answer at once: the result comes by webhook.`,
      ];
    case 'requires_capture':
      return [
        'It was confirmed with capture_method manual: the money is reserved and not yet taken.',
        ...captureBefore(intent),
      ];
    case 'canceled':
      return [
        intent['cancellation_reason'] === null || intent['cancellation_reason'] === undefined
          ? 'It was canceled without a reason.'
          : `It was canceled: ${String(intent['cancellation_reason'])}.`,
        ...(typeof intent['canceled_at'] === 'number'
          ? [`That was at ${isoTime(intent['canceled_at'])}.`]
          : []),
      ];
    case 'succeeded':
      return [
        `The charge ${String(valueAt(intent, 'latest_charge.id') ?? intent['latest_charge'])} was paid.`,
        ...refunded(intent),
      ];
    default:
      return [];
  }
}

function lastFailure(intent: ApiRecord): string[] | undefined {
  const error = intent['last_payment_error'];
  if (typeof error !== 'object' || error === null) return undefined;
  const code = String(valueAt(error, 'code') ?? valueAt(error, 'type'));
  const decline = valueAt(error, 'decline_code');
  const lines = [
    `The last attempt failed with ${code}${typeof decline === 'string' ? ` (${decline})` : ''}: ${String(valueAt(error, 'message'))}`,
  ];
  const declineRow = typeof decline === 'string' ? findDeclineCode(decline) : undefined;
  const explained =
    declineRow === undefined
      ? findErrorCode(code)?.description
      : `${declineRow.description} ${declineRow.nextStep}`;
  return explained === undefined ? lines : [...lines, explained];
}

function actionReasons(intent: ApiRecord): string[] {
  const type = valueAt(intent, 'next_action.type');
  if (typeof type !== 'string') return ['The customer has something to do; next_action does not say what.'];
  const known: Readonly<Record<string, string>> = {
    redirect_to_url:
      'The customer has to open the page of next_action and answer there (3D Secure, or the bank).',
    use_stripe_sdk: 'The customer has to pass 3D Secure, which Stripe.js shows in the page.',
    verify_with_microdeposits: 'The customer has to confirm the small amounts sent to the bank account.',
    display_bank_transfer_instructions:
      'The customer has to send a bank transfer to the account in next_action.',
  };
  const voucher =
    type.includes('voucher') ||
    type.includes('oxxo') ||
    type.includes('boleto') ||
    type.includes('konbini') ||
    type.includes('multibanco');
  return [
    `next_action is ${type}.`,
    known[type] ??
      (voucher
        ? 'The customer has to pay a voucher.'
        : 'The customer has to finish the payment outside of your page.'),
  ];
}

function methodTypes(intent: ApiRecord): string {
  const type = valueAt(intent, 'payment_method.type');
  if (typeof type === 'string') return type;
  const types = intent['payment_method_types'];
  return Array.isArray(types) && types.length === 1 ? String(types[0]) : 'a delayed one';
}

function captureBefore(intent: ApiRecord): string[] {
  const until = valueAt(intent, 'latest_charge.payment_method_details.card.capture_before');
  return typeof until === 'number'
    ? [`Not captured by ${isoTime(until)}, it is canceled and the money released.`]
    : [];
}

function refunded(intent: ApiRecord): string[] {
  const amount = valueAt(intent, 'latest_charge.amount_refunded');
  if (typeof amount !== 'number' || amount === 0) return [];
  const all = valueAt(intent, 'latest_charge.refunded') === true;
  return [
    all
      ? 'It was refunded in full, which does not change the status.'
      : `${formatAmount(amount, String(intent['currency']))} was refunded, which does not change the status.`,
  ];
}
