import type { ApiRecord } from '../../gateway/gateway.ts';
import { belowOf } from './below.ts';
import { isEmptyRecord, type SnippetRequest, wordsOf } from './snippet-request.ts';

/** Words that Go's naming, as the SDK follows it, writes in capitals. */
const INITIALISMS: Readonly<Record<string, string>> = {
  acss: 'ACSS',
  api: 'API',
  au: 'AU',
  bacs: 'BACS',
  becs: 'BECS',
  blik: 'BLIK',
  bsb: 'BSB',
  cashapp: 'CashApp',
  cvc: 'CVC',
  eps: 'EPS',
  fpx: 'FPX',
  iban: 'IBAN',
  id: 'ID',
  ids: 'IDs',
  ideal: 'IDEAL',
  ip: 'IP',
  oxxo: 'OXXO',
  paynow: 'PayNow',
  promptpay: 'PromptPay',
  sepa: 'SEPA',
  twint: 'TWINT',
  url: 'URL',
  us: 'US',
  wechat: 'WeChat',
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

/** Where an operation is in the SDK. */
interface Place {
  /** The field of the client, without its version. */
  readonly service: string;
  readonly method: string;
  /** What the names of parameter types begin with. */
  readonly type: string;
  /** The parameter that takes the first id, where it is no argument. */
  readonly owner?: string;
}

/** Services of what belongs to another object, with what their types begin with. */
const BELOW: Readonly<Record<string, readonly [service: string, type: string]>> = {
  amount_details_line_items: ['PaymentIntentAmountDetailsLineItems', 'PaymentIntentAmountDetailsLineItem'],
  balance_transactions: ['CustomerBalanceTransactions', 'CustomerBalanceTransaction'],
  cash_balance: ['CashBalances', 'CashBalance'],
  cash_balance_transactions: ['CustomerCashBalanceTransactions', 'CustomerCashBalanceTransaction'],
  payment_sources: ['PaymentSources', 'PaymentSource'],
  tax_ids: ['TaxIDs', 'TaxID'],
};

/** Operations that the SDK for Go names in another way. */
const METHODS: Readonly<Record<string, string>> = { del: 'Delete' };

function placeOf(call: string): Place {
  if (call === 'accounts.retrieve')
    return { service: 'Accounts', method: 'GetByID', type: 'AccountRetrieve' };
  if (call === 'accounts.retrieve_current')
    return { service: 'Accounts', method: 'Retrieve', type: 'AccountRetrieve' };
  const { resources, method } = wordsOf(call);
  const name = METHODS[method] ?? pascal(method);
  const below = belowOf(call);
  const [service, type] = BELOW[below?.thing ?? ''] ?? [];
  if (below !== undefined && service !== undefined) {
    const owner = below.owner === 'customers' ? 'Customer' : 'Intent';
    return { service, method: pascal(below.verb), type: `${type}${pascal(below.verb)}`, owner };
  }
  return {
    service: resources.map(pascal).join(''),
    method: name,
    type: `${[...resources.slice(0, -1).map(pascal), singular(resources.at(-1) ?? '')].join('')}${name}`,
    ...(below?.thing === 'payment_methods' ? { owner: 'Customer' } : {}),
  };
}

/** A request in Go. Nested parameters have types named after the way to them. */
export function goCode(call: string, { ids, params, idempotencyKey, publishable }: SnippetRequest): string {
  const place = placeOf(call);
  const [owner, others] = place.owner === undefined ? [undefined, ids] : [ids[0], ids.slice(1)];
  const browser = publishable === true;
  const service = `${browser ? 'browser' : 'client'}.V1${place.service}`;
  const needsParams = !isEmptyRecord(params) || idempotencyKey !== undefined || owner !== undefined;
  const lines: string[] = [];
  // A client has one key.
  if (browser)
    lines.push(
      'browser := stripe.NewClient(os.Getenv("STRIPE_PUBLISHABLE_KEY"), stripe.WithBackends(backends))',
    );
  const entries = Object.entries(params);
  const own = entries.filter(([name]) => !isEmbedded(name, place));
  if (needsParams)
    lines.push(`params := &stripe.${place.type}Params${fields(Object.fromEntries(own), place.type, 0)}`);
  for (const [name, value] of entries.filter(([name]) => isEmbedded(name, place)))
    lines.push(
      `params.${pascal(name)} = ${name === 'query' ? text(String(value)) : written(value, name, '', 0)}`,
    );
  if (owner !== undefined) lines.push(`params.${place.owner} = stripe.String(${text(owner)})`);
  if (idempotencyKey !== undefined) lines.push(`params.SetIdempotencyKey(${text(idempotencyKey)})`);
  const args = ['ctx', ...others.map(text), needsParams ? 'params' : 'nil'].join(', ');
  if (/^(List|Search)/.test(place.method)) {
    lines.push(
      `for item, err := range ${service}.${place.method}(${args}).All(ctx) {`,
      '\tfmt.Println(item, err)',
      '}',
    );
  } else lines.push(`answer, err := ${service}.${place.method}(${args})`);
  return lines.join('\n');
}

/** Parameters of every list, or of every search, are fields of a part that a literal cannot name. */
function isEmbedded(name: string, { method }: Place): boolean {
  if (method.startsWith('Search')) return /^(limit|page|query)$/.test(name);
  return method.startsWith('List') && /^(ending_before|limit|starting_after)$/.test(name);
}

function fields(params: ApiRecord, typeName: string, depth: number): string {
  const entries = Object.entries(params);
  if (entries.length === 0) return '{}';
  const inner = '\t'.repeat(depth + 1);
  const lines = entries.map(
    ([name, value]) =>
      `${inner}${pascal(name)}: ${written(value, name, nestedType(typeName, name), depth + 1)},`,
  );
  return ['{', ...lines, `${'\t'.repeat(depth)}}`].join('\n');
}

/** Parts that have a type of their own where they are described by hand and not by the way to them. */
function nestedType(typeName: string, name: string): string {
  if (/PaymentMethodData$/.test(typeName) && !/^(billing_details|radar_options)$/.test(name))
    return `PaymentMethod${pascal(name)}`;
  if (typeName === 'PaymentIntentConfirm' && name === 'mandate_data') return 'PaymentIntentMandateData';
  return `${typeName}${pascal(name)}`;
}

function written(value: unknown, name: string, typeName: string, depth: number): string {
  // A source is a token or a card, and has a type for both.
  if (typeName === 'PaymentSourceCreateSource')
    return `&stripe.PaymentSourceSourceParams{Token: stripe.String(${text(String(value))})}`;
  if (typeof value === 'string') return `stripe.String(${text(value)})`;
  if (typeof value === 'number')
    return Number.isInteger(value) ? `stripe.Int64(${value})` : `stripe.Float64(${value})`;
  if (typeof value === 'boolean') return `stripe.Bool(${value})`;
  if (Array.isArray(value)) return listOf(value, typeName, depth);
  if (typeof value !== 'object' || value === null) return 'nil';
  if (name === 'metadata') {
    const pairs = Object.entries(value).map(([key, inner]) => `${text(key)}: ${text(String(inner))}`);
    return `map[string]string{${pairs.join(', ')}}`;
  }
  return `&stripe.${typeName}Params${fields(value as ApiRecord, typeName, depth)}`;
}

function listOf(items: readonly unknown[], typeName: string, depth: number): string {
  if (items.every((item) => typeof item === 'number'))
    return `[]*int64{${items.map((item) => `stripe.Int64(${item})`).join(', ')}}`;
  if (items.every((item) => typeof item !== 'object'))
    return `stripe.StringSlice([]string{${items.map((item) => text(String(item))).join(', ')}})`;
  const inner = '\t'.repeat(depth + 1);
  const records = items.map((item) => `${inner}${fields((item ?? {}) as ApiRecord, typeName, depth + 1)},`);
  return [`[]*stripe.${typeName}Params{`, ...records, `${'\t'.repeat(depth)}}`].join('\n');
}
