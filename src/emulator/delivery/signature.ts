import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header that carries the signature, as deliveries write it. */
export const SIGNATURE_HEADER = 'Stripe-Signature';

/** How old a signature may be unless told otherwise, in seconds: the default of Stripe's libraries. */
export const DEFAULT_TOLERANCE_SECONDS = 300;

export type Payload = string | Uint8Array;

/**
 * The `v1` signature of a payload: 64 hexadecimal digits of HMAC-SHA256 over `<timestamp>.<payload>`, the key being the
 * whole text of the secret, `whsec_` included (as in the SDK).
 *
 * @param payload the body, byte for byte as it is sent
 * @param timestampSeconds unix seconds, the same as in the header
 */
export function computeSignature(payload: Payload, secret: string, timestampSeconds: number): string {
  return createHmac('sha256', secret).update(`${timestampSeconds}.`).update(payload).digest('hex');
}

export interface SignOptions {
  /** Adds the meaningless `v0` that deliveries in test mode carry. */
  readonly dummy?: boolean;
  /** The name of the scheme; anything but `v1` is refused by verifiers, which tests make use of. */
  readonly scheme?: string;
}

/**
 * The value of the signature header: `t=…,v1=…`.
 *
 * @param secret several while a secret is rolled: one signature each
 * @param timestampSeconds unix seconds in real time: verifiers compare it with their own clock
 */
export function signPayload(
  payload: Payload,
  secret: string | readonly string[],
  timestampSeconds: number,
  options: SignOptions = {},
): string {
  const scheme = options.scheme ?? 'v1';
  const secrets = typeof secret === 'string' ? [secret] : secret;
  const signatures = secrets.map((one) => `${scheme}=${computeSignature(payload, one, timestampSeconds)}`);
  if (options.dummy === true) {
    signatures.push(`v0=${computeSignature(payload, 'the dummy of test mode', timestampSeconds)}`);
  }
  return [`t=${timestampSeconds}`, ...signatures].join(',');
}

export interface ParsedSignature {
  /** Unix seconds; undefined where the header has no readable `t`. */
  readonly timestamp: number | undefined;
  /** Everything else in the header, in its order. */
  readonly signatures: readonly { readonly scheme: string; readonly value: string }[];
}

/** Reads a header as the Node library does: parts split at commas and `=`, the last `t` counts. Never throws. */
export function parseSignatureHeader(header: string): ParsedSignature {
  let timestamp: number | undefined;
  const signatures: { scheme: string; value: string }[] = [];
  for (const part of header.split(',')) {
    const [scheme = '', value = ''] = part.split('=');
    if (scheme === 't') {
      const read = Number.parseInt(value, 10);
      timestamp = Number.isNaN(read) ? undefined : read;
    } else if (scheme !== '') {
      signatures.push({ scheme, value });
    }
  }
  return { timestamp, signatures };
}

/** Why a signature does not verify, in the order in which it is looked for (the order of the Node library). */
export type SignatureProblem =
  | 'no_payload'
  | 'no_header'
  | 'no_timestamp'
  | 'no_v1'
  | 'blank_secret'
  | 'no_match'
  | 'stale';

export type SignatureVerdict =
  | { readonly ok: true; readonly header: ParsedSignature; readonly ageSeconds: number }
  | {
      readonly ok: false;
      readonly problem: SignatureProblem;
      /** Absent where there is no header to read. */
      readonly header?: ParsedSignature;
      /** What the `v1` of this payload, secret and timestamp would be. */
      readonly expected?: string;
      /** Negative for a timestamp in the future, which is no problem. */
      readonly ageSeconds?: number;
    };

export interface VerifyInput {
  readonly payload: Payload;
  readonly header: string | undefined;
  /** Any of several, while a secret is rolled. */
  readonly secret: string | readonly string[];
  /** When the request came, unix seconds. */
  readonly nowSeconds: number;
  /** 0 switches the check of the age off. */
  readonly toleranceSeconds?: number;
}

/** Says whether a signature verifies, by the rules of Stripe's Node library 23, and if not, why. Never throws. */
export function verifySignature(input: VerifyInput): SignatureVerdict {
  const { payload, nowSeconds } = input;
  if (payload.length === 0) return { ok: false, problem: 'no_payload' };
  if (input.header === undefined || input.header === '') return { ok: false, problem: 'no_header' };
  const header = parseSignatureHeader(input.header);
  const { timestamp } = header;
  if (timestamp === undefined) return { ok: false, problem: 'no_timestamp', header };
  const ageSeconds = nowSeconds - timestamp;
  const given = header.signatures.filter(({ scheme }) => scheme === 'v1').map(({ value }) => value);
  if (given.length === 0) return { ok: false, problem: 'no_v1', header, ageSeconds };
  const secrets = typeof input.secret === 'string' ? [input.secret] : input.secret;
  const usable = secrets.filter((secret) => secret.trim() !== '');
  const [first] = usable;
  if (first === undefined) return { ok: false, problem: 'blank_secret', header, ageSeconds };
  const matches = usable.some((secret) => {
    const expected = computeSignature(payload, secret, timestamp);
    return given.some((value) => equal(value, expected));
  });
  if (!matches) {
    const expected = computeSignature(payload, first, timestamp);
    return { ok: false, problem: 'no_match', header, expected, ageSeconds };
  }
  const tolerance = input.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS;
  if (tolerance > 0 && ageSeconds > tolerance) return { ok: false, problem: 'stale', header, ageSeconds };
  return { ok: true, header, ageSeconds };
}

/** In constant time for texts of one length. */
function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
