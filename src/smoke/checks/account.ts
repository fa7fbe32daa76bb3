import { fail, inconclusive, pass, skipped } from '../../conformance/judgement.ts';
import { findCurrency } from '../../domain/currencies.ts';
import { amountProblem, formatAmount } from '../../domain/money.ts';
import { coverage } from '../../gateway/coverage.ts';
import { type ApiRecord, pathTo } from '../../gateway/gateway.ts';
import { GatewayError } from '../../gateway/gateway-error.ts';
import type { SmokeBench, SmokeCheck } from '../check.ts';
import type { Finding } from '../finding.ts';

/** The account, or why it cannot be judged: a restricted key need not be allowed to read it. */
async function withAccount(bench: SmokeBench, judge: (account: ApiRecord) => Finding): Promise<Finding> {
  try {
    return judge(await bench.account());
  } catch (error) {
    if (error instanceof GatewayError && error.kind === 'permission') {
      return inconclusive(
        'The key may not read the account.',
        'Let the restricted key read the account, or leave the check out with --skip.',
      );
    }
    throw error;
  }
}

export const ACCOUNT_CHECKS: readonly SmokeCheck[] = [
  {
    id: 'publishable-key',
    title: 'the publishable key is of the same account',
    run: publishableKey,
  },
  {
    id: 'account-charges',
    title: 'the account can charge',
    run: (bench) =>
      withAccount(bench, (account) => {
        if (account['charges_enabled'] === true) {
          return pass(`${account['country']}, ${String(account['default_currency'])} unless said otherwise.`);
        }
        const requirements = account['requirements'];
        const due: unknown =
          typeof requirements === 'object' && requirements !== null
            ? Reflect.get(requirements, 'disabled_reason')
            : undefined;
        if (account['charges_enabled'] !== false)
          return fail(
            `charges_enabled is ${String(account['charges_enabled'])}.`,
            'Look at what answers behind --api-base: an account of the API has it.',
          );
        // An account that is not activated yet takes test payments all the same.
        return inconclusive(
          `The account is not activated${typeof due === 'string' ? ` (${due})` : ''}: test payments are made all the same, live ones would be refused.`,
          'Activate the account in the Dashboard before going live.',
        );
      }),
  },
  {
    id: 'account-capabilities',
    title: 'the account may take cards',
    run: (bench) =>
      withAccount(bench, (account) => {
        const capabilities = account['capabilities'];
        if (typeof capabilities !== 'object' || capabilities === null)
          return inconclusive('The account shows no capabilities.');
        const active = Object.entries(capabilities).filter(([, state]) => state === 'active');
        const card: unknown = Reflect.get(capabilities, 'card_payments');
        if (card === 'active') return pass(`card_payments is active, and ${active.length - 1} more.`);
        const said = `card_payments is ${String(card ?? 'absent')}.`;
        return account['charges_enabled'] === false
          ? inconclusive(said, 'It becomes active with the account.')
          : fail(said, 'Ask for card payments in the Dashboard under Settings, Payment methods.');
      }),
  },
  { id: 'currency-amount', title: 'the currency and the amount are allowed', run: currencyAmount },
  { id: 'api-version', title: 'everything speaks one API version', run: apiVersion },
  { id: 'payment-methods', title: 'required payment methods are offered', run: paymentMethods },
];

async function publishableKey(bench: SmokeBench): Promise<Finding> {
  const { publishableKey: key, target } = bench;
  if (key === undefined) return skipped('None was given.');
  if (/^pk_live_/.test(key))
    return {
      ...fail('It is a live-mode key.', 'Use the publishable key of test mode: pk_test_….'),
      cause: 'key',
    };
  if (!/^pk_test_\w+$/.test(key))
    return {
      ...fail('It is not shaped like a publishable key.', 'Copy the publishable key again: pk_test_….'),
      cause: 'key',
    };
  if (target?.name !== 'test') return skipped('The offline emulator takes every publishable key.');
  const intent = await makeIntent(bench, { payment_method_types: ['card'] });
  const browser = await bench.withKey(key);
  try {
    await browser.request('GET', pathTo('payment_intents', String(intent['id'])), {
      client_secret: intent['client_secret'],
    });
    return pass('A browser that has it sees a payment of the secret key.');
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const foreign = error.kind === 'not_found' || error.kind === 'auth' || error.kind === 'invalid';
    if (!foreign) throw error;
    const wrong =
      error.kind === 'auth' ? 'It is not accepted' : 'It does not see a payment of the secret key';
    return {
      ...fail(`${wrong}: ${error.message}`, 'Take both keys from the same account and the same sandbox.'),
      cause: 'key',
    };
  } finally {
    await browser.close();
  }
}

/** An intent that waits for a payment method. */
export async function makeIntent(bench: SmokeBench, params: ApiRecord = {}): Promise<ApiRecord> {
  const { amount, currency } = bench;
  return (await bench.gateway.request('POST', '/v1/payment_intents', { amount, currency, ...params })).object;
}

async function currencyAmount(bench: SmokeBench): Promise<Finding> {
  const { amount, currency } = bench;
  if (findCurrency(currency) === undefined) {
    return fail(
      `There is no currency ${JSON.stringify(currency)}.`,
      'Choose another --currency: three letters, such as usd, eur or jpy.',
    );
  }
  const problem = amountProblem(amount, currency, 'card');
  if (problem !== undefined)
    return fail(`${problem.message}.`.replace(/\.\.$/, '.'), 'Choose another --amount.');
  try {
    const intent = await makeIntent(bench, { payment_method_types: ['card'] });
    if (intent['amount'] === amount && intent['currency'] === currency) {
      return pass(`A payment of ${formatAmount(amount, currency)} can be created.`);
    }
    return fail(
      `A payment of ${amount} ${currency} was asked for; the answer says ${String(intent['amount'])} ${String(intent['currency'])}.`,
      'Look at what answers behind --api-base: it does not keep what it is told.',
    );
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== 'invalid') throw error;
    return fail(
      error.message,
      'Choose another --amount or --currency, or let the account take this currency.',
    );
  }
}

/** The version that events are written in is the account's. */
async function apiVersion(bench: SmokeBench): Promise<Finding> {
  const sdk = coverage().apiVersion;
  const others: [string, string][] = [];
  for (const [place, path] of [
    ['events of the account', '/v1/events'],
    ['a webhook endpoint', '/v1/webhook_endpoints'],
  ] as const) {
    try {
      const { object } = await bench.gateway.request('GET', path, { limit: path === '/v1/events' ? 1 : 100 });
      for (const one of Array.isArray(object['data']) ? object['data'] : []) {
        const version: unknown = one?.api_version;
        if (typeof version === 'string') others.push([place, version]);
      }
    } catch (error) {
      if (!(error instanceof GatewayError) || error.kind !== 'permission') throw error;
    }
  }
  const odd = others.find(([, version]) => version !== sdk);
  if (odd === undefined) {
    return pass(
      others.length === 0
        ? `The SDK speaks ${sdk}; nothing else shows a version.`
        : `All of them speak ${sdk}.`,
    );
  }
  return inconclusive(
    `The SDK speaks ${sdk}, ${odd[0]} ${odd[1]}.`,
    'Objects inside events may differ from those the SDK answers: register webhook endpoints with the api_version of the SDK.',
  );
}

async function paymentMethods(bench: SmokeBench): Promise<Finding> {
  const { requireMethods, currency } = bench;
  if (requireMethods.length === 0) return skipped('None are required: --require-methods names them.');
  const intent = await makeIntent(bench, { automatic_payment_methods: { enabled: true } });
  const offered: readonly unknown[] = Array.isArray(intent['payment_method_types'])
    ? intent['payment_method_types']
    : [];
  const missing = requireMethods.filter((type) => !offered.includes(type));
  if (missing.length === 0) return pass(`Offered for ${currency}: ${offered.join(', ')}.`);
  const reasons = await whyMissing(bench, missing);
  return fail(
    `Not offered for ${currency}: ${missing.map((type) => `${type}${reasons(type)}`).join(', ')}. Offered: ${offered.join(', ') || 'nothing'}.`,
    'Turn them on in the Dashboard under Settings, Payment methods, and check that they take the currency.',
  );
}

/** What the payment method configurations say, where they can be read. */
async function whyMissing(bench: SmokeBench, types: readonly string[]): Promise<(type: string) => string> {
  try {
    const { object } = await bench.gateway.request('GET', '/v1/payment_method_configurations', {
      limit: 100,
    });
    const all: readonly ApiRecord[] = Array.isArray(object['data']) ? object['data'] : [];
    const standard = all.find((one) => one['is_default'] === true && one['application'] == null) ?? all[0];
    const words = new Map(types.map((type) => [type, explain(standard?.[type])]));
    return (type) => words.get(type) ?? '';
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return () => '';
  }
}

function explain(setting: unknown): string {
  if (typeof setting !== 'object' || setting === null) return '';
  if (Reflect.get(setting, 'available') === true) return ' (turned on, but not for this payment)';
  const preference: unknown = Reflect.get(setting, 'display_preference');
  const value: unknown =
    typeof preference === 'object' && preference !== null ? Reflect.get(preference, 'value') : undefined;
  return value === 'off' ? ' (turned off)' : ' (not available to the account)';
}
