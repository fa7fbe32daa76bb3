import { placeholderKey, placeholderPublishableKey } from '../domain/placeholder-keys.ts';
import { defaultHost } from './emulator-address.ts';

const proxies = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];

/** The environment of a program: everything there is, with every way to reach Stripe leading to the emulator. */
export function emulatorEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  url: string,
): Record<string, string | undefined> {
  const direct = [env['NO_PROXY'] ?? env['no_proxy'], defaultHost, 'localhost'].filter(Boolean).join(',');
  return {
    ...env,
    STRIPE_API_KEY: placeholderKey,
    STRIPE_SECRET_KEY: placeholderKey,
    STRIPE_PUBLISHABLE_KEY: placeholderPublishableKey,
    STRIPE_API_BASE: url,
    PAYINTENT_TARGET: 'test',
    PAYINTENT_API_BASE: url,
    ...(proxies.some((name) => env[name]) ? { NO_PROXY: direct, no_proxy: direct } : {}),
  };
}
