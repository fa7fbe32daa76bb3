import type { TestMethod } from '../domain/test-methods.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import type { Context } from './context.ts';
import { CliError } from './errors.ts';
import { didYouMean } from './suggest.ts';

/** The customer behind a test method that is made of its type alone. */
const exampleCustomer = { name: 'Jenny Rosen', email: 'jenny.rosen@example.com' };

const exampleAddress = { line1: '1 Test Street', city: 'Test City', postal_code: '12345', country: 'US' };

/** What else a customer of these types gives on the page: merged into `payment_method_data`. */
const exampleDetails: Readonly<Record<string, ApiRecord | undefined>> = {
  afterpay_clearpay: { billing_details: { ...exampleCustomer, address: exampleAddress } },
  boleto: {
    billing_details: {
      ...exampleCustomer,
      address: { ...exampleAddress, state: 'SP', postal_code: '01310-100', country: 'BR' },
    },
    boleto: { tax_id: '000.000.000-00' },
  },
  fpx: { fpx: { bank: 'maybank2u' } },
  sofort: { sofort: { country: 'DE' } },
};

/** What the page itself says about these types when it confirms: merged into `payment_method_options`. */
const exampleOptions: Readonly<Record<string, ApiRecord | undefined>> = {
  blik: { code: '123456' },
  wechat_pay: { client: 'web' },
};

/**
 * Puts a test method in place of its short name (`visa`, `declined`, `ideal`): its id, or its type where Stripe documents
 * no id. Whatever already looks like an id goes through as it is. Throws `FLAG_INVALID` with the nearest names.
 *
 * @param confirming the request attempts the payment, or does so with `confirm=true`
 */
export async function resolvePaymentMethod(
  context: Context,
  params: ApiRecord,
  confirming: boolean,
): Promise<ApiRecord> {
  const given = params['payment_method'];
  if (typeof given !== 'string' || given === '' || /^(pm|card|src|ba)_/.test(given)) return params;
  const { findTestMethod, testMethodNames } = await import('../domain/test-methods.ts');
  const found = findTestMethod(given);
  if (found !== undefined) return methodParams(context, params, found, confirming);
  const near = didYouMean(given, testMethodNames());
  throw new CliError('FLAG_INVALID', `There is no test payment method ${JSON.stringify(given)}`, {
    why: `${near === undefined ? '' : `${near} `}A method is an id (pm_…) or the name of a test method.`,
    fix: ['payintent methods'],
  });
}

/**
 * Parameters that use a test method. What the API wants beside it, and a test customer would have given on the page, is
 * added unless it was typed: billing details for methods made of their type, the acceptance of a mandate for debits.
 */
export async function methodParams(
  context: Context,
  params: ApiRecord,
  method: TestMethod,
  confirming: boolean,
): Promise<ApiRecord> {
  const chosen =
    method.pm === undefined
      ? typedMethod(params, method.type, confirming)
      : { ...params, payment_method: method.pm };
  if (!confirming || params['mandate_data'] !== undefined || params['mandate'] !== undefined) return chosen;
  const { findPaymentMethodType } = await import('../domain/payment-method-types.ts');
  if (findPaymentMethodType(method.type)?.mandate !== true || params['off_session'] !== undefined)
    return chosen;
  await context.target();
  context.report.note(`mandate_data, because ${method.type} wants the customer's consent`, 'Added');
  return { ...chosen, mandate_data: { customer_acceptance: { type: 'offline' } } };
}

function typedMethod(params: ApiRecord, type: string, confirming: boolean): ApiRecord {
  const { payment_method: _name, payment_method_data: data, ...rest } = params;
  const method = {
    type,
    billing_details: exampleCustomer,
    ...exampleDetails[type],
    ...(isRecord(data) ? data : {}),
  };
  return { ...rest, ...(confirming ? typedOptions(params, type) : {}), payment_method_data: method };
}

function typedOptions(params: ApiRecord, type: string): ApiRecord {
  const wanted = exampleOptions[type];
  if (wanted === undefined) return {};
  const given = isRecord(params['payment_method_options']) ? params['payment_method_options'] : {};
  const own = isRecord(given[type]) ? given[type] : {};
  return { payment_method_options: { ...given, [type]: { ...wanted, ...own } } };
}

function isRecord(value: unknown): value is ApiRecord {
  return typeof value === 'object' && value !== null;
}
