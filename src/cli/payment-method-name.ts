import type { ApiRecord } from '../gateway/gateway.ts';
import { CliError } from './errors.ts';
import { didYouMean } from './suggest.ts';

/**
 * Puts a test method in place of its short name (`visa`, `declined`, `ideal`): its id, or its type where Stripe documents
 * no id. Whatever already looks like an id goes through as it is. Throws `FLAG_INVALID` with the nearest names.
 */
export async function resolvePaymentMethod(params: ApiRecord): Promise<ApiRecord> {
  const given = params['payment_method'];
  if (typeof given !== 'string' || given === '' || /^(pm|card|src|ba)_/.test(given)) return params;
  const { findTestMethod, testMethodNames } = await import('../domain/test-methods.ts');
  const found = findTestMethod(given);
  if (found === undefined) {
    const near = didYouMean(given, testMethodNames());
    throw new CliError('FLAG_INVALID', `There is no test payment method ${JSON.stringify(given)}`, {
      why: `${near === undefined ? '' : `${near} `}A method is an id (pm_…) or the name of a test method.`,
      fix: ['payintent methods'],
    });
  }
  return methodParams(params, found);
}

/** Parameters that use a test method. */
export function methodParams(
  params: ApiRecord,
  method: { readonly pm?: string; readonly type: string },
): ApiRecord {
  if (method.pm !== undefined) return { ...params, payment_method: method.pm };
  const { payment_method: _name, payment_method_data: data, ...rest } = params;
  const typed = typeof data === 'object' && data !== null ? data : {};
  return { ...rest, payment_method_data: { type: method.type, ...typed } };
}
