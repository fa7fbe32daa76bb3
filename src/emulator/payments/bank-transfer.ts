import { missingParam } from '../api/param-errors.ts';
import { invalidRequest } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import type { AttemptTerms } from './attempt.ts';
import { availableCash, cashBalanceOf, moveCash, reconciliationMode } from './cash-balance.ts';
import { recordCharge } from './charge.ts';
import { concludeAction, concludeFailed, concludePaid, markSpent } from './conclude.ts';
import { fundingAddresses, type TransferType, transferTypeFor } from './funding-addresses.ts';
import { optionsOf } from './method-option.ts';
import { hostedPage } from './next-action.ts';
import { unscoredOutcome } from './other-outcome.ts';
import { requireTransfer } from './transfer-terms.ts';

/** What the emulator knows of a payment by bank transfer. */
interface TransferFacts {
  /** Minor units of the cash balance that the payment holds already. */
  applied: number;
}

/**
 * Pays from a customer's cash balance; where that does not suffice, the intent waits for a transfer and says where to
 * send it.
 *
 * @throws ApiError 400 without a customer or without a way to send more, 402 when the balance does not suffice.
 */
export function attemptBankTransfer(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  _terms: AttemptTerms,
): void {
  const customer = intent['customer'];
  if (typeof customer !== 'string') throw missingParam('customer');
  const currency = intent['currency'] as string;
  const options = optionsOf(intent, 'customer_balance');
  const available = availableCash(world, customer, currency);
  const remaining = remainingOf(world, intent);
  if (available >= remaining) {
    intent['payment_method'] = method.id;
    applyCash(world, intent, method, remaining);
    return;
  }
  if (options['funding_type'] !== 'bank_transfer') throw balanceTooSmall(world, intent, method);
  const { type, country } = requireTransfer(currency, (options['bank_transfer'] ?? {}) as ApiHash);
  const reference = `${world.ids.invoicePrefix()}${world.ids.invoicePrefix().slice(0, 4)}`;
  const automatic = reconciliationMode(world, customer) === 'automatic';
  if (automatic && available > 0) hold(world, intent, customer, available);
  concludeAction(world, intent, method, {
    display_bank_transfer_instructions: {
      amount_remaining: remainingOf(world, intent),
      currency,
      financial_addresses: fundingAddresses(world, customer, type, country),
      hosted_instructions_url: hostedPage(world, intent, method.id),
      reference,
      type,
    },
    type: 'display_bank_transfer_instructions',
  });
}

/** Minor units that a payment still needs. */
export function remainingOf(world: World, intent: ApiObject): number {
  return (intent['amount'] as number) - (world.facts<TransferFacts>(intent.id).applied ?? 0);
}

function balanceTooSmall(world: World, intent: ApiObject, method: ApiObject) {
  return concludeFailed(world, intent, method, {
    code: 'insufficient_funds',
    message: `The customer's cash balance is too small for this payment. Set \`payment_method_options[customer_balance][funding_type]\` to \`bank_transfer\` to ask the customer for a transfer.`,
    type: 'card_error',
  });
}

/** Whether an intent waits for a transfer. */
export function awaitsTransfer(intent: ApiObject): boolean {
  const action = intent['next_action'] as ApiHash | null;
  return intent['status'] === 'requires_action' && action?.['type'] === 'display_bank_transfer_instructions';
}

/**
 * Money arrives from a customer's bank. With automatic reconciliation it goes to the payments that wait for it: the one
 * with its reference, then one that needs exactly as much, then the oldest. What is left stays in the cash balance.
 *
 * @param amount minor units
 * @returns the transaction that brought the money
 */
export function receiveTransfer(
  world: World,
  customer: string,
  money: { readonly amount: number; readonly currency: string; readonly reference: string | null },
): ApiObject {
  const { amount, currency, reference } = money;
  const type = transferTypeFor(currency);
  if (type === undefined) throw new Error(`no transfer brings ${currency}`);
  const transaction = moveCash(world, {
    customer,
    currency,
    amount,
    type: 'funded',
    details: { bank_transfer: incoming(type, reference) },
  });
  if (reconciliationMode(world, customer) === 'automatic') reconcile(world, customer, currency, reference);
  if (availableCash(world, customer, currency) > 0) {
    world.emit('cash_balance.funds_available', cashBalanceOf(world, customer));
  }
  return transaction;
}

/** What is known of the sender (fields from the types; Mexican transfers have none of their own). */
function incoming(type: TransferType, reference: string | null): ApiHash {
  const sender = { sender_name: 'Jenny Rosen' };
  const details: Readonly<Record<TransferType, ApiHash>> = {
    eu_bank_transfer: { eu_bank_transfer: { bic: 'TESTDE22', iban_last4: '3000', ...sender } },
    gb_bank_transfer: { gb_bank_transfer: { account_number_last4: '2345', ...sender, sort_code: '108800' } },
    jp_bank_transfer: { jp_bank_transfer: { sender_bank: null, sender_branch: null, ...sender } },
    mx_bank_transfer: {},
    us_bank_transfer: {},
  };
  const us = type === 'us_bank_transfer' ? { us_bank_transfer: { network: 'ach', ...sender } } : {};
  return { ...details[type], reference, type, ...us };
}

function reconcile(world: World, customer: string, currency: string, reference: string | null): void {
  const waiting: ApiObject[] = [];
  for (const intent of world.store.scan('payment_intents', { customer })) {
    if (intent['currency'] === currency && awaitsTransfer(intent)) waiting.unshift(intent);
  }
  while (waiting.length > 0) {
    const available = availableCash(world, customer, currency);
    if (available <= 0) return;
    const named = waiting.findIndex(
      (intent) => reference !== null && instructions(intent)['reference'] === reference,
    );
    const exact = waiting.findIndex((intent) => remainingOf(world, intent) === available);
    const [intent] = waiting.splice(named >= 0 ? named : Math.max(exact, 0), 1) as [ApiObject];
    const method = world.require('payment_methods', intent['payment_method']);
    applyCash(world, intent, method, Math.min(available, remainingOf(world, intent)));
  }
}

function instructions(intent: ApiObject): ApiHash {
  return ((intent['next_action'] as ApiHash | null)?.['display_bank_transfer_instructions'] ?? {}) as ApiHash;
}

/**
 * Gives a payment part of the customer's cash balance, or all it needs: then it has succeeded.
 *
 * @param amount minor units, not more than is there and than the payment needs
 */
export function applyCash(world: World, intent: ApiObject, method: ApiObject, amount: number): void {
  hold(world, intent, intent['customer'] as string, amount);
  const remaining = remainingOf(world, intent);
  if (remaining > 0) {
    instructions(intent)['amount_remaining'] = remaining;
    world.update('payment_intents', intent);
    world.emit('payment_intent.partially_funded', intent);
    return;
  }
  markSpent(world, method);
  const charge = recordCharge(world, {
    intent,
    method,
    details: {},
    outcome: unscoredOutcome(),
    status: 'succeeded',
    captured: true,
  });
  concludePaid(world, intent, charge, method);
}

function hold(world: World, intent: ApiObject, customer: string, amount: number): void {
  moveCash(world, {
    customer,
    currency: intent['currency'] as string,
    amount: -amount,
    type: 'applied_to_payment',
    details: { payment_intent: intent.id },
  });
  const { applied = 0 } = world.facts<TransferFacts>(intent.id);
  world.remember<TransferFacts>(intent.id, { applied: applied + amount });
}

/** A payment that was canceled gives back what it held; other payments may take it. */
export function releaseTransfer(world: World, intent: ApiObject): void {
  const { applied = 0 } = world.facts<TransferFacts>(intent.id);
  if (applied === 0 || intent['status'] !== 'canceled') return;
  const customer = intent['customer'] as string;
  const currency = intent['currency'] as string;
  world.remember<TransferFacts>(intent.id, { applied: 0 });
  moveCash(world, {
    customer,
    currency,
    amount: applied,
    type: 'unapplied_from_payment',
    details: { payment_intent: intent.id },
  });
  if (reconciliationMode(world, customer) === 'automatic') reconcile(world, customer, currency, null);
}

/** The customer sends what a waiting payment still needs. A transfer cannot fail: it comes or it does not. */
export function completeTransfer(world: World, intent: ApiObject, outcome: 'succeed' | 'fail'): ApiObject {
  if (outcome === 'fail') {
    throw invalidRequest(
      'A bank transfer cannot fail: it arrives, or it does not. Cancel the PaymentIntent instead.',
      { payment_intent: intent },
    );
  }
  const customer = intent['customer'] as string;
  const reference = (instructions(intent)['reference'] as string | null | undefined) ?? null;
  receiveTransfer(world, customer, {
    amount: remainingOf(world, intent),
    currency: intent['currency'] as string,
    reference,
  });
  return world.require('payment_intents', intent.id);
}
