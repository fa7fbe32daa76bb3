import { type Call, textOf } from '../call.ts';
import type { Rule } from '../rule.ts';

const MANY = 3;
/** So many addresses are remembered. */
const REMEMBERED = 5000;
/** Customers of one address. */
const REMEMBERED_EACH = 100;

export const duplicateCustomer: Rule = {
  id: 'duplicate-customer',
  title: 'A customer is created once',
  severity: 'note',
  evidence: `${MANY} customers created with the same email address.`,
  silent:
    'Customers without an email address, or deleted in between; answers that an idempotency key gave again.',
  docs: 'https://docs.stripe.com/api/customers',
  watch() {
    const byEmail = new Map<string, Call[]>();
    return {
      see(call) {
        const [, gone] = /^\/v1\/customers\/(\w+)$/.exec(call.path) ?? [];
        if (call.method === 'DELETE' && gone !== undefined && call.status < 400) {
          for (const [email, all] of byEmail) {
            const left = all.filter(({ answer }) => answer?.['id'] !== gone);
            if (left.length < all.length) byEmail.set(email, left);
          }
          return undefined;
        }
        if (call.method !== 'POST' || call.path !== '/v1/customers' || call.status >= 400) return undefined;
        const email = textOf(call.params['email'])?.toLowerCase();
        if (email === undefined || call.original_request !== null) return undefined;
        const all = byEmail.get(email) ?? [];
        if (all.length < REMEMBERED_EACH) all.push(call);
        if (byEmail.size >= REMEMBERED) byEmail.clear();
        byEmail.set(email, all);
        if (all.length < MANY) return undefined;
        return {
          subject: email,
          calls: all,
          severity: 'note',
          reason:
            'Customers are created again and again with the same email address. Saved cards and the history are spread over all of them, and none is found again.',
          fix: 'Keep the id cus_… with the user, or look first: stripe.customers.list({ email, limit: 1 })',
        };
      },
    };
  },
};
