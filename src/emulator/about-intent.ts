import { ApiError } from './api-error.ts';
import type { Caller } from './caller.ts';
import type { Store } from './store/store.ts';

/** What is done to an intent that exists. */
const ON_AN_INTENT = /^(payment_intent|setup_intent)s\.(?!create|list|retrieve|search)/;

/**
 * The error of a request about an intent: every refusal carries the intent, those of its parameters too (recorded 2025 of
 * an unknown value, 2026 of unknown names). A browser gets it only with the right client secret.
 *
 * @returns the same error where there is nothing to add.
 */
export function aboutIntent(
  store: Store,
  match: { id: string; path: readonly string[] },
  caller: Caller,
  clientSecret: unknown,
  error: unknown,
): unknown {
  const noun = ON_AN_INTENT.exec(match.id)?.[1] as 'payment_intent' | 'setup_intent' | undefined;
  if (noun === undefined || !(error instanceof ApiError) || error.status !== 400) return error;
  const { code, param, payment_intent, setup_intent } = error.error;
  if (payment_intent !== undefined || setup_intent !== undefined) return error;
  if (code === 'emulator_unsupported' || param === 'client_secret') return error;
  const intent = store.get(`${noun}s`, match.path[0] as string);
  if (intent === undefined) return error;
  if (caller.kind === 'publishable' && clientSecret !== intent['client_secret']) return error;
  return new ApiError({ ...error.error, [noun]: intent }, error);
}
