import { missingParam } from '../api/param-errors.ts';
import { invalidRequest } from '../api-error.ts';
import type { ApiHash } from '../objects.ts';
import { EU_COUNTRIES, TRANSFER_CURRENCIES, type TransferType } from './funding-addresses.ts';

const OPTIONS = 'payment_method_options[customer_balance]';

/**
 * The kind of transfer a payment asks for, and where it is received.
 *
 * @throws ApiError 400 when it is not named or does not bring the currency
 */
export function requireTransfer(
  currency: string,
  transfer: ApiHash,
  path = `${OPTIONS}[bank_transfer]`,
): { type: TransferType; country: string } {
  const given = transfer['type'] as string | undefined;
  if (given === undefined) throw missingParam(`${path}[type]`);
  // An older name that some callers still send.
  const type = (given === 'jp_bank_account' ? 'jp_bank_transfer' : given) as TransferType;
  if (TRANSFER_CURRENCIES[type] !== currency) {
    throw invalidRequest(
      `The currency provided (${currency}) is invalid. A ${type} supports the following currencies: ${TRANSFER_CURRENCIES[type]}.`,
      { param: `${path}[type]` },
    );
  }
  if (type !== 'eu_bank_transfer') return { type, country: type.slice(0, 2).toUpperCase() };
  const country = ((transfer['eu_bank_transfer'] ?? {}) as ApiHash)['country'];
  const param = `${path}[eu_bank_transfer][country]`;
  if (typeof country !== 'string') throw missingParam(param);
  if ((EU_COUNTRIES as readonly string[]).includes(country)) return { type, country };
  throw invalidRequest(
    `Invalid country: must be one of ${EU_COUNTRIES.slice(0, -1).join(', ')}, or ${EU_COUNTRIES.at(-1)}`,
    {
      param,
    },
  );
}
