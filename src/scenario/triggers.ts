import { EVENT_TYPES } from '../domain/event-types.ts';
import { mainCall, type Scenario, stepsUntil } from './format.ts';
import { findScenario } from './library/all.ts';
import { offlineOnly } from './runner.ts';

/** The scenario that brings about each type of event: the shortest one, or the one that says most about it. */
export const TRIGGERS: Readonly<Record<string, string>> = {
  'cash_balance.funds_available': 'bank-transfer-too-much',
  'charge.captured': 'manual-capture',
  'charge.dispute.closed': 'dispute-lost',
  'charge.dispute.created': 'dispute-lost',
  'charge.dispute.funds_reinstated': 'dispute-won',
  'charge.dispute.funds_withdrawn': 'dispute-lost',
  'charge.dispute.updated': 'dispute-lost',
  'charge.expired': 'authorization-expires',
  'charge.failed': 'card-declined',
  'charge.pending': 'bank-debit-paid',
  'charge.refund.updated': 'refund',
  'charge.refunded': 'refund',
  'charge.succeeded': 'card-success',
  'charge.updated': 'card-success',
  'customer.created': 'customer-life',
  'customer.deleted': 'customer-life',
  'customer.source.created': 'customer-source',
  'customer.source.deleted': 'customer-source',
  'customer.updated': 'customer-life',
  'customer_cash_balance_transaction.created': 'bank-transfer',
  'mandate.updated': 'mandate-refused',
  'payment_intent.amount_capturable_updated': 'manual-capture',
  'payment_intent.canceled': 'cancel-before-payment',
  'payment_intent.created': 'create-only',
  'payment_intent.partially_funded': 'bank-transfer',
  'payment_intent.payment_failed': 'card-declined',
  'payment_intent.processing': 'bank-debit-paid',
  'payment_intent.requires_action': '3ds-required',
  'payment_intent.succeeded': 'card-success',
  'payment_method.attached': 'payment-method-life',
  'payment_method.detached': 'payment-method-life',
  'payment_method.updated': 'payment-method-life',
  'radar.early_fraud_warning.created': 'early-fraud-warning',
  'refund.created': 'refund',
  'refund.failed': 'refund-failed',
  'refund.updated': 'refund',
  'setup_intent.canceled': 'setup-canceled',
  'setup_intent.created': 'setup-success',
  'setup_intent.requires_action': 'setup-3ds',
  'setup_intent.setup_failed': 'setup-declined',
  'setup_intent.succeeded': 'setup-success',
};

const DISCOUNTS = 'coupons and discounts are not part of the emulator';
const SUBSCRIPTIONS = 'subscriptions are not part of the emulator';
const TAX = 'tax ids are not part of the emulator';
const CHECKOUT = 'Checkout is not part of the emulator';
const STANDALONE = 'only standalone 3D Secure sends it, which a PaymentIntent does not use';
const RADAR = 'no rule of the emulator puts a payment in review';

/** Types of the catalogue that no flow can bring about, with the reason. */
export const UNREACHABLE: Readonly<Record<string, string>> = {
  'balance.available': 'it comes when Stripe pays out, which the emulator does not do',
  'checkout.session.async_payment_failed': CHECKOUT,
  'checkout.session.async_payment_succeeded': CHECKOUT,
  'checkout.session.completed': CHECKOUT,
  'checkout.session.expired': CHECKOUT,
  'customer.discount.created': DISCOUNTS,
  'customer.discount.deleted': DISCOUNTS,
  'customer.discount.updated': DISCOUNTS,
  'customer.source.expiring': 'it comes at the end of the month in which a card of the old kind expires',
  'customer.source.updated': 'sources can be added and removed in the emulator, not changed',
  'customer.subscription.created': SUBSCRIPTIONS,
  'customer.subscription.deleted': SUBSCRIPTIONS,
  'customer.subscription.paused': SUBSCRIPTIONS,
  'customer.subscription.pending_update_applied': SUBSCRIPTIONS,
  'customer.subscription.pending_update_expired': SUBSCRIPTIONS,
  'customer.subscription.resumed': SUBSCRIPTIONS,
  'customer.subscription.trial_will_end': SUBSCRIPTIONS,
  'customer.subscription.updated': SUBSCRIPTIONS,
  'customer.tax_id.created': TAX,
  'customer.tax_id.deleted': TAX,
  'customer.tax_id.updated': TAX,
  'payment_method.automatically_updated': 'only a card network sends it, when it replaces a card',
  'radar.early_fraud_warning.updated': 'nothing changes a warning in the emulator',
  'review.closed': RADAR,
  'review.opened': RADAR,
  'three_d_secure.authentication.canceled': STANDALONE,
  'three_d_secure.authentication.challenge_started': STANDALONE,
  'three_d_secure.authentication.errored': STANDALONE,
  'three_d_secure.authentication.failed': STANDALONE,
  'three_d_secure.authentication.requires_challenge': STANDALONE,
  'three_d_secure.authentication.requires_submission': STANDALONE,
  'three_d_secure.authentication.succeeded': STANDALONE,
};

/** The scenario for a type of event; undefined for one that cannot be brought about. */
export function scenarioFor(type: string): Scenario | undefined {
  return Object.hasOwn(TRIGGERS, type) ? findScenario(TRIGGERS[type] ?? '') : undefined;
}

/** One type of the catalogue, as `trigger --list` shows it. */
export interface TriggerRow {
  readonly type: string;
  readonly description: string;
  /** Null where it cannot be triggered. */
  readonly scenario: string | null;
  readonly title: string | null;
  /** Where it works. */
  readonly targets: readonly ('offline' | 'test')[];
  /** Why not everywhere; null where it works everywhere. */
  readonly reason: string | null;
  /** The call whose parameters --set changes. */
  readonly main: string | null;
}

/** Every type of the catalogue, with the scenario that triggers it or the reason why none does. */
export function triggerRows(): readonly TriggerRow[] {
  return EVENT_TYPES.map(({ type, description }) => {
    const scenario = scenarioFor(type);
    if (scenario === undefined) {
      const reason = UNREACHABLE[type] ?? 'nothing in the emulator sends it';
      return { type, description, scenario: null, title: null, targets: [], reason, main: null };
    }
    const reason = offlineOnly({ steps: stepsUntil(scenario.steps, type) });
    return {
      type,
      description,
      scenario: scenario.id,
      title: scenario.title,
      targets: reason === undefined ? ['offline', 'test'] : ['offline'],
      reason: reason ?? null,
      main: mainCall(scenario)?.call ?? null,
    };
  });
}
