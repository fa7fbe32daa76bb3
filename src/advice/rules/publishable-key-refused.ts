import type { Rule } from '../rule.ts';

export const publishableKeyRefused: Rule = {
  id: 'publishable-key-refused',
  title: 'Publishable keys are used for what they may do',
  severity: 'error',
  evidence: 'A request with a publishable key that was answered 401 or 403.',
  silent:
    'What Stripe.js does with it: retrieve and confirm with a client secret, make tokens and payment methods.',
  docs: 'https://docs.stripe.com/keys',
  watch: () => ({
    see(call) {
      if (call.key_type !== 'publishable' || (call.status !== 401 && call.status !== 403)) return undefined;
      const browser = call.origin !== null;
      return {
        subject: call.method + call.path.replace(/_[A-Za-z0-9]{10,}/g, ''),
        calls: [call],
        severity: 'error',
        reason: `${call.method} ${call.path} was tried with a publishable key and refused. ${browser ? 'Amounts must not be decided in a page: whoever opens it could change them.' : 'Two keys look mixed up.'}`,
        fix: browser
          ? 'Create the PaymentIntent on your server, and give the page its client_secret'
          : 'Give the server the secret key: new Stripe(process.env.STRIPE_SECRET_KEY)',
      };
    },
  }),
};
