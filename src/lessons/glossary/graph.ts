import type { Relation } from './term.ts';

type Edge = readonly [
  from: string,
  relation: 'leads_to' | 'needs' | 'part_of' | 'see' | 'unlike',
  to: string,
];

/** How the terms hang together; each relation stands here once and is seen from both ends. */
const EDGES: readonly Edge[] = [
  ['confirm', 'needs', 'payment_intent'],
  ['confirm', 'needs', 'payment_method'],
  ['confirm', 'leads_to', 'charge'],
  ['confirm', 'leads_to', 'requires_action'],
  ['confirm', 'leads_to', 'processing'],
  ['confirm', 'leads_to', 'succeeded'],
  ['requires_payment_method', 'leads_to', 'requires_confirmation'],
  ['requires_payment_method', 'needs', 'payment_method'],
  ['requires_confirmation', 'needs', 'confirm'],
  ['requires_action', 'needs', 'next_action'],
  ['requires_action', 'leads_to', 'processing'],
  ['processing', 'leads_to', 'succeeded'],
  ['processing', 'leads_to', 'requires_payment_method'],
  ['requires_capture', 'needs', 'capture'],
  ['requires_capture', 'leads_to', 'canceled'],
  ['succeeded', 'leads_to', 'fulfillment'],
  ['succeeded', 'leads_to', 'refund'],
  ['cancel', 'leads_to', 'canceled'],
  ['cancel', 'unlike', 'refund'],
  ['charge', 'part_of', 'payment_intent'],
  ['client_secret', 'part_of', 'payment_intent'],
  ['metadata', 'part_of', 'payment_intent'],
  ['next_action', 'part_of', 'payment_intent'],
  ['smallest_currency_unit', 'part_of', 'payment_intent'],
  ['setup_intent', 'unlike', 'payment_intent'],
  ['setup_intent', 'leads_to', 'off_session'],
  ['setup_intent', 'leads_to', 'mandate'],
  ['payment_method', 'part_of', 'customer'],
  ['authorize', 'leads_to', 'requires_capture'],
  ['authorize', 'unlike', 'capture'],
  ['manual_capture', 'leads_to', 'authorize'],
  ['capture', 'leads_to', 'succeeded'],
  ['decline', 'leads_to', 'requires_payment_method'],
  ['decline_code', 'part_of', 'decline'],
  ['decline', 'see', 'charge'],
  ['three_d_secure', 'part_of', 'authentication'],
  ['three_d_secure', 'leads_to', 'requires_action'],
  ['authentication', 'unlike', 'authorize'],
  ['authentication', 'needs', 'on_session'],
  ['redirect', 'part_of', 'next_action'],
  ['redirect', 'needs', 'return_url'],
  ['redirect', 'unlike', 'succeeded'],
  ['client_secret', 'needs', 'publishable_key'],
  ['client_secret', 'unlike', 'secret_key'],
  ['publishable_key', 'unlike', 'secret_key'],
  ['secret_key', 'see', 'test_mode'],
  ['test_mode', 'unlike', 'live_mode'],
  ['webhook', 'part_of', 'event'],
  ['webhook', 'needs', 'webhook_endpoint'],
  ['webhook', 'leads_to', 'fulfillment'],
  ['webhook_endpoint', 'needs', 'signing_secret'],
  ['signature', 'part_of', 'webhook'],
  ['signature', 'needs', 'signing_secret'],
  ['signing_secret', 'unlike', 'secret_key'],
  ['event', 'see', 'payment_intent'],
  ['idempotency_key', 'see', 'payment_intent'],
  ['idempotency_key', 'see', 'refund'],
  ['metadata', 'see', 'fulfillment'],
  ['mandate', 'see', 'delayed_payment_method'],
  ['delayed_payment_method', 'leads_to', 'processing'],
  ['off_session', 'unlike', 'on_session'],
  ['off_session', 'needs', 'customer'],
  ['off_session', 'see', 'authentication'],
  ['fulfillment', 'unlike', 'return_url'],
  ['dispute', 'see', 'charge'],
  ['dispute', 'unlike', 'refund'],
  ['refund', 'part_of', 'charge'],
  ['succeeded', 'leads_to', 'balance'],
  ['balance', 'leads_to', 'payout'],
];

const OTHER_END: Readonly<Record<Edge[1], Relation>> = {
  leads_to: 'comes_from',
  needs: 'needed_by',
  part_of: 'has',
  see: 'see',
  unlike: 'unlike',
};

/** The order in which relations are shown. */
const ORDER: readonly Relation[] = [
  'has',
  'part_of',
  'needs',
  'comes_from',
  'leads_to',
  'needed_by',
  'unlike',
  'see',
];

export interface RelatedTerm {
  readonly relation: Relation;
  readonly id: string;
}

/** The neighbours of a term, from its own point of view. */
export function relatedTerms(id: string): readonly RelatedTerm[] {
  const found = EDGES.flatMap(([from, relation, to]): RelatedTerm[] => [
    ...(from === id ? [{ relation, id: to }] : []),
    ...(to === id ? [{ relation: OTHER_END[relation], id: from }] : []),
  ]);
  return found.sort((a, b) => ORDER.indexOf(a.relation) - ORDER.indexOf(b.relation));
}

/** Every relation once, as it was written down: for drawings and checks. */
export function relations(): readonly (RelatedTerm & { readonly from: string })[] {
  return EDGES.map(([from, relation, to]) => ({ from, relation, id: to }));
}
