import type { ApiRecord } from '../../gateway/gateway.ts';
import { isEmptyRecord, type SnippetRequest, wordsOf } from './snippet-request.ts';

/** Words that Go's naming, as the SDK follows it, writes in capitals. */
const INITIALISMS: Readonly<Record<string, string>> = {
  acss: 'ACSS',
  api: 'API',
  bacs: 'BACS',
  bsb: 'BSB',
  cvc: 'CVC',
  iban: 'IBAN',
  id: 'ID',
  ideal: 'IDEAL',
  ip: 'IP',
  oxxo: 'OXXO',
  sepa: 'SEPA',
  url: 'URL',
  us: 'US',
};

function pascal(snake: string): string {
  return snake
    .split('_')
    .map((word) => INITIALISMS[word] ?? word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** The type that one of these makes: `payment_intents` as `PaymentIntent`. */
const singular = (resource: string): string => pascal(resource.replace(/s$/, ''));

const text = (value: string): string => JSON.stringify(value);

/** Operations that the SDK for Go names in another way. */
const METHODS: Readonly<Record<string, string>> = { del: 'Delete' };

/** A request in Go. Nested parameters have types named after the way to them. */
export function goCode(call: string, { ids, params, idempotencyKey, publishable }: SnippetRequest): string {
  const { resources, method } = wordsOf(call);
  const name = METHODS[method] ?? pascal(method);
  const typeName = `${resources.map((part, index) => (index < resources.length - 1 ? pascal(part) : singular(part))).join('')}${name}`;
  const browser = publishable === true;
  const service = `${browser ? 'browser' : 'client'}.V1${resources.map(pascal).join('')}`;
  const needsParams = !isEmptyRecord(params) || idempotencyKey !== undefined;
  const lines: string[] = [];
  // A client has one key.
  if (browser)
    lines.push(
      'browser := stripe.NewClient(os.Getenv("STRIPE_PUBLISHABLE_KEY"), stripe.WithBackends(backends))',
    );
  if (needsParams) lines.push(`params := &stripe.${typeName}Params${fields(params, typeName, 0)}`);
  if (idempotencyKey !== undefined) lines.push(`params.SetIdempotencyKey(${text(idempotencyKey)})`);
  const args = ['ctx', ...ids.map(text), needsParams ? 'params' : 'nil'];
  if (method === 'list') lines.push(`for item, err := range ${service}.List(${args.join(', ')}) {`, '}');
  else lines.push(`answer, err := ${service}.${name}(${args.join(', ')})`);
  return lines.join('\n');
}

function fields(params: ApiRecord, typeName: string, depth: number): string {
  const entries = Object.entries(params);
  if (entries.length === 0) return '{}';
  const inner = '\t'.repeat(depth + 1);
  const lines = entries.map(
    ([name, value]) =>
      `${inner}${pascal(name)}: ${written(value, name, `${typeName}${pascal(name)}`, depth + 1)},`,
  );
  return ['{', ...lines, `${'\t'.repeat(depth)}}`].join('\n');
}

function written(value: unknown, name: string, typeName: string, depth: number): string {
  if (typeof value === 'string') return `stripe.String(${text(value)})`;
  if (typeof value === 'number') return `stripe.Int64(${value})`;
  if (typeof value === 'boolean') return `stripe.Bool(${value})`;
  if (Array.isArray(value)) {
    return value.every((item) => typeof item === 'number')
      ? `[]*int64{${value.map((item) => `stripe.Int64(${item})`).join(', ')}}`
      : `stripe.StringSlice([]string{${value.map((item) => text(String(item))).join(', ')}})`;
  }
  if (typeof value !== 'object' || value === null) return 'nil';
  if (name === 'metadata') {
    const pairs = Object.entries(value).map(([key, inner]) => `${text(key)}: ${text(String(inner))}`);
    return `map[string]string{${pairs.join(', ')}}`;
  }
  return `&stripe.${typeName}Params${fields(value as ApiRecord, typeName, depth)}`;
}
