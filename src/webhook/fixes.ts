import type { Problem } from './diagnose.ts';
import { FRAMEWORKS, type Framework } from './frameworks.ts';

/** What to do about a problem, for any framework. */
const FIXES: Readonly<Record<Problem, string>> = {
  base64_body: 'Decode the Base64 first and verify the bytes it stands for.',
  blank_secret: 'Set the variable the secret is read from, and let the app refuse to start without it.',
  body_changed: 'Verify the body exactly as it arrived: read it before anything parses it.',
  malformed_header: 'Pass the value of the Stripe-Signature header on as it arrived.',
  missing_header:
    'Read the header Stripe-Signature, in lower case where names are kept as sent, and let proxies pass it on.',
  no_payload: 'Read the body before anything else does, and only once.',
  secret_malformed: 'Store the secret alone, from whsec_ to its end.',
  secret_whitespace:
    'Take the blank or line end out of where the secret is stored; tr -d "\\n" helps with files.',
  stale_timestamp:
    'If this is a request you kept, verify it with --tolerance 0. Otherwise set the clock of the server, and let nothing hold deliveries back for minutes.',
  wrong_scheme: 'Refuse it. A delivery of Stripe always has a v1 signature.',
  wrong_secret:
    'Use the secret of exactly this endpoint: Dashboard, Webhooks, the endpoint, signing secret; or the one that listen prints.',
};

/** Problems that code reading the body brings about: the fix is one of the framework. */
const ABOUT_THE_BODY: readonly Problem[] = ['base64_body', 'body_changed', 'no_payload'];

export interface Fix {
  readonly text: string;
  /** Frameworks whose way of reading the body is worth showing; empty where the problem lies elsewhere. */
  readonly frameworks: readonly Framework[];
}

/** What to do about a problem; for one framework where it is known. */
export function fixFor(problem: Problem, framework?: Framework): Fix {
  const text = FIXES[problem];
  if (!ABOUT_THE_BODY.includes(problem)) return { text, frameworks: [] };
  const frameworks =
    framework === undefined
      ? FRAMEWORKS.filter(({ id }) => problem !== 'base64_body' || id === 'lambda')
      : [framework];
  return { text, frameworks };
}
