import type { ApiRecord } from '../gateway/gateway.ts';
import { CliError } from './errors.ts';

/**
 * Puts the id of a test method in place of its short name (`visa`, `declined`, `3ds`). Whatever already looks like an
 * id goes through as it is. Throws `FLAG_INVALID` with the nearest names.
 */
export async function resolvePaymentMethod(params: ApiRecord): Promise<ApiRecord> {
  const given = params['payment_method'];
  if (typeof given !== 'string' || given === '' || /^(pm|card|src|ba)_/.test(given)) return params;
  const { findTestMethod, testMethodNames } = await import('./test-methods.ts');
  const found = findTestMethod(given);
  if (found !== undefined) return { ...params, payment_method: found };
  const { didYouMean } = await import('./suggest.ts');
  const near = didYouMean(given, testMethodNames());
  throw new CliError('FLAG_INVALID', `There is no test payment method ${JSON.stringify(given)}`, {
    why: `${near === undefined ? '' : `${near} `}A method is an id (pm_…) or the name of a test method.`,
    fix: ['payintent methods'],
  });
}
