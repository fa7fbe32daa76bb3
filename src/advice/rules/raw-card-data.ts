import { isGiven, recordOf } from '../call.ts';
import type { Rule } from '../rule.ts';

const HOLDERS = [[], ['payment_method_data'], ['source']] as const;

export const rawCardData: Rule = {
  id: 'raw-card-data',
  title: 'Card numbers never pass through the server',
  severity: 'error',
  evidence:
    'A request with a secret key and a parameter card[number], also inside payment_method_data or source.',
  silent: 'Test methods and tokens (pm_card_visa, tok_visa), and numbers sent with a publishable key.',
  docs: 'https://docs.stripe.com/security/guide',
  watch: () => ({
    see(call) {
      if (!call.byServer || call.method !== 'POST') return undefined;
      const found = HOLDERS.some((way) => {
        const holder = way.reduce<unknown>((value, name) => recordOf(value)?.[name], call.params);
        return isGiven(recordOf(recordOf(holder)?.['card'])?.['number']);
      });
      if (!found) return undefined;
      return {
        subject: 'number',
        calls: [call],
        severity: 'error',
        reason:
          'A card number was sent with a secret key. Stripe refuses that in live mode unless the account was approved for it, and whoever handles numbers has to prove a far larger part of PCI DSS.',
        fix: "Collect cards with the Payment Element, which sends them to Stripe directly; in tests write payment_method: 'pm_card_visa'",
      };
    },
  }),
};
