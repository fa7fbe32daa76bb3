import rows from './data/payment-intent-fields.json' with { type: 'json' };

/** One field of the PaymentIntent object. */
export interface PaymentIntentField {
  field: string;
  description: string;
  /** When it holds something. */
  populatedWhen: string;
  /** The TypeScript type in the SDK. */
  type: string;
  nullable?: boolean;
  optional?: boolean;
  values?: readonly string[];
  /** Fields inside, each with a short note where there is one. */
  nested?: readonly (readonly [name: string, note?: string])[];
  /** The calls that set it. */
  settableOn?: readonly string[];
  /** Known to be returned to a publishable key with the client secret. */
  visibleWithClientSecret?: boolean;
  uncertain?: boolean;
}

/** The 47 fields of the PaymentIntent object (stripe 23.1.0), in the order the API sends them. */
export const PAYMENT_INTENT_FIELDS = rows as readonly unknown[] as readonly PaymentIntentField[];

export function findPaymentIntentField(field: string): PaymentIntentField | undefined {
  return PAYMENT_INTENT_FIELDS.find((row) => row.field === field);
}
