import { type Call, isGiven, recordOf } from '../call.ts';
import type { Match, Rule } from '../rule.ts';

/** Any of these says what is to happen when the bank asks for the customer. */
const ANSWERS = ['return_url', 'off_session', 'confirmation_token'];
const FLAGS = ['use_stripe_sdk', 'error_on_requires_action'];

function isPrepared({ params }: Call): boolean {
  const card = recordOf(recordOf(params['payment_method_options'])?.['card']);
  return (
    ANSWERS.some((name) => isGiven(params[name])) ||
    FLAGS.some((name) => params[name] === 'true') ||
    card?.['moto'] === 'true'
  );
}

const mayAsk = ({ intent }: Call): boolean => {
  const types = intent?.['payment_method_types'];
  return Array.isArray(types) && (types.includes('card') || types.includes('link'));
};

/** Where redirects are refused there is nothing to return from: Stripe.js shows 3D Secure on the page. */
const refusesRedirects = ({ intent }: Call): boolean =>
  recordOf(intent?.['automatic_payment_methods'])?.['allow_redirects'] === 'never';

function matchOf(call: Call): Match | undefined {
  if (!call.attempts || !call.byServer || isPrepared(call)) return undefined;
  const verb = call.operation === 'create' ? 'create with confirm' : 'confirm';
  const fix =
    call.operation === 'create'
      ? "stripe.paymentIntents.create({ …params, confirm: true, return_url: 'https://shop.example/paid' }), or off_session: true where the customer is not there"
      : "stripe.paymentIntents.confirm(id, { payment_method, return_url: 'https://shop.example/paid' }), or off_session: true where the customer is not there";
  const message = String(call.failure?.['message'] ?? '');
  if (call.status === 400 && message.includes('return_url')) {
    return {
      subject: `${call.operation} refused`,
      calls: [call],
      severity: 'error',
      reason: `A ${verb} on the server was refused for want of a return_url: payment methods that lead the customer elsewhere are allowed.`,
      fix: `${fix}; or create it with automatic_payment_methods: { enabled: true, allow_redirects: 'never' }`,
    };
  }
  if ((call.status >= 400 && call.status !== 402) || !mayAsk(call)) return undefined;
  const asked = call.intent?.['status'] === 'requires_action';
  if (refusesRedirects(call) && !asked) {
    return {
      subject: `${call.operation} without redirects`,
      calls: [call],
      severity: 'note',
      reason: `A ${verb} on the server refuses redirects (allow_redirects: never) and does not say that nobody is there (off_session). A card that asks for 3D Secure, as most in Europe may, is paid only if the page goes on with Stripe.js.`,
      fix: 'Handle requires_action in the page: stripe.handleNextAction({ clientSecret }); or off_session: true where the customer is not there',
    };
  }
  return {
    subject: call.operation,
    calls: [call],
    severity: 'warning',
    reason: `A ${verb} on the server says neither where to bring the customer back to (return_url) nor that nobody is there (off_session). ${asked ? 'This card did ask for 3D Secure, and the payment cannot be finished by redirect.' : 'A card that asks for 3D Secure, as most in Europe may, cannot be paid by redirect then.'}`,
    fix,
  };
}

export const serverConfirm: Rule = {
  id: 'server-confirm',
  title: 'Confirming on the server says what happens when the bank asks for the customer',
  severity: 'error',
  evidence:
    'A confirm, or a create with confirm, with a secret key, with a card among the payment method types, and without return_url and off_session.',
  silent:
    'With use_stripe_sdk, error_on_requires_action, a confirmation token or a telephone order (moto); where a browser, with the publishable key, came for one of these payments later; payments that cannot be by card.',
  docs: 'https://docs.stripe.com/api/payment_intents/confirm#confirm_payment_intent-return_url',
  watch() {
    const matched = new Map<string, string>();
    const finishedInBrowser = new Set<string>();
    return {
      see(call) {
        if (!call.byServer && call.intentId !== undefined) {
          const subject = matched.get(call.intentId);
          if (subject !== undefined) finishedInBrowser.add(subject);
        }
        const match = matchOf(call);
        if (match !== undefined && call.intentId !== undefined) {
          if (matched.size > 20_000) matched.clear();
          matched.set(call.intentId, match.subject);
        }
        return match === undefined || finishedInBrowser.has(match.subject) ? undefined : match;
      },
      stands: (subject) => !finishedInBrowser.has(subject),
    };
  },
};
