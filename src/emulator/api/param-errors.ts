import { type ApiError, invalidRequest } from '../api-error.ts';

/** All refusals of this file are raised while reading parameters: the operation has not begun. */
const READING = { whileReading: true } as const;

/** Recorded 2026-08. */
export function missingParam(param: string): ApiError {
  return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param }, READING);
}

/**
 * One or several names in bracket notation, at least one. Recorded 2026-08; the hint about a similar name is quoted in
 * public issues.
 */
export function unknownParams(names: readonly string[], similar?: string): ApiError {
  const [first = ''] = names;
  const hint = names.length === 1 && similar !== undefined ? `. Did you mean ${similar}?` : '';
  return invalidRequest(
    `Received unknown parameter${names.length === 1 ? '' : 's'}: ${names.join(', ')}${hint}`,
    { code: 'parameter_unknown', param: first },
    READING,
  );
}

/** A string where `kind` belongs, or the other way round. The value is shown as it was sent. */
export function invalidValue(
  kind: 'boolean' | 'decimal' | 'integer' | 'number' | 'string',
  value: unknown,
  param: string,
): ApiError {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  const code = kind === 'integer' ? { code: 'parameter_invalid_integer' } : {};
  return invalidRequest(`Invalid ${kind}: ${shown}`, { ...code, param }, READING);
}

/** Both are quoted in public issues. */
export function invalidStructure(kind: 'array' | 'object', param: string): ApiError {
  return invalidRequest(`Invalid ${kind}`, { param }, READING);
}

/** `Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer` */
export function invalidEnum(values: readonly string[], param: string): ApiError {
  return invalidRequest(`Invalid ${param}: must be one of ${listed(values)}`, { param }, READING);
}

function listed(values: readonly string[]): string {
  if (values.length <= 2) return values.join(' or ');
  return `${values.slice(0, -1).join(', ')}, or ${values.at(-1)}`;
}

/** Asserted against the live API in a public test of another project. */
export function cannotBeUnset(param: string): ApiError {
  return invalidRequest(
    `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
    { code: 'parameter_invalid_empty', param },
    READING,
  );
}

/** The end of the message is asserted against the live API in a public test; the rest is how Stripe words its kin. */
export function tooLong(value: string, limit: number, param: string): ApiError {
  return invalidRequest(
    `Invalid string: ${shorten(value)}; must be at most ${limit} characters`,
    { param },
    READING,
  );
}

/** Quoted in public issues. */
export function descriptorTooLong(value: string, limit: number, param: string): ApiError {
  const name = param.includes('suffix') ? 'statement descriptor suffix' : 'statement descriptor';
  return invalidRequest(
    `The ${name} must be at most ${limit} characters. ${value} is ${value.length} characters long.`,
    { param },
    READING,
  );
}

/** Stripe shows the beginning and the end of a long value. */
function shorten(value: string): string {
  return value.length <= 24 ? value : `${value.slice(0, 10)}...${value.slice(-8)}`;
}

/** Quoted from a real answer in public documentation of another project. */
export function badSequence(param: string, keys: readonly string[], missing: string): ApiError {
  const passed = keys.map((key) => `\`${key}\``).join(', ');
  return invalidRequest(
    `If passing an array with explicit keys (e.g. foo[0]=a&foo[1]=b) instead of as an array (e.g. foo[]=a&foo[]=b), the keys must be numeric and sequential starting from 0. You passed the keys ${passed}, we expected to have a key with the value \`${missing}\`.`,
    { param },
    READING,
  );
}

/** Quoted in public issues, like the two below: none of the three names a parameter. */
export function metadataValueTooLong(value: string): ApiError {
  return invalidRequest(
    `Metadata values can have up to 500 characters, but you passed in a value that is ${value.length} characters. Invalid value: ${value}`,
    {},
    READING,
  );
}

export function metadataKeyTooLong(key: string): ApiError {
  return invalidRequest(
    `Metadata keys can have up to 40 characters, but you passed in a key that is ${key.length} characters. Invalid key: ${key}`,
    {},
    READING,
  );
}

/** @param count keys that the object would have after the request. */
export function metadataTooManyKeys(count: number): ApiError {
  return invalidRequest(
    `Metadata can have up to 50 keys, but you've set ${count}. Email us at support+metadata@stripe.com for more information.`,
    {},
    READING,
  );
}

/** Quoted in a public issue of 2016. */
export function notKeyValuePairs(param: string): ApiError {
  return invalidRequest(`Invalid ${param}: ${param} must be a set of key-value pairs`, { param }, READING);
}
