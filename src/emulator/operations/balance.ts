import { buildObject } from '../api/build-object.ts';
import { noSuch } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import { balanceTotals, sumTotals, type Totals } from '../payments/balance-totals.ts';
import { transactionNow } from '../payments/balance-transaction.ts';
import type { Call, Operations } from '../world.ts';
import { listObjects } from './list.ts';

/** Shown also while nothing has been paid yet. */
const DEFAULT_CURRENCY = 'usd';

/** The endpoints of the balance, with the older names of its transactions. */
export const balance: Operations = {
  'balance.retrieve': retrieveBalance,
  'balance.list_history': listTransactions,
  'balance.retrieve_history': retrieveTransaction,
  'balance_transactions.list': listTransactions,
  'balance_transactions.retrieve': retrieveTransaction,
};

/** What the account has, and what is on its way (fields probed 2026-09). */
function retrieveBalance({ world }: Call): ApiHash {
  const totals = balanceTotals(world);
  const pending = sumTotals(Object.values(totals.pending));
  const used = new Set([DEFAULT_CURRENCY, ...Object.keys(totals.available), ...Object.keys(pending)]);
  const currencies = [...used].sort();
  const nothing = currencies.map((currency) => ({ amount: 0, currency }));
  return buildObject('balance', {
    available: currencies.map((currency) => fund(totals.available, currency)),
    pending: currencies.map((currency) => fund(pending, currency)),
    refund_and_dispute_prefunding: { available: nothing, pending: nothing },
  });
}

function fund(totals: Totals, currency: string): ApiHash {
  const sourceTypes = totals[currency] ?? { card: 0 };
  const amount = Object.values(sourceTypes).reduce((sum, part) => sum + part, 0);
  const types = Object.entries(sourceTypes).sort(([a], [b]) => (a < b ? -1 : 1));
  return { amount, currency, source_types: Object.fromEntries(types) };
}

/** @throws ApiError 404 (text and parameter probed 2026-09) */
function retrieveTransaction({ world, path }: Call): ApiObject {
  const id = path[0] as string;
  const transaction = world.get('balance_transactions', id);
  if (transaction === undefined) throw noSuch('balance transaction', id, 'id', 'path');
  return transactionNow(world, transaction);
}

/**
 * `GET /v1/balance_transactions`. Asking for those of a dispute finds nothing, although they name it as their source
 * (probed 2026-09). There are no payouts here, so every payout is unknown.
 *
 * @throws ApiError 400 for a payout
 */
function listTransactions(call: Call): ApiHash {
  const { payout, source } = call.params;
  if (typeof payout === 'string') throw noSuch('payout', payout, 'payout', 'parameter');
  if (typeof source === 'string' && /^d[up]_/.test(source)) {
    return { object: 'list', data: [], has_more: false, url: call.url };
  }
  const page = listObjects(call, {
    collection: 'balance_transactions',
    noun: 'balance transaction',
    filters: ['currency', 'source', 'type'],
  });
  return { ...page, data: (page['data'] as ApiObject[]).map((one) => transactionNow(call.world, one)) };
}
