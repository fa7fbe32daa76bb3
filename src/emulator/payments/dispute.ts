import { buildNested, buildObject } from '../api/build-object.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { methodTypeOf } from './charge-behavior.ts';
import { withdrawFunds } from './dispute-funds.ts';
import { fileDeadline, responseDue } from './dispute-schedule.ts';

export type EnhancedEligibility = 'mastercard_compliance' | 'visa_compelling_evidence_3' | 'visa_compliance';

export interface DisputeTerms {
  readonly kind: 'chargeback' | 'compliance' | 'inquiry';
  /** As in the API: `fraudulent`, `product_not_received`, ... */
  readonly reason: string;
  /** Minor units. */
  readonly amount: number;
  readonly eligibility?: EnhancedEligibility | undefined;
  /** True where the bank's word is final, so that the dispute is lost as it opens. */
  readonly final?: boolean;
}

/**
 * Opens a dispute on a paid charge: takes the money and the fee, unless it is only an inquiry, and marks the charge
 * (`charge` is changed in place and stored). Events in the order that was probed in 2026-09.
 */
export function openDispute(world: World, charge: ApiObject, terms: DisputeTerms): ApiObject {
  const dispute = world.insert('disputes', newDispute(world, charge, terms));
  Object.assign(charge, { dispute: dispute.id, disputed: true });
  world.update('charges', charge);
  world.emit('charge.dispute.created', dispute);
  if (terms.kind !== 'inquiry') withdrawFunds(world, dispute, charge);
  if (terms.final === true) world.emit('charge.dispute.closed', dispute);
  else fileDeadline(world, dispute);
  return dispute;
}

function newDispute(world: World, charge: ApiObject, terms: DisputeTerms): ApiObject {
  const inquiry = terms.kind === 'inquiry';
  return buildObject('dispute', {
    id: world.ids.plain('du', world.now),
    amount: terms.amount,
    balance_transactions: [],
    charge: charge.id,
    created: world.now,
    currency: charge['currency'],
    enhanced_eligibility_types: terms.eligibility === undefined ? [] : [terms.eligibility],
    evidence: knownEvidence(world, charge),
    evidence_details: {
      due_by: terms.final === true ? null : responseDue(world.now),
      enhanced_eligibility: enhancedEligibility(terms.eligibility),
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    is_charge_refundable: inquiry,
    payment_intent: charge['payment_intent'],
    payment_method_details: methodDetails(charge, terms),
    reason: terms.reason,
    status: terms.final === true ? 'lost' : inquiry ? 'warning_needs_response' : 'needs_response',
  });
}

/** What Stripe fills in of its own accord: the customer, if need be by description, and what was bought (recorded 2026-08). */
function knownEvidence(world: World, charge: ApiObject): ApiHash {
  const customer = world.get('customers', charge['customer']);
  const billing = charge['billing_details'] as ApiHash;
  return buildNested('dispute.evidence', {
    customer_email_address: customer?.['email'] ?? billing['email'] ?? null,
    customer_name: customer?.['name'] ?? billing['name'] ?? customer?.['description'] ?? null,
    enhanced_evidence: {},
    product_description: charge['description'],
  });
}

/** What is still missing for the networks' special procedures (the types; nothing of it was recorded). */
function enhancedEligibility(eligibility: EnhancedEligibility | undefined): ApiHash {
  if (eligibility === undefined) return {};
  if (eligibility !== 'visa_compelling_evidence_3') {
    return { [eligibility]: { status: 'requires_fee_acknowledgement' } };
  }
  return {
    [eligibility]: {
      required_actions: [
        'missing_customer_identifiers',
        'missing_disputed_transaction_description',
        'missing_merchandise_or_services',
        'missing_prior_undisputed_transaction_description',
        'missing_prior_undisputed_transactions',
      ],
      status: 'requires_action',
    },
  };
}

/** The networks' codes: Visa's first three recorded or probed 2026-09, Mastercard's are its public ones. */
const REASON_CODES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  visa: { fraudulent: '10.4', inquiry: '10', product_not_received: '13.1' },
  mastercard: { fraudulent: '4837', product_not_received: '4853' },
};

/** Only cards say more about a dispute; for bank debits the field is absent (the types). */
function methodDetails(charge: ApiObject, { kind, reason }: DisputeTerms): ApiHash | undefined {
  const type = methodTypeOf(charge);
  if (type !== 'card') return undefined;
  const { brand, network } = (charge['payment_method_details'] as { card: ApiHash }).card;
  return {
    card: {
      brand,
      case_type: kind,
      network,
      network_reason_code: REASON_CODES[String(network)]?.[kind === 'inquiry' ? kind : reason] ?? null,
    },
    type,
  };
}
