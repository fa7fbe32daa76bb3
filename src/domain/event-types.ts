import rows from './data/event-types.json' with { type: 'json' };

/** One type of event that has to do with payments. */
export interface EventType {
  type: string;
  /** The kind of object in `data.object`. */
  object: string;
  description: string;
  /** What usually causes it. */
  trigger?: string;
  /** True where `data.previous_attributes` is sent. */
  previousAttributes?: boolean;
  deprecated?: boolean;
  note?: string;
  uncertain?: boolean;
}

/** The event types around payments, in alphabetical order (the types list 275 in all). */
export const EVENT_TYPES = rows as readonly unknown[] as readonly EventType[];

export function findEventType(type: string): EventType | undefined {
  return EVENT_TYPES.find((row) => row.type === type);
}

/** Names people look for that Stripe never sends, with what they should listen to instead. */
export const MISSING_EVENT_TYPES: Readonly<Record<string, string>> = {
  'charge.created': 'charge.succeeded, charge.pending or charge.failed',
  'payment_intent.confirmed':
    'payment_intent.succeeded, payment_intent.requires_action or payment_intent.processing',
  'payment_intent.failed': 'payment_intent.payment_failed',
  'payment_intent.requires_capture': 'payment_intent.amount_capturable_updated',
  'payment_intent.requires_confirmation': 'payment_intent.created',
  'payment_intent.requires_payment_method': 'payment_intent.payment_failed',
  'payment_intent.updated': 'the event of the status you wait for: updates send none',
  'payment_method.created': 'payment_method.attached',
  'setup_intent.updated': 'setup_intent.succeeded or setup_intent.setup_failed',
};
