import type { Rule } from '../rule.ts';

export const secretKeyInBrowser: Rule = {
  id: 'secret-key-in-browser',
  title: 'Secret keys are used on servers only',
  severity: 'error',
  evidence:
    'A request with a secret or restricted key and an Origin header, which browsers send and servers do not.',
  silent:
    'User agents are not judged: tools borrow those of browsers. A proxy that hands on Origin looks like a browser.',
  docs: 'https://docs.stripe.com/keys-best-practices',
  watch: () => ({
    see(call) {
      if (!call.byServer || call.origin === null) return undefined;
      return {
        subject: call.origin,
        calls: [call],
        severity: 'error',
        reason: `A page of ${call.origin} used a ${call.key_type} key. Everybody who opens that page can read the key and do with the account what it allows.`,
        fix: 'Move the call to your server, give the page the publishable key (pk_…) and the client_secret of its payment, and roll a key that was published: https://dashboard.stripe.com/apikeys',
      };
    },
  }),
};
