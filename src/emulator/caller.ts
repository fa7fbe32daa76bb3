import { maskKey } from '../domain/api-keys.ts';
import { ApiError, invalidRequest } from './api-error.ts';

/** Who sends a request. All test keys reach the same account, so that an app and the command line see the same objects. */
export interface Caller {
  readonly kind: 'secret' | 'publishable';
  /** The connected account named by the `Stripe-Account` header: echoed, not separated. */
  readonly stripeAccount?: string;
}

const NO_KEY =
  "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.";

const unauthorized = (message: string) =>
  new ApiError(
    { message, type: 'invalid_request_error' },
    { status: 401, whileReading: true, logged: false },
  );

/**
 * Reads the API key of a request: Bearer, Basic with the key as user name, or a `key` parameter as browsers send it.
 * Any well-formed test key is accepted; live keys never are.
 *
 * @throws ApiError 401 without a usable key, 403 for an account name that cannot exist.
 */
export function identifyCaller(
  headers: Readonly<Record<string, string | undefined>>,
  keyParameter: unknown,
): Caller {
  const key = bearerKey(headers['authorization']) ?? (typeof keyParameter === 'string' ? keyParameter : '');
  if (key === '') throw unauthorized(NO_KEY);
  if (/^[sr]k_live_|^pk_live_/.test(key)) {
    throw unauthorized(
      `Invalid API Key provided: ${maskKey(key)}. This is a live-mode key and the emulator takes test-mode keys only (sk_test_...).`,
    );
  }
  if (!/^(sk|rk|pk)_test_\w+$/.test(key)) throw unauthorized(`Invalid API Key provided: ${maskKey(key)}`);
  const kind = key.startsWith('pk_') ? 'publishable' : 'secret';
  const stripeAccount = headers['stripe-account'];
  if (stripeAccount === undefined || stripeAccount === '') return { kind };
  if (!/^acct_[A-Za-z0-9]{10,}$/.test(stripeAccount)) {
    throw new ApiError(
      {
        code: 'account_invalid',
        message: `The provided key '${maskKey(key)}' does not have access to account '${stripeAccount}' (or that account does not exist). Application access may have been revoked.`,
        type: 'invalid_request_error',
      },
      { status: 403, whileReading: true, logged: false },
    );
  }
  return { kind, stripeAccount };
}

/** Who uses an endpoint of the emulator's own: a key counts where there is one, a browser has only a client secret. */
export function identifyVisitor(headers: Readonly<Record<string, string | undefined>>): Caller {
  return headers['authorization'] === undefined
    ? { kind: 'publishable' }
    : identifyCaller(headers, undefined);
}

export type KeyKind = 'publishable' | 'restricted' | 'secret';

const KEY_KINDS: Readonly<Record<string, KeyKind>> = { pk: 'publishable', rk: 'restricted', sk: 'secret' };

/** Kind of the key of a request, usable or not; undefined without one that looks like a key. @param form the body */
export function keyKindOf(authorization: string | undefined, form: string): KeyKind | undefined {
  const key =
    authorization === undefined
      ? /(?:^|&)key=([a-z]{2}_)/.exec(form)?.[1]
      : (/^bearer\s+(.*)/i.exec(authorization)?.[1] ?? bearerKey(authorization));
  return key?.[2] === '_' ? KEY_KINDS[key.slice(0, 2)] : undefined;
}

function bearerKey(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const [scheme = '', value = ''] = authorization.trim().split(/\s+/, 2);
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] ?? '';
  return '';
}

/**
 * A publishable key may do what a browser must: retrieve and confirm one intent it holds the secret of, and make tokens.
 *
 * @throws ApiError 401 for anything else.
 */
export function requirePublishable(operation: string): void {
  if (PUBLISHABLE_OPERATIONS.has(operation)) return;
  throw invalidRequest(
    'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
    {},
    { status: 401, whileReading: true, logged: false },
  );
}

const PUBLISHABLE_OPERATIONS = new Set([
  'payment_intents.retrieve',
  'payment_intents.confirm',
  'payment_intents.verify_microdeposits',
  'setup_intents.retrieve',
  'setup_intents.confirm',
  'setup_intents.verify_microdeposits',
  'payment_methods.create',
  'tokens.create',
  'confirmation_tokens.create',
]);
