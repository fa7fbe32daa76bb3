import { literal, NODE, PHP, PYTHON, RUBY } from './literals.ts';
import { camelCase, isEmptyRecord, type SnippetRequest, wordsOf } from './snippet-request.ts';

type Sdk = (call: string, request: SnippetRequest) => string;

/** What callers name the answer of an operation: `intent`, `refund`. */
function answerName(call: string): string {
  const resource = wordsOf(call).resources.at(-1) ?? 'answer';
  const one = resource === 'payment_intents' ? 'intent' : resource.replace(/s$/, '');
  return call.endsWith('.list') ? resource : one;
}

/** Sources hang below customers in the newer SDKs: `customers.payment_sources.create`. */
function nested(call: string): string {
  return call
    .replace(/\.(create|delete|update|list|retrieve)_sources?$/, '.payment_sources.$1')
    .replace(/\.del$/, '.delete');
}

const node: Sdk = (call, { ids, params, idempotencyKey }) => {
  const { resources, method } = wordsOf(call);
  const args = ids.map((id) => literal(id, NODE));
  if (!isEmptyRecord(params) || (idempotencyKey !== undefined && ids.length === 0)) {
    args.push(literal(params, NODE));
  } else if (idempotencyKey !== undefined) args.push('{}');
  if (idempotencyKey !== undefined) args.push(`{ idempotencyKey: ${literal(idempotencyKey, NODE)} }`);
  const callee = ['stripe', ...resources.map(camelCase), camelCase(method)].join('.');
  return `const ${camelCase(answerName(call))} = await ${callee}(${args.join(', ')});`;
};

const python: Sdk = (call, { ids, params, idempotencyKey }) => {
  const args = ids.map((id) => literal(id, PYTHON));
  if (!isEmptyRecord(params)) args.push(`params=${literal(params, PYTHON, 1)}`);
  if (idempotencyKey !== undefined)
    args.push(`options={"idempotency_key": ${literal(idempotencyKey, PYTHON)}}`);
  const head = `${answerName(call)} = client.v1.${nested(call)}(`;
  return isEmptyRecord(params)
    ? `${head}${args.join(', ')})`
    : [head, ...args.map((arg) => `    ${arg},`), ')'].join('\n');
};

const ruby: Sdk = (call, { ids, params, idempotencyKey }) => {
  const args = ids.map((id) => literal(id, RUBY));
  if (!isEmptyRecord(params) || idempotencyKey !== undefined) args.push(literal(params, RUBY));
  if (idempotencyKey !== undefined) args.push(`{ idempotency_key: ${literal(idempotencyKey, RUBY)} }`);
  return `${answerName(call)} = client.v1.${nested(call)}(${args.join(', ')})`;
};

const php: Sdk = (call, { ids, params, idempotencyKey }) => {
  const { resources, method } = wordsOf(call);
  const args = ids.map((id) => literal(id, PHP));
  if (!isEmptyRecord(params) || idempotencyKey !== undefined) args.push(literal(params, PHP));
  if (idempotencyKey !== undefined) args.push(`['idempotency_key' => ${literal(idempotencyKey, PHP)}]`);
  const name = method === 'del' ? 'delete' : camelCase(method);
  const callee = ['$stripe', ...resources.map(camelCase), name].join('->');
  return `$${camelCase(answerName(call))} = ${callee}(${args.join(', ')});`;
};

export const SDKS = { node, php, python, ruby } as const satisfies Record<string, Sdk>;
