import { type Call, recordOf } from '../call.ts';
import type { Rule } from '../rule.ts';

/** As the log shows it: `pi_…_secret_***`. */
const SECRET = /\b[a-z]+_[A-Za-z0-9]+_secret_/;

/** The name of the first parameter that holds a client secret somewhere it does not belong. */
function holder(value: unknown, name: string): string | undefined {
  if (typeof value === 'string') return SECRET.test(value) ? name : undefined;
  for (const [field, inner] of Object.entries(recordOf(value) ?? {})) {
    // Where it is meant to be.
    if (name === '' && field === 'client_secret') continue;
    const found = holder(inner, name === '' ? field : `${name}[${field}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function placeOf(call: Call): string | undefined {
  if (SECRET.test(call.path)) return 'the path of the request';
  // Stripe.js retrieves with it: a browser has nothing else.
  if (call.method === 'GET' && call.byServer && 'client_secret' in call.params)
    return 'the query of a request';
  return holder(call.params, '');
}

export const clientSecretInUrl: Rule = {
  id: 'client-secret-in-url',
  title: 'Client secrets stay out of addresses and texts',
  severity: 'error',
  evidence:
    'A client secret in a path, in the query of a GET with a secret key, or in any parameter besides client_secret: return_url, metadata, description.',
  silent:
    'GET requests with a publishable key, as Stripe.js sends them. What addresses your own site has is not in this log.',
  docs: 'https://docs.stripe.com/api/payment_intents/object#payment_intent_object-client_secret',
  watch: () => ({
    see(call) {
      const place = placeOf(call);
      if (place === undefined) return undefined;
      return {
        subject: place.startsWith('the ') ? place : place.replace(/\[.*/, ''),
        calls: [call],
        severity: place.startsWith('the query') ? 'warning' : 'error',
        reason: `A client secret stands in ${place.startsWith('the ') ? place : `the parameter ${place}`}. Addresses end up in logs, histories and referrers, metadata in exports; whoever has the secret can read and confirm the payment.`,
        fix: place.startsWith('the ')
          ? 'On the server, retrieve by id alone: stripe.paymentIntents.retrieve(id)'
          : 'Leave it out. Stripe adds payment_intent and payment_intent_client_secret to a return_url by itself; elsewhere the id pi_… is enough',
      };
    },
  }),
};
