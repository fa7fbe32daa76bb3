import type { Rule } from '../rule.ts';

export const chargesApi: Rule = {
  id: 'charges-api',
  title: 'Payments are made with PaymentIntents',
  severity: 'warning',
  evidence: 'POST /v1/charges, whatever became of it.',
  silent: 'Reading, updating and capturing charges.',
  docs: 'https://docs.stripe.com/payments/older-apis',
  watch: () => ({
    see(call) {
      if (call.method !== 'POST' || call.path !== '/v1/charges' || call.status === 401) return undefined;
      return {
        subject: 'charges',
        calls: [call],
        severity: 'warning',
        reason:
          'A charge was made directly. The Charges API cannot ask for 3D Secure, so banks in Europe and India decline what a PaymentIntent could take; it knows few payment methods besides cards, and new accounts cannot use card tokens with it.',
        fix: "stripe.paymentIntents.create({ amount, currency, payment_method: 'pm_…', confirm: true, return_url })",
      };
    },
  }),
};
