import { unsupported } from './api-error.ts';

/**
 * Payment method types that Stripe has and the emulator cannot imitate honestly, each with the reason: the list that
 * `payintent help offline` shows. Everything else in the table of types works.
 */
export const UNSUPPORTED_METHODS: Readonly<Record<string, string>> = {
  card_present: 'it needs a Terminal reader',
  custom: 'it is paid outside of Stripe',
  interac_present: 'it needs a Terminal reader',
  link: "it stands for a Link account's cards and bank accounts, which the emulator does not have",
  mb_way: 'what a waiting payment looks like in the API is not published',
  payto: 'what a waiting agreement looks like in the API is not published',
};

/** @throws ApiError 400 for a type of that list. */
export function requireSupportedMethod(type: string, param: string): void {
  const reason = Object.hasOwn(UNSUPPORTED_METHODS, type) ? UNSUPPORTED_METHODS[type] : undefined;
  if (reason !== undefined) throw unsupported(`Paying with ${type} (${reason})`, param);
}
