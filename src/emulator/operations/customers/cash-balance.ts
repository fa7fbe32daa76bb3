import { buildObject } from '../../api/build-object.ts';
import { invalidRequest, noSuch } from '../../api-error.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { receiveTransfer } from '../../payments/bank-transfer.ts';
import { applyCashSettings, cashBalanceOf } from '../../payments/cash-balance.ts';
import { fundingAddresses, TRANSFER_CURRENCIES, transferTypeFor } from '../../payments/funding-addresses.ts';
import { requireTransfer } from '../../payments/transfer-terms.ts';
import type { Call, Operations } from '../../world.ts';
import { listObjects } from '../list.ts';

/** The endpoints of customers' cash balances: what they sent by bank transfer and have not paid with yet. */
export const cashBalances: Operations = {
  'customers.retrieve_cash_balance': (call) => cashBalanceOf(call.world, customerOf(call)),
  'customers.update_cash_balance': updateCashBalance,
  'customers.list_cash_balance_transactions': (call) =>
    listObjects(call, {
      collection: 'cash_balance_transactions',
      noun: 'customer_cash_balance_transaction',
      where: { customer: customerOf(call) },
    }),
  'customers.retrieve_cash_balance_transaction': retrieveTransaction,
  'customers.create_funding_instructions': createFundingInstructions,
  'test_helpers.customers.fund_cash_balance': fundCashBalance,
};

/** Id of the customer in the path. @throws ApiError 404 */
function customerOf({ world, path }: Call): string {
  const id = path[0] as string;
  if (world.get('customers', id) === undefined) throw noSuch('customer', id, 'id', 'path');
  return id;
}

function updateCashBalance(call: Call): ApiHash {
  const customer = customerOf(call);
  applyCashSettings(call.world, customer, call.params['settings']);
  return cashBalanceOf(call.world, customer);
}

function retrieveTransaction(call: Call): ApiObject {
  const customer = customerOf(call);
  const id = call.path[1] as string;
  const transaction = call.world.get('cash_balance_transactions', id);
  if (transaction?.['customer'] === customer) return transaction;
  throw noSuch('customer_cash_balance_transaction', id, 'id', 'path');
}

/** Where a customer can send money before there is any payment. */
function createFundingInstructions(call: Call): ApiHash {
  const customer = customerOf(call);
  const { params, world } = call;
  const currency = requireTransferCurrency(params['currency']);
  const { type, country } = requireTransfer(currency, params['bank_transfer'] as ApiHash, 'bank_transfer');
  return buildObject('funding_instructions', {
    bank_transfer: {
      country,
      financial_addresses: fundingAddresses(world, customer, type, country),
      type,
    },
    currency,
    funding_type: 'bank_transfer',
    livemode: false,
  });
}

/** `POST /v1/test_helpers/customers/{id}/fund_cash_balance`: a transfer from the customer's bank arrives. */
function fundCashBalance(call: Call): ApiObject {
  const customer = customerOf(call);
  const { params, world } = call;
  const amount = params['amount'] as number;
  if (amount < 1) {
    throw invalidRequest('This value must be greater than or equal to 1.', {
      code: 'parameter_invalid_integer',
      param: 'amount',
    });
  }
  return receiveTransfer(world, customer, {
    amount,
    currency: requireTransferCurrency(params['currency']),
    reference: (params['reference'] as string | undefined) ?? null,
  });
}

function requireTransferCurrency(given: unknown): string {
  const currency = String(given).toLowerCase();
  if (transferTypeFor(currency) !== undefined) return currency;
  throw invalidRequest(
    `The currency provided (${currency}) is invalid. Payments with customer_balance support the following currencies: ${Object.values(TRANSFER_CURRENCIES).sort().join(', ')}.`,
    { param: 'currency' },
  );
}
