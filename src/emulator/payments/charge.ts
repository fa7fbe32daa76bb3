import { ACCOUNT_DESCRIPTOR } from '../account-facts.ts';
import { buildObject } from '../api/build-object.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { processingFee, recordMovement } from './balance-transaction.ts';
import { settlementTerms } from './charge-behavior.ts';
import { groupTransfer } from './destination.ts';
import { sorted } from './method-options.ts';

/** With asynchronous capture the balance transaction follows the payment by about two seconds (seen in event logs). */
const BALANCE_DELAY_SECONDS = 2;
export const BALANCE_JOB = 'charge.balance';

export interface ChargeRequest {
  readonly intent: ApiObject;
  readonly method: ApiObject;
  /** The part of `payment_method_details` under the method's type. */
  readonly details: ApiHash;
  readonly outcome: ApiHash;
  readonly status: 'succeeded' | 'pending' | 'failed';
  readonly captured: boolean;
  readonly failure?: { code: string; message: string };
  /** Minor units; the whole intent unless said otherwise. */
  readonly amount?: number;
}

/**
 * Stores the charge that one attempt at an intent makes, without telling anyone yet. Description, metadata, shipping
 * and the transfer parameters are copied from the intent at this moment; later changes do not travel (recorded).
 */
export function recordCharge(world: World, request: ChargeRequest): ApiObject {
  const { intent, method, status } = request;
  const type = method['type'] as string;
  const amount = request.amount ?? (intent['amount'] as number);
  const intentId = intent.id;
  const prefix = type === 'card' || type === 'card_present' ? 'ch' : 'py';
  const id = world.ids.related(prefix, intentId);
  const failed = status === 'failed';
  if (!failed) groupTransfer(intent);
  return world.insert(
    'charges',
    buildObject('charge', {
      id,
      amount,
      amount_captured: request.captured && !failed ? amount : 0,
      amount_refunded: 0,
      application: null,
      application_fee: null,
      application_fee_amount: intent['application_fee_amount'] ?? null,
      billing_details: method['billing_details'],
      calculated_statement_descriptor: calculatedDescriptor(intent, type),
      captured: request.captured && !failed,
      created: world.now,
      currency: intent['currency'],
      customer: intent['customer'],
      description: intent['description'],
      destination: (intent['transfer_data'] as ApiHash | null)?.['destination'] ?? null,
      disputed: false,
      failure_code: request.failure?.code ?? null,
      failure_message: request.failure?.message ?? null,
      fraud_details: {},
      livemode: false,
      metadata: intent['metadata'],
      on_behalf_of: intent['on_behalf_of'] ?? null,
      order: null,
      outcome: request.outcome,
      paid: status === 'succeeded',
      payment_intent: intentId,
      payment_method: method.id,
      payment_method_details: sorted({ [type]: request.details, type }),
      radar_options: {},
      receipt_email: intent['receipt_email'] ?? null,
      receipt_url: failed ? null : `${world.setup.baseUrl()}/_payintent/receipts/${id}`,
      refunded: false,
      shipping: intent['shipping'] ?? null,
      statement_descriptor: intent['statement_descriptor'] ?? null,
      statement_descriptor_suffix: intent['statement_descriptor_suffix'] ?? null,
      status,
      transfer_data: transferOf(intent),
      transfer_group: intent['transfer_group'] ?? null,
    }),
  );
}

/** A charge says so where no amount was given: all of it goes on (recorded 2023). */
function transferOf(intent: ApiHash): ApiHash | null {
  const data = intent['transfer_data'] as ApiHash | null | undefined;
  return data === null || data === undefined ? null : { amount: null, ...data };
}

/** What the customer reads on the statement: the account's own words, with the suffix behind them for cards. */
function calculatedDescriptor(intent: ApiHash, type: string): string {
  const suffix = intent['statement_descriptor_suffix'];
  if (typeof suffix === 'string' && type === 'card') return `${ACCOUNT_DESCRIPTOR}* ${suffix}`.slice(0, 22);
  const own = intent['statement_descriptor'];
  return typeof own === 'string' && type !== 'card' ? own : ACCOUNT_DESCRIPTOR;
}

/** Moves the money of a paid charge into the balance, now, and names the transaction on the charge. */
export function settleCharge(world: World, charge: ApiObject): void {
  if (charge['balance_transaction'] !== null) return;
  const amount = charge['amount_captured'] as number;
  const currency = charge['currency'] as string;
  charge['balance_transaction'] = recordMovement(world, {
    amount,
    currency,
    fee: processingFee(amount, currency),
    description: charge['description'] as string | null,
    source: charge.id,
    type: charge.id.startsWith('py_') ? 'payment' : 'charge',
    reportingCategory: 'charge',
    intent: charge['payment_intent'] as string | null,
    ...settlementTerms(world, charge),
  }).id;
  world.update('charges', charge);
}

/** Files the settlement for a little later, as asynchronous capture does. */
export function settleChargeSoon(world: World, charge: ApiObject): void {
  world.schedule(BALANCE_JOB, charge.id, BALANCE_DELAY_SECONDS);
}

/** The job behind `settleChargeSoon`: the charge gets its balance transaction, and an event says so. */
export function settleChargeJob(world: World, chargeId: string): void {
  const charge = world.get('charges', chargeId);
  if (charge === undefined || charge['balance_transaction'] !== null) return;
  const before = { ...charge };
  settleCharge(world, charge);
  world.emit('charge.updated', charge, before);
}
