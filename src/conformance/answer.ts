import type { Outcome } from '../gateway/webhook-tools.ts';

/** What stands between Stripe and a handler, going by what came back for a genuine event. */
export type AnswerKind =
  | 'accepted'
  /** A page for browsers. */
  | 'page'
  | 'auth_wall'
  | 'csrf'
  | 'nobody'
  | 'redirect'
  /** The handler, or something, said no. */
  | 'refused'
  | 'wrong_path';

const SIGNATURE_WORDS = /signature|webhook secret|hmac|constructevent/i;
const CSRF_WORDS = /csrf|xsrf|forgery|authenticity.?token|cross-site/i;
const LOGIN_WORDS = /log[-_ ]?in|sign[-_ ]?in|\bsso\b|oauth|\bauth\b/i;

/**
 * @param unsigned what came back for the same event without a signature: a handler that tells the two apart is there,
 *   whatever its status says
 */
export function answerKind(outcome: Outcome, unsigned?: Outcome): AnswerKind {
  if (outcome.kind === 'failed') return 'nobody';
  const { status, bodyStart } = outcome;
  if (status >= 200 && status < 300) return isPage(outcome) ? pageKind(bodyStart) : 'accepted';
  if (status >= 300 && status < 400)
    return LOGIN_WORDS.test(locationOf(outcome) ?? '') ? 'auth_wall' : 'redirect';
  if (status === 419 || CSRF_WORDS.test(bodyStart)) return 'csrf';
  if (SIGNATURE_WORDS.test(bodyStart)) return 'refused';
  if (status === 401 || status === 403 || status === 407)
    return sameAnswer(outcome, unsigned) ? 'auth_wall' : 'refused';
  if (status === 404 || status === 405 || status === 410 || status === 501) {
    return sameAnswer(outcome, unsigned) ? 'wrong_path' : 'refused';
  }
  return 'refused';
}

function sameAnswer(outcome: Outcome, other: Outcome | undefined): boolean {
  if (other === undefined) return true;
  return outcome.kind === 'answered' && other.kind === 'answered' && outcome.status === other.status;
}

function isPage(outcome: Outcome): boolean {
  if (outcome.kind !== 'answered') return false;
  return (
    /text\/html/i.test(String(outcome.headers['content-type'] ?? '')) &&
    /<html|<!doctype/i.test(outcome.bodyStart)
  );
}

function pageKind(body: string): AnswerKind {
  return /type=["']?password/i.test(body) || LOGIN_WORDS.test(/<title>(.*?)<\/title>/is.exec(body)?.[1] ?? '')
    ? 'auth_wall'
    : 'page';
}

export function locationOf(outcome: Outcome): string | undefined {
  const location = outcome.kind === 'answered' ? outcome.headers['location'] : undefined;
  return typeof location === 'string' ? location : undefined;
}

/** `200`, `no connection (refused)`, `no answer within 10 s`. */
export function answerText(outcome: Outcome): string {
  if (outcome.kind === 'answered') return String(outcome.status);
  switch (outcome.reason) {
    case 'timeout':
      return `no answer within ${Math.round(outcome.ms / 100) / 10} s`;
    case 'refused':
      return 'no connection: nobody listens there';
    case 'dns':
      return 'no connection: the host name is unknown';
    case 'unreachable':
      return 'no connection: the host cannot be reached';
    case 'reset':
      return 'no answer: the connection was broken off';
    case 'tls':
      return `no connection: TLS failed (${outcome.message})`;
    default:
      return `no answer: ${outcome.message}`;
  }
}

/** The status, and the start of the body where it says why. */
export function answerWithBody(outcome: Outcome): string {
  if (outcome.kind === 'failed') return answerText(outcome);
  const body = outcome.bodyStart.replace(/\s+/g, ' ').trim();
  if (body === '' || /^</.test(body)) return String(outcome.status);
  return `${outcome.status} (${body.length > 80 ? `${body.slice(0, 79)}…` : body})`;
}
