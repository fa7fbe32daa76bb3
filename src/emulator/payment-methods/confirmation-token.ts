import { invalidRequest, noSuch } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';

/** What the emulator knows of a ConfirmationToken and the API never shows. */
export interface ConfirmationTokenFacts {
  /** The method behind the preview. */
  method: string;
  /** Parameters that the confirmation takes over as they are. */
  params: ApiHash;
}

/**
 * Parameters of a confirmation with those of its ConfirmationToken filled in; what the request gives wins (documented).
 * The token is used up by that.
 *
 * @param intent the intent that is confirmed: from now on the token names it
 * @throws ApiError 400 for a token that is unknown, used or older than its twelve hours
 */
export function applyConfirmationToken(world: World, params: ApiHash, intent?: ApiObject): ApiHash {
  const { confirmation_token: id, ...rest } = params;
  if (id === undefined) return params;
  const token = world.get('confirmation_tokens', id);
  if (token === undefined) {
    throw noSuch('confirmation_token', id as string, 'confirmation_token', 'parameter');
  }
  requireFresh(world, token);
  const facts = world.facts<ConfirmationTokenFacts>(token.id);
  useConfirmationToken(world, token, intent);
  const merged: ApiHash = { ...facts.params, payment_method: facts.method, ...rest };
  if (rest['payment_method_data'] !== undefined && rest['payment_method'] === undefined) {
    delete merged['payment_method'];
  }
  // The token comes from a page that runs Stripe.js, which also handles the action that may follow.
  if (token['use_stripe_sdk'] === true && merged['return_url'] !== undefined)
    merged['use_stripe_sdk'] ??= true;
  return merged;
}

function requireFresh(world: World, token: ApiObject): void {
  const param = 'confirmation_token';
  if (token['payment_intent'] !== null || token['setup_intent'] !== null) {
    throw invalidRequest(`The ConfirmationToken ${token.id} has already been used. Create a new one.`, {
      param,
    });
  }
  if ((token['expires_at'] as number) <= world.now) {
    throw invalidRequest(`The ConfirmationToken ${token.id} has expired. Create a new one.`, { param });
  }
}

function useConfirmationToken(world: World, token: ApiObject, intent: ApiObject | undefined): void {
  if (intent === undefined) return;
  token[intent.object === 'setup_intent' ? 'setup_intent' : 'payment_intent'] = intent.id;
  token['expires_at'] = null;
  world.update('confirmation_tokens', token);
}
