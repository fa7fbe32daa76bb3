import type { ApiHash, ApiObject } from '../objects.ts';
import { makeIban, readIban } from '../payment-methods/iban.ts';
import { insertMethod } from '../payment-methods/new-method.ts';
import type { BankFacts } from '../payment-methods/test-account.ts';
import type { World } from '../world.ts';
import { attachMethod } from './attach.ts';
import { createMandate } from './mandate.ts';
import { futureUsage } from './method-option.ts';

/** The accounts behind bank redirects in test mode: those of the testing page, by type. */
const ACCOUNTS: Readonly<Record<string, readonly [country: string, bban: string]>> = {
  bancontact: ['BE', '510007547061'],
  ideal: ['NL', 'RABO0300065264'],
  sofort: ['DE', '370400440532013000'],
};

const OFFLINE_CONSENT = { customer_acceptance: { type: 'offline' } };

/** The SEPA debit that a bank redirect leaves behind for later payments, with the mandate for it. */
export function createGeneratedDebit(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  from: { readonly charge: string | null; readonly setupAttempt: string | null },
): { debit: ApiObject; mandate: ApiObject } | undefined {
  const account = ACCOUNTS[method['type'] as string];
  if (account === undefined) return undefined;
  const iban = readIban(makeIban(...account));
  if (iban === undefined) throw new Error(`${account.join(' ')} is no account`);
  const debit = insertMethod(world, {
    type: 'sepa_debit',
    details: {
      bank_code: iban.bankCode,
      branch_code: iban.branchCode,
      country: iban.country,
      fingerprint: world.ids.fingerprint(`sepa_debit ${iban.iban}`),
      generated_from: { charge: from.charge, setup_attempt: from.setupAttempt },
      last4: iban.last4,
    },
    data: { billing_details: method['billing_details'] as ApiHash },
  });
  world.remember<BankFacts>(debit.id, { verified: true });
  const mandate = createMandate(
    world,
    { ...intent, setup_future_usage: 'off_session' },
    debit,
    OFFLINE_CONSENT,
  );
  if (typeof intent['customer'] === 'string') attachMethod(world, debit, intent['customer']);
  return { debit, mandate };
}

/** Keeps the customer's account as a SEPA debit when a payment by bank redirect was made with `setup_future_usage`. */
export function saveGeneratedDebit(
  world: World,
  intent: ApiObject,
  charge: ApiObject,
  method: ApiObject,
): void {
  const type = method['type'] as string;
  if (futureUsage(intent, type) === undefined) return;
  const made = createGeneratedDebit(world, intent, method, { charge: charge.id, setupAttempt: null });
  if (made === undefined) return;
  const details = (charge['payment_method_details'] as Record<string, ApiHash>)[type] as ApiHash;
  Object.assign(details, {
    generated_sepa_debit: made.debit.id,
    generated_sepa_debit_mandate: made.mandate.id,
  });
  world.update('charges', charge);
}
