import type { CreatedRange, Where } from '../store/store.ts';
import type { SearchResource } from './fields.ts';
import type { Clause, Query } from './query.ts';

/**
 * What the store can look up of a query, so that not every object has to be read: customer, status and time. It never
 * leaves out an object that matches; whether one does is decided elsewhere.
 */
export function storeTerms(
  resource: SearchResource,
  { clauses, any }: Query,
): { where: Where; created?: CreatedRange } {
  const required = any && clauses.length > 1 ? [] : clauses.filter(isPositive);
  const created = required.filter(({ field, value }) => field === 'created' && /^\d+$/.test(value as string));
  const range: CreatedRange = Object.assign({}, ...created.map(rangeOf));
  return {
    where: resource === 'customers' ? {} : filters(required),
    ...(created.length === 0 ? {} : { created: range }),
  };
}

const isPositive = ({ negated, value }: Clause) => !negated && value !== null;

/** Ids that differ in the case of a letter are two ids; statuses are all in lower case. */
function filters(required: readonly Clause[]): Where {
  const where: Where = {};
  for (const { field, value } of required) {
    if (field === 'customer') where['customer'] = value as string;
    if (field === 'status') where['status'] = (value as string).toLowerCase();
  }
  return where;
}

/** Of several conditions of one kind the last counts here. */
function rangeOf({ operator, value }: Clause): CreatedRange {
  const time = Number(value);
  switch (operator) {
    case '>':
      return { gt: time };
    case '>=':
      return { gte: time };
    case '<':
      return { lt: time };
    case '<=':
      return { lte: time };
    default:
      return { gte: time, lte: time };
  }
}
