import { METHOD_CONFIGURATION } from '../account-facts.ts';
import type { ApiHash } from '../objects.ts';

/**
 * What a new intent of either kind says of automatic payment methods: they are on when asked for, and when nothing was
 * said of types either (the default since 2023-08-16, recorded).
 */
export function automaticMethods(params: ApiHash): {
  automatic_payment_methods: ApiHash | null;
  payment_method_configuration_details: ApiHash | null;
} {
  const chosen = params['automatic_payment_methods'] as ApiHash | undefined;
  const on =
    chosen?.['enabled'] === true || (chosen === undefined && params['payment_method_types'] === undefined);
  if (!on) return { automatic_payment_methods: null, payment_method_configuration_details: null };
  return {
    automatic_payment_methods: { allow_redirects: chosen?.['allow_redirects'] ?? 'always', enabled: true },
    payment_method_configuration_details: { id: METHOD_CONFIGURATION, parent: null },
  };
}
