import { fail, pass, skipped } from '../../conformance/judgement.ts';
import { maskKey } from '../../domain/api-keys.ts';
import { GatewayError } from '../../gateway/gateway-error.ts';
import type { TargetProblemCode } from '../../gateway/target.ts';
import type { SmokeBench, SmokeCheck } from '../check.ts';
import type { Finding } from '../finding.ts';

const NO_KEY_NEEDED = 'The offline emulator needs no key.';

/** Where the problem of the key belongs to one of these checks, the checks before it pass. */
const FAILS_AT: Readonly<Partial<Record<TargetProblemCode, string>>> = {
  KEY_MISSING: 'key-present',
  KEY_MALFORMED: 'key-well-formed',
  KEY_PLACEHOLDER: 'key-test-mode',
  KEY_PUBLISHABLE: 'key-well-formed',
  KEY_LIVE_REFUSED: 'key-test-mode',
};

const FIXES: Readonly<Record<string, string>> = {
  'key-present':
    'Set STRIPE_API_KEY to a test-mode key; add --offline to check the pipeline itself without one.',
  'key-well-formed':
    'Copy the secret key (sk_test_…) or a restricted one (rk_test_…) again from the Dashboard.',
  'key-test-mode': 'Use a test-mode key: sk_test_… or rk_test_….',
};

function beforeSending(
  id: string,
  bench: SmokeBench,
  good: (key: string, source: string) => string,
): Finding {
  const { target, problem } = bench;
  if (target?.name === 'offline') return skipped(NO_KEY_NEEDED);
  if (target?.name === 'test') return pass(good(target.key, target.keySource));
  const at = problem === undefined ? undefined : FAILS_AT[problem.code];
  if (at === id) {
    const why = problem?.why === undefined ? '' : ` ${problem.why}`;
    return { ...fail(`${problem?.message}.${why}`, FIXES[id] as string), cause: 'key' };
  }
  const order = Object.keys(FIXES);
  return at !== undefined && order.indexOf(id) < order.indexOf(at)
    ? pass('There is a key.')
    : skipped('There is no usable key.');
}

/** What the checks below need, each as a request that makes nothing: without parameters the API refuses to. */
const NEEDED = [
  ['read payments', 'GET', '/v1/payment_intents'],
  ['make payments', 'POST', '/v1/payment_intents'],
  ['read refunds', 'GET', '/v1/refunds'],
  ['make refunds', 'POST', '/v1/refunds'],
] as const;

interface Denied {
  readonly what: string;
  readonly message: string;
}

/** What a restricted key is not allowed to do. @throws GatewayError for anything else that stands in the way */
async function deniedTo({ gateway }: SmokeBench): Promise<Denied[]> {
  const denied: Denied[] = [];
  for (const [what, method, path] of NEEDED) {
    try {
      await gateway.request(method, path, method === 'GET' ? { limit: 1 } : {});
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      if (error.kind === 'permission') denied.push({ what, message: error.message });
      else if (error.kind !== 'invalid') throw error;
    }
  }
  return denied;
}

function lacking(denied: readonly Denied[]): Finding {
  const names = denied.map(({ what }) => what).join(', ');
  return {
    ...fail(
      `The key may not ${names}. ${denied[0]?.message ?? ''}`.trim(),
      'Give the restricted key write permission for PaymentIntents and for Charges and Refunds, in the Dashboard under API keys.',
    ),
    cause: 'key',
  };
}

/** Without a key that works, nothing else can be looked at. They run whatever `--only` says. */
export const KEY_CHECKS: readonly SmokeCheck[] = [
  {
    id: 'key-present',
    title: 'a key is there',
    run: async (bench) => beforeSending('key-present', bench, (_, source) => `It comes from ${source}.`),
  },
  {
    id: 'key-well-formed',
    title: 'the key is well-formed',
    run: async (bench) =>
      beforeSending(
        'key-well-formed',
        bench,
        (key) => `${maskKey(key)} is a ${key.startsWith('rk_') ? 'restricted' : 'secret'} key.`,
      ),
  },
  {
    id: 'key-test-mode',
    title: 'the key is one of test mode',
    run: async (bench) => beforeSending('key-test-mode', bench, () => 'No real money can move.'),
  },
  {
    id: 'key-accepted',
    title: 'the API accepts the key',
    async run(bench) {
      if (bench.target === undefined) return skipped('There is no usable key.');
      try {
        await bench.account();
      } catch (error) {
        // A key that may not read the account has been recognised all the same.
        if (!(error instanceof GatewayError) || error.kind !== 'permission') throw error;
        return pass('The API knows the key, which may not read the account.');
      }
      return pass(bench.target.name === 'offline' ? 'The emulator answers.' : 'The API answers to it.');
    },
  },
  {
    id: 'key-permissions',
    title: 'the key may make and read payments and refunds',
    async run(bench) {
      if (bench.target === undefined) return skipped('There is no usable key.');
      if (bench.target.name === 'test' && bench.target.key.startsWith('rk_')) {
        const denied = await deniedTo(bench);
        if (denied.length > 0) return lacking(denied);
      }
      for (const path of ['/v1/payment_intents', '/v1/refunds']) {
        const { object } = await bench.gateway.request('GET', path, { limit: 1 });
        if (object['object'] !== 'list' || !Array.isArray(object['data'])) {
          return fail(
            `GET ${path} answered no list.`,
            'Look at what answers behind --api-base: it does not speak the API.',
          );
        }
      }
      return pass('It may.');
    },
  },
];
