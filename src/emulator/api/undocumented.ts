/**
 * Parameters that the API takes and the types of the SDK leave out, in the notation of the tables. Each line says where it
 * is known from.
 */
const UNDOCUMENTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

/** Undocumented parameters of one operation: name to type expression. */
export function undocumentedParams(operationId: string): Readonly<Record<string, string>> | undefined {
  return Object.hasOwn(UNDOCUMENTED, operationId) ? UNDOCUMENTED[operationId] : undefined;
}

/**
 * Fields of real answers that the types lack: always null for accounts without the feature. Recorded on every
 * PaymentIntent and PaymentMethod since 2025, although no released SDK declares it.
 */
export const UNDOCUMENTED_FIELDS: Readonly<Record<string, Readonly<Record<string, null>>>> = {
  payment_intent: { shared_payment_granted_token: null },
  payment_method: { shared_payment_granted_token: null },
};
