import type { AccountNow } from '../../gateway/logged-calls.ts';
import type { Call } from '../call.ts';
import type { Match, Rule } from '../rule.ts';

/** Nobody takes longer than that over 3D Secure, in seconds. */
const PATIENCE = 15 * 60;

const handledByCustomer = ({ intent }: Call): boolean => {
  const action = intent?.['next_action'] as { type?: unknown } | null | undefined;
  return action?.type === 'redirect_to_url' || action?.type === 'use_stripe_sdk';
};

export const requiresActionIgnored: Rule = {
  id: 'requires-action-ignored',
  title: 'An answer of requires_action is acted on',
  severity: 'warning',
  evidence: `A confirmation on the server was answered requires_action with a redirect or a step for Stripe.js, and ${PATIENCE / 60} minutes later the payment still waits and nobody has asked for it.`,
  silent:
    'As soon as one payment in the log got past its requires_action, or a browser came for it: then the app knows how, and a customer walked away.',
  docs: 'https://docs.stripe.com/payments/paymentintents/lifecycle',
  watch() {
    const waiting = new Map<string, Call>();
    let handled = false;
    return {
      see(call) {
        const { intentId, intent, operation } = call;
        if (intentId === undefined) return undefined;
        const waits = intent?.['status'] === 'requires_action';
        if (waiting.has(intentId) && operation === 'cancel') waiting.delete(intentId);
        // A browser came for it, or it went on.
        else if (waiting.has(intentId) && (!call.byServer || (intent !== undefined && !waits)))
          handled = true;
        else if (call.attempts && call.byServer && waits && handledByCustomer(call)) {
          if (waiting.size > 20_000) waiting.clear();
          waiting.set(intentId, call);
        }
        return undefined;
      },
      end: ({ now, intents }: AccountNow): readonly Match[] => {
        const left = [...waiting.values()].filter(
          ({ intentId = '' }) => intents.get(intentId)?.status === 'requires_action',
        );
        const calls = left.filter(({ created }) => now - created >= PATIENCE);
        if (handled || left.length < waiting.size || calls.length === 0) return [];
        return [
          {
            subject: 'ignored',
            calls,
            severity: 'warning',
            reason: `${calls.length === 1 ? 'A payment was' : `${calls.length} payments were`} answered requires_action, and nothing came of it: no browser asked for it, nobody was led to the page. Customers whose bank asks for 3D Secure cannot pay.`,
            fix: "if (intent.status === 'requires_action') lead the customer to intent.next_action.redirect_to_url.url, or give the client_secret to the page and call stripe.handleNextAction({ clientSecret })",
          },
        ];
      },
    };
  },
};
