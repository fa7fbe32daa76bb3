import type { Choice, Prompter } from './host.ts';

/** Common outcomes first; everything else is in `payintent methods`. */
const offered: readonly (Choice<string> & { readonly value: string })[] = [
  { group: 'Succeeds', name: 'Visa', value: 'pm_card_visa', description: 'succeeds at once' },
  { group: 'Succeeds', name: 'Mastercard', value: 'pm_card_mastercard', description: 'succeeds at once' },
  {
    group: 'Succeeds',
    name: 'SEPA debit',
    value: 'pm_sepaDebit',
    description: 'stays processing, then succeeds',
  },
  {
    group: 'Asks the customer',
    name: '3D Secure',
    value: 'pm_card_authenticationRequired',
    description: 'requires_action until it is authenticated',
  },
  {
    group: 'Declines',
    name: 'Declined',
    value: 'pm_card_visa_chargeDeclined',
    description: 'generic_decline',
  },
  {
    group: 'Declines',
    name: 'Insufficient funds',
    value: 'pm_card_visa_chargeDeclinedInsufficientFunds',
    description: 'insufficient_funds',
  },
  {
    group: 'Declines',
    name: 'Expired card',
    value: 'pm_card_chargeDeclinedExpiredCard',
    description: 'expired_card',
  },
  {
    group: 'Declines',
    name: 'Incorrect CVC',
    value: 'pm_card_chargeDeclinedIncorrectCvc',
    description: 'incorrect_cvc',
  },
  {
    group: 'Afterwards',
    name: 'Disputed',
    value: 'pm_card_createDispute',
    description: 'succeeds, then is disputed',
  },
];

/** Offers test payment methods by what they do. `later` adds a way to choose none, worded so. */
export async function askPaymentMethod(prompter: Prompter, later?: string): Promise<string | undefined> {
  const none: Choice<string | undefined>[] =
    later === undefined ? [] : [{ name: `None: ${later}`, value: undefined, group: 'Not now' }];
  return prompter.select<string | undefined>({ message: 'Payment method', choices: [...offered, ...none] });
}
