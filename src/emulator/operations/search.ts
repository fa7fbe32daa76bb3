import { searchOperation } from '../search/search.ts';
import type { Operations } from '../world.ts';

/** The search endpoints of all resources that have one. */
export const search: Operations = {
  'charges.search': searchOperation('charges'),
  'customers.search': searchOperation('customers'),
  'payment_intents.search': searchOperation('payment_intents'),
};
