import { deliveryHeaders } from '../emulator/delivery/headers.ts';
import { createPoster, isAccepted, type Outcome as PostOutcome } from '../emulator/delivery/post.ts';
import {
  computeSignature,
  DEFAULT_TOLERANCE_SECONDS,
  type SignatureVerdict,
  signPayload,
  type VerifyInput,
  verifySignature,
} from '../emulator/delivery/signature.ts';

/** How old a signature may be unless told otherwise, in seconds: the default of Stripe's libraries. */
export const DEFAULT_TOLERANCE = DEFAULT_TOLERANCE_SECONDS;

export type Verification = SignatureVerdict;

/**
 * The value of a `Stripe-Signature` header.
 *
 * @param secrets one, or several as while a secret is rolled
 * @param timestamp unix seconds
 * @param scheme `v1` unless the signature is to be one that verifiers must ignore
 */
export function signBody(
  body: string | Uint8Array,
  secrets: string | readonly string[],
  timestamp: number,
  scheme?: string,
): string {
  return signPayload(body, secrets, timestamp, scheme === undefined ? {} : { scheme });
}

/** Whether a signature verifies, by the rules of Stripe's Node library, and if not, why. Never throws. */
export function verifyBody(input: VerifyInput): Verification {
  return verifySignature(input);
}

/** Whether one of the signatures is the one of this body under this secret, whatever its age. */
export function matchesSignature(
  body: string | Uint8Array,
  secret: string,
  timestamp: number,
  signatures: readonly string[],
): boolean {
  return signatures.includes(computeSignature(body, secret, timestamp));
}

/** What came back for a delivery, or why nothing did. */
export type Outcome = PostOutcome;

/** Whether a delivery was accepted: any 2xx. */
export const accepted = (outcome: Outcome): boolean => isAccepted(outcome);

export interface Delivery {
  readonly url: string;
  readonly body: string | Uint8Array;
  /** Value of the signature header; none for a delivery without. */
  readonly signature: string | undefined;
  /** Headers besides those of Stripe. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Posts bodies the way Stripe does. */
export interface Courier {
  /** Never rejects. Redirects are not followed. */
  deliver(delivery: Delivery): Promise<Outcome>;
  close(): void;
}

export function openCourier(): Courier {
  const poster = createPoster();
  return {
    deliver: ({ signature, headers, ...rest }) =>
      poster.post({ ...rest, headers: deliveryHeaders(signature, headers) }),
    close: () => poster.close(),
  };
}
