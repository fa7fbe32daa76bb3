import { matchesSignature, verifyBody } from '../gateway/webhook-tools.ts';
import { type BodyChange, bodyVariants } from './body-variants.ts';
import { type Difference, firstDifference } from './first-difference.ts';
import { readHeader } from './header-text.ts';
import { type SecretFault, secretVariants } from './secret-variants.ts';

/** What keeps a signature from verifying. */
export type Problem =
  | 'base64_body'
  | 'blank_secret'
  | 'body_changed'
  | 'malformed_header'
  | 'missing_header'
  | 'no_payload'
  | 'secret_malformed'
  | 'secret_whitespace'
  | 'stale_timestamp'
  | 'wrong_scheme'
  | 'wrong_secret';

export interface DiagnoseInput {
  /** The body as it arrived, byte for byte. */
  readonly payload: Uint8Array;
  readonly header: string | undefined;
  /** One, or several while a secret is rolled. */
  readonly secrets: readonly string[];
  /** When the request came, unix seconds. */
  readonly nowSeconds: number;
  /** 0 accepts any age. */
  readonly toleranceSeconds: number;
}

export interface Diagnosis {
  readonly verified: boolean;
  /** Null where it verifies. */
  readonly problem: Problem | null;
  /** What was found, in one or two sentences. */
  readonly reason: string;
  /** How the body was changed after it was signed, where that was found. */
  readonly change: BodyChange | null;
  readonly difference: Difference | null;
  /** Unix seconds of the signature; null where the header has none. */
  readonly timestamp: number | null;
  /** Seconds; negative for a signature from the future. */
  readonly age: number | null;
  /** How many `v1` signatures the header has. */
  readonly signatures: number;
}

/**
 * Verifies as Stripe's Node library does, and where that fails, looks for what would have verified: the secret without
 * its white space, the body before it was parsed and written again. Never throws.
 */
export function diagnose(input: DiagnoseInput): Diagnosis {
  const { payload, secrets, nowSeconds, toleranceSeconds } = input;
  const header = readHeader(input.header);
  const verdict = verifyBody({
    payload,
    header: header.value,
    secret: secrets,
    nowSeconds,
    toleranceSeconds,
  });
  const v1 = (verdict.header?.signatures ?? []).flatMap(({ scheme, value }) =>
    scheme === 'v1' ? [value] : [],
  );
  const timestamp = verdict.header?.timestamp;
  const facts = {
    timestamp: timestamp ?? null,
    age: verdict.ageSeconds ?? null,
    signatures: v1.length,
    change: null,
    difference: null,
  };
  const failed = (problem: Problem, reason: string, more: Partial<Diagnosis> = {}): Diagnosis => ({
    verified: false,
    problem,
    reason,
    ...facts,
    ...more,
  });
  if (verdict.ok) {
    const among = v1.length > 1 ? `One of the ${v1.length} v1 signatures is` : 'The v1 signature is';
    const reason = `${among} that of this body under this secret${agedText(verdict.ageSeconds)}.`;
    return { verified: true, problem: null, reason, ...facts };
  }
  switch (verdict.problem) {
    case 'no_payload':
      return failed(
        'no_payload',
        'The body is empty: something read it before it came here, or nothing was sent.',
      );
    case 'no_header':
      return failed('missing_header', 'There is no Stripe-Signature header.');
    case 'no_timestamp':
      return failed(
        'malformed_header',
        header.fault ?? 'The header has no t=, so it is none that Stripe wrote.',
      );
    case 'no_v1':
      return header.fault === undefined
        ? failed('wrong_scheme', schemesText(verdict.header?.signatures ?? []))
        : failed('malformed_header', header.fault);
    case 'blank_secret':
      return failed('blank_secret', 'The secret is empty: the variable it comes from is probably not set.');
    case 'stale':
      return failed(
        'stale_timestamp',
        `The signature is right, and ${verdict.ageSeconds} seconds old; ${toleranceSeconds} are allowed.`,
      );
    case 'no_match':
      return searched(input, timestamp ?? 0, v1, failed);
  }
}

type Failed = (problem: Problem, reason: string, more?: Partial<Diagnosis>) => Diagnosis;

/** Looks for the secret or the body that the signature belongs to. */
function searched(
  { payload, secrets }: DiagnoseInput,
  timestamp: number,
  v1: readonly string[],
  failed: Failed,
): Diagnosis {
  const cleaned = secrets.flatMap((secret) => [...secretVariants(secret)]);
  for (const { fault, secret } of cleaned) {
    if (matchesSignature(payload, secret, timestamp, v1)) return secretFault(fault, failed);
  }
  const all = [...secrets.map((secret) => ({ secret, fault: undefined })), ...cleaned];
  for (const { id, bytes } of bodyVariants(payload)) {
    const match = all.find(({ secret }) => matchesSignature(bytes, secret, timestamp, v1));
    if (match === undefined) continue;
    const also = match.fault === undefined ? '' : ` ${secretFault(match.fault, failed).reason}`;
    const problem = id === 'base64' || id === 'envelope' ? 'base64_body' : 'body_changed';
    const difference = firstDifference(bytes, payload) ?? null;
    return failed(problem, changeText(id, payload, bytes) + also, { change: id, difference });
  }
  return failed('wrong_secret', unmatchedText(payload, secrets, v1));
}

function secretFault(fault: SecretFault, failed: Failed): Diagnosis {
  const reasons: Record<SecretFault, string> = {
    whitespace: 'The secret has white space in it; without it the signature verifies.',
    quotes: 'The secret has quotes around it that are not part of it; without them the signature verifies.',
    escapes: 'The secret ends in a written-out line break (\\n); without it the signature verifies.',
    assignment: 'The secret has the name of its variable in front; without it the signature verifies.',
    prefix: 'The secret lacks its whsec_, which belongs to it; with it the signature verifies.',
  };
  return failed(fault === 'whitespace' ? 'secret_whitespace' : 'secret_malformed', reasons[fault]);
}

function changeText(change: BodyChange, given: Uint8Array, signed: Uint8Array): string {
  switch (change) {
    case 'base64':
      return 'The body is Base64, as API Gateway and Lambda hand it over; what was signed are the bytes it stands for.';
    case 'envelope':
      return 'This is the event that Lambda gets, with the request inside; what was signed is its body alone.';
    case 'quoted':
      return 'The body was wrapped in a JSON string after it was signed.';
    case 'form':
      return 'The body was read as a form, which escapes it; what was signed is the JSON.';
    case 'bom':
      return given.length > signed.length
        ? 'A byte order mark (EF BB BF) was put in front of the body after it was signed.'
        : 'The byte order mark in front of the body was taken away after it was signed.';
    case 'encoding':
      return 'The body was read in another encoding than UTF-8 and written again after it was signed.';
    case 'whitespace':
      return 'White space was changed after the body was signed: line ends, or what stands at its end.';
    case 'json':
      return 'The body was parsed and written again after it was signed: the same JSON, other bytes.';
  }
}

function unmatchedText(payload: Uint8Array, secrets: readonly string[], v1: readonly string[]): string {
  const [secret = ''] = secrets;
  if (v1.every((value) => !/^[0-9a-f]{64}$/.test(value)))
    return 'The v1 signature is not 64 lower-case hexadecimal digits: the header was cut short or changed.';
  if (/^(sk|rk|pk)_/.test(secret))
    return 'This is an API key. The secret of the endpoint starts with whsec_.';
  if (/^(we|ed)_/.test(secret)) return 'This is the id of the endpoint. Its secret starts with whsec_.';
  const text = Buffer.from(payload).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'The signature belongs to another secret, or the body is not the one that was signed: it is not even JSON.';
  }
  // Real deliveries are pretty-printed with two spaces: a body that still is was most likely left alone.
  return JSON.stringify(value, null, 2) === text
    ? 'The body looks the way Stripe sends it, so the signature belongs to another secret: each endpoint has its own, test and live differ, and so does that of a listen command.'
    : 'The signature belongs to another secret, or the body was changed in a way that cannot be undone.';
}

function schemesText(signatures: readonly { readonly scheme: string }[]): string {
  const schemes = [...new Set(signatures.map(({ scheme }) => scheme))];
  return schemes.length === 0
    ? 'The header has no signature, only a time.'
    : `The header has no v1 signature, only ${schemes.join(', ')}; v0 is a dummy, and nothing but v1 counts.`;
}

function agedText(age: number): string {
  if (age < 0) return `, dated ${-age} seconds ahead of this clock`;
  return age === 0 ? '' : `, ${age} seconds old`;
}
