import type { ApiHash, ApiObject } from '../objects.ts';
import { applyChecks, askIssuer } from '../payments/card-attempt.ts';
import { threeDSecureAction } from '../payments/next-action.ts';
import type { World } from '../world.ts';
import { concludeSetUp, concludeSetupAction, concludeSetupFailed } from './conclude.ts';

export interface SetupTerms {
  readonly returnUrl: string | null;
  readonly useStripeSdk: boolean;
  readonly authentication?: 'failed' | 'succeeded' | undefined;
  readonly mandateData?: ApiHash | undefined;
  /** `single_use`: amount in minor units and currency of the one payment the customer agrees to. */
  readonly singleUse?: ApiHash | undefined;
}

/**
 * Sets a card up for later payments, as its row in the test table says.
 *
 * @throws ApiError 402 when it is declined, 400 when its authentication failed; the failure is kept.
 */
export function setUpCard(world: World, intent: ApiObject, method: ApiObject, terms: SetupTerms): void {
  const options = (intent['payment_method_options'] as Record<string, ApiHash> | null)?.['card'] ?? {};
  const outcome = askIssuer(world, method, options, {
    usage: 'setup',
    offSession: false,
    authentication: terms.authentication,
  });
  if (outcome.kind === 'requires_authentication') {
    concludeSetupAction(world, intent, method, (attempt) =>
      threeDSecureAction(world, intent, method, terms, attempt.id),
    );
    return;
  }
  if (outcome.kind === 'authentication_failed') {
    throw concludeSetupFailed(world, intent, method, outcome.error, 400);
  }
  applyChecks(world, method, outcome.checks);
  if (outcome.kind === 'declined') throw concludeSetupFailed(world, intent, method, outcome.error);
  concludeSetUp(world, intent, method);
}
