import { METHOD_CONFIGURATION } from '../account-facts.ts';
import { unsupported } from '../api-error.ts';
import type { ApiHash } from '../objects.ts';

/** Parameters of intents that would change what happens, in ways the emulator does not imitate. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  amount_to_confirm: 'Confirming a part of the amount',
  customer_account: 'Accounts v2',
  hooks: 'Hooks into other Stripe products',
};

/**
 * Refuses what would be ignored: a parameter that is taken must act.
 *
 * @throws ApiError 400 `emulator_unsupported`
 */
export function requireSupportedParams(params: ApiHash): void {
  for (const name in UNSUPPORTED) {
    if (params[name] !== undefined && params[name] !== '')
      throw unsupported(UNSUPPORTED[name] as string, name);
  }
  const configuration = params['payment_method_configuration'];
  if (configuration !== undefined && configuration !== METHOD_CONFIGURATION) {
    throw unsupported(
      'A payment method configuration other than the default',
      'payment_method_configuration',
    );
  }
}
