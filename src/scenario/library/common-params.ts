import type { ApiRecord } from '../../gateway/gateway.ts';

/** A card payment of $20.00. The method type is named, so that the account's other methods ask for no return_url. */
export const CARD_PAYMENT: ApiRecord = { amount: 2000, currency: 'usd', payment_method_types: ['card'] };

/** The customer's consent to a debit, taken down outside of a browser. */
export const CONSENT: ApiRecord = { customer_acceptance: { type: 'offline' } };

export const BILLING: ApiRecord = { name: 'Jenny Rosen', email: 'jenny@example.com' };

/** Where a bank's page sends the customer back to. */
export const RETURN_URL = 'https://example.com/return';
