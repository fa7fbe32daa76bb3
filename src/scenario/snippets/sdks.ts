import { belowOf } from './below.ts';
import { literal, NODE, type Notation, PHP, PYTHON, RUBY } from './literals.ts';
import { camelCase, isEmptyRecord, type SnippetRequest, wordsOf } from './snippet-request.ts';

type Sdk = (call: string, request: SnippetRequest) => string;

/** What callers name the answer of an operation: `intent`, `refund`. */
function answerName(call: string): string {
  const resource = wordsOf(call).resources.at(-1) ?? 'answer';
  const one = resource === 'payment_intents' ? 'intent' : resource.replace(/s$/, '');
  return call.endsWith('.list') ? resource : one;
}

/** The way to a method in Python and Ruby: `customers.cash_balance.update`. */
function wayTo(call: string): string {
  const below = belowOf(call);
  return below === undefined
    ? call.replace(/\.del$/, '.delete')
    : `${below.owner}.${below.thing}.${below.verb}`;
}

/** The variable that holds the key of browsers, in each language. */
const PUBLISHABLE_KEY = {
  node: 'process.env.STRIPE_PUBLISHABLE_KEY',
  php: "getenv('STRIPE_PUBLISHABLE_KEY')",
  python: 'os.environ["STRIPE_PUBLISHABLE_KEY"]',
  ruby: 'ENV["STRIPE_PUBLISHABLE_KEY"]',
} as const;

/** Options of one call, as entries of a map; undefined where there are none. */
function optionsOf(
  { idempotencyKey, publishable }: SnippetRequest,
  notation: Notation,
  names: { readonly apiKey: string; readonly idempotencyKey: string },
  publishableKey: string,
): string | undefined {
  const entries: string[] = [];
  if (publishable === true) entries.push(`${notation.key(names.apiKey)}${publishableKey}`);
  if (idempotencyKey !== undefined)
    entries.push(`${notation.key(names.idempotencyKey)}${literal(idempotencyKey, notation)}`);
  return entries.length === 0 ? undefined : entries.join(', ');
}

const SNAKE = { apiKey: 'api_key', idempotencyKey: 'idempotency_key' };
const CAMEL = { apiKey: 'apiKey', idempotencyKey: 'idempotencyKey' };

const node: Sdk = (call, request) => {
  const { ids, params } = request;
  const { resources, method } = wordsOf(call);
  const args = ids.map((id) => literal(id, NODE));
  const options = optionsOf(request, NODE, CAMEL, PUBLISHABLE_KEY.node);
  if (!isEmptyRecord(params) || (options !== undefined && ids.length === 0)) {
    args.push(literal(params, NODE));
  } else if (options !== undefined) args.push('{}');
  if (options !== undefined) args.push(`{ ${options} }`);
  const callee = ['stripe', ...resources.map(camelCase), camelCase(method)].join('.');
  return `const ${camelCase(answerName(call))} = await ${callee}(${args.join(', ')});`;
};

const python: Sdk = (call, request) => {
  const { ids, params } = request;
  const args = ids.map((id) => literal(id, PYTHON));
  const options = optionsOf(request, PYTHON, SNAKE, PUBLISHABLE_KEY.python);
  if (!isEmptyRecord(params)) args.push(`params=${literal(params, PYTHON, 1)}`);
  if (options !== undefined) args.push(`options={${options}}`);
  const head = `${answerName(call)} = client.v1.${wayTo(call)}(`;
  return isEmptyRecord(params)
    ? `${head}${args.join(', ')})`
    : [head, ...args.map((arg) => `    ${arg},`), ')'].join('\n');
};

const ruby: Sdk = (call, request) => {
  const { ids, params } = request;
  const args = ids.map((id) => literal(id, RUBY));
  const options = optionsOf(request, RUBY, SNAKE, PUBLISHABLE_KEY.ruby);
  if (!isEmptyRecord(params) || options !== undefined) args.push(literal(params, RUBY));
  if (options !== undefined) args.push(`{ ${options} }`);
  return `${answerName(call)} = client.v1.${wayTo(call)}(${args.join(', ')})`;
};

const php: Sdk = (call, request) => {
  const { ids, params } = request;
  const args = ids.map((id) => literal(id, PHP));
  const options = optionsOf(request, PHP, SNAKE, PUBLISHABLE_KEY.php);
  if (!isEmptyRecord(params) || options !== undefined) args.push(literal(params, PHP));
  if (options !== undefined) args.push(`[${options}]`);
  const name = method(call);
  const callee = ['$stripe', ...wordsOf(call).resources.map(camelCase), name].join('->');
  return `$${camelCase(answerName(call))} = ${callee}(${args.join(', ')});`;
};

/** What PHP calls an operation: `list` is a word of the language, and one method reads every account. */
function method(call: string): string {
  if (call === 'accounts.retrieve_current') return 'retrieve';
  const name = wordsOf(call).method.replace(/^list(?=_|$)/, 'all');
  return name === 'del' ? 'delete' : camelCase(name);
}

export const SDKS = { node, php, python, ruby } as const satisfies Record<string, Sdk>;
