import { type Call, isGiven } from '../call.ts';
import type { Rule } from '../rule.ts';

const REFERENCES = ['metadata', 'description', 'transfer_group', 'statement_descriptor_suffix'];

const hasReference = ({ params }: Call): boolean => REFERENCES.some((name) => isGiven(params[name]));

export const orderReference: Rule = {
  id: 'order-reference',
  title: 'Payments say which order they are for',
  severity: 'note',
  evidence: 'PaymentIntents created with a secret key without metadata, description or transfer_group.',
  silent: 'Where an update or the confirmation adds one later.',
  docs: 'https://docs.stripe.com/metadata',
  watch() {
    const bare = new Map<string, Call>();
    return {
      see(call) {
        const { intentId, operation } = call;
        if (intentId === undefined || call.status >= 400 || call.original_request !== null) return undefined;
        if (operation === 'create' && call.byServer && !hasReference(call)) {
          if (bare.size > 20_000) bare.clear();
          bare.set(intentId, call);
        } else if (hasReference(call)) bare.delete(intentId);
        return undefined;
      },
      end() {
        if (bare.size === 0) return [];
        return [
          {
            subject: 'create',
            calls: [...bare.values()],
            severity: 'note',
            reason: `${bare.size === 1 ? 'A PaymentIntent names' : `${bare.size} PaymentIntents name`} no order. A webhook then has only the id to find the order by, and if that was not saved (a crash between the two), a paid order cannot be found again.`,
            fix: 'stripe.paymentIntents.create({ …params, metadata: { order_id: order.id } })',
          },
        ];
      },
    };
  },
};
