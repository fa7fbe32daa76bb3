/** The emulator's account. Its last ten characters stand in almost every offline id. */
export const OFFLINE_ACCOUNT = 'acct_1LocalPayIntent0';

/** First character after the prefix of every offline id; at Stripe it is 1 or 3 nowadays. */
export const OFFLINE_MARK = '0';

export type IdTarget = 'offline' | 'test' | 'unknown';

/** Prefixes whose 24 characters begin with a digit that says where the object comes from (recorded 2026-08). */
const LONG = new Set([
  ...[
    'ba',
    'card',
    'ccsbtxn',
    'ch',
    'ctoken',
    'du',
    'evt',
    'mandate',
    'payatt',
    'pi',
    'pm',
    'pmc',
    'py',
    'pyr',
    're',
  ],
  ...['seti', 'setatt', 'src', 'tok', 'txn', 'we'],
]);

/** An id as either target makes them, alone or with the rest of a client secret. */
const SHAPE = /^([a-z]+)_([0-9A-Za-z]+)(?:_secret_[0-9A-Za-z]+)?$/;

/**
 * Which target an id (or a client secret) belongs to, judged by its characters alone. `unknown` is what fits neither:
 * test methods such as `pm_card_visa`, ids of old accounts, anything shortened or mistyped.
 */
export function idTarget(id: string): IdTarget {
  const [, prefix, body] = SHAPE.exec(id) ?? [];
  if (prefix === undefined || body === undefined) return 'unknown';
  if (prefix === 'cus') {
    if (body.length !== 14) return 'unknown';
    return body.startsWith(OFFLINE_MARK) ? 'offline' : 'test';
  }
  if (prefix === 'acct') return id === OFFLINE_ACCOUNT ? 'offline' : body.length === 16 ? 'test' : 'unknown';
  if (!LONG.has(prefix) || body.length !== 24) return 'unknown';
  if (body.startsWith(OFFLINE_MARK))
    return body.slice(6, 16) === OFFLINE_ACCOUNT.slice(-10) ? 'offline' : 'unknown';
  return /^[1-9]/.test(body) ? 'test' : 'unknown';
}
