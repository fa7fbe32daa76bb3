import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type AlteredStripe, alteredStripe, type Passing } from '../support/altered-stripe.ts';
import { testKey } from '../support/fake-stripe.ts';
import { json, oddServer } from '../support/odd-server.ts';
import { type RunOptions, type RunResult, runCli, temporaryHome } from '../support/run-cli.ts';

interface Check {
  readonly id: string;
  readonly verdict: string;
  readonly reason: string;
  readonly fix: string | null;
}

interface Difference {
  readonly scenario: string;
  readonly step: number;
  readonly field: string;
  readonly kind: string;
  readonly test: unknown;
  readonly emulator: unknown;
  readonly depends: string | null;
}

const checksOf = (run: RunResult) => run.json()['checks'] as Check[];
const byId = (run: RunResult): Readonly<Record<string, Check>> =>
  Object.fromEntries(checksOf(run).map((check) => [check.id, check]));
const differencesOf = (run: RunResult) => run.json()['differences'] as Difference[];
const brief = (run: RunResult) =>
  differencesOf(run).map(({ step, field, kind, test, emulator }) => [step, field, kind, test, emulator]);

/** Compares with a server whose time passes as the program waits. */
function parity(
  server: AlteredStripe,
  words: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  return runCli(['parity', '--test', '--json', ...words], {
    env: server.env,
    slept: server.slept,
    ...options,
  });
}

/** What is chargeable, charged or saved on a server. */
async function leftOn(server: AlteredStripe): Promise<unknown[]> {
  const { data } = await server.ask('/v1/payment_intents?limit=100&expand[0]=data.latest_charge');
  const customers = await server.ask('/v1/customers?limit=100');
  const open = data.filter(
    (one: { status: string; latest_charge: { refunded: boolean; disputed: boolean } | null }) =>
      one.status !== 'canceled' &&
      one.latest_charge?.refunded !== true &&
      one.latest_charge?.disputed !== true,
  );
  return [...open, ...customers.data];
}

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Any = any;

/** Every object of the API in an answer, wherever it stands. */
function eachObject(value: Any, alter: (object: Any) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (typeof value.object === 'string') alter(value);
  for (const inner of Object.values(value)) eachObject(inner, alter);
}

/** What an account in Germany answers: fees, exchange rates, names, networks, Radar, hours of banks. */
function asInBerlin(object: Any): void {
  if (object.object === 'account') Object.assign(object, { country: 'DE', default_currency: 'eur' });
  if (object.object === 'charge') {
    object.calculated_statement_descriptor = 'BAECKEREI MUSTER';
    if (object.receipt_url !== null) object.receipt_url = 'https://receipts.example/x';
    if (object.outcome !== null) {
      delete object.outcome.risk_score;
      if (object.outcome.risk_level === 'normal') object.outcome.risk_level = 'elevated';
    }
    const card = object.payment_method_details?.card;
    if (card !== undefined) {
      Object.assign(card, { authorization_code: null, network_transaction_id: null });
      card.network_token = { used: true };
      card.multicapture = { status: 'available' };
    }
  }
  if (object.object === 'balance_transaction') {
    Object.assign(object, { currency: 'eur', exchange_rate: 0.92, fee: 55, amount: 1840, net: 1785 });
    object.available_on += 4 * 86_400;
    object.fee_details = [];
  }
  if (object.object === 'dispute') {
    object.evidence_details.due_by += 40_000;
    object.balance_transactions = [];
  }
  if (object.object === 'refund') {
    const details = object.destination_details?.card;
    if (details !== undefined)
      Object.assign(details, { reference: '4242424242424242', reference_status: 'available' });
  }
  if (object.object === 'customer' && object.deleted !== true)
    Object.assign(object, { invoice_prefix: 'ABCDEFGH', next_invoice_sequence: 17 });
  if (object.object === 'payment_intent') {
    const { next_action: action } = object;
    if (action?.verify_with_microdeposits !== undefined)
      action.verify_with_microdeposits.arrival_date += 86_400;
    if (action?.display_bank_transfer_instructions !== undefined)
      action.display_bank_transfer_instructions.financial_addresses = [];
  }
}

const isIntent = ({ path, body }: Passing): boolean =>
  path.startsWith('/v1/payment_intents') && body.object === 'payment_intent';

describe('with nothing altered', () => {
  test('the emulator is the same as itself, and nothing is left', async () => {
    const server = await alteredStripe();
    // One at a time: what one waits for would pass for all of them.
    const run = await parity(server, ['--parallel', '1']);
    expect(differencesOf(run)).toEqual([]);
    expect(checksOf(run).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(run.code).toBe(0);
    expect(run.json()).toMatchObject({
      object: 'parity',
      target: 'test',
      verdict: 'pass',
      account: { country: 'US' },
    });
    expect(byId(run)['3ds-passed']?.reason).toContain(
      'From step 2 on: only the emulator can play the customer',
    );
    // The card whose refunds fail, which is what one of the scenarios shows.
    expect(await leftOn(server)).toMatchObject([
      { latest_charge: { payment_method_details: { card: { last4: '5126' } } } },
    ]);
    const { data } = await server.ask('/v1/payment_intents?limit=100');
    for (const { metadata } of data) expect(metadata.payintent_parity).toMatch(/^parity_[0-9a-f]{16}$/);
  });

  test('so it is side by side', async () => {
    const server = await alteredStripe();
    const run = await parity(server, [
      'create-only',
      'card-declined',
      'manual-capture',
      'dispute-lost',
      'setup-3ds',
    ]);
    expect(differencesOf(run)).toEqual([]);
    expect(run.code).toBe(0);
    expect(await leftOn(server)).toEqual([]);
  });

  test('scenarios are chosen by name, --only and --skip', async () => {
    const server = await alteredStripe();
    const run = await parity(server, ['card-declined', '--only', 'create-only', '--skip', 'create-only']);
    expect(checksOf(run).map(({ id, verdict }) => [id, verdict])).toEqual([
      ['api', 'pass'],
      ['create-only', 'skipped'],
      ['card-declined', 'pass'],
      ['clean-up', 'pass'],
    ]);
    const typo = await runCli(['parity', 'card-sucess'], { env: server.env });
    expect(typo.code).toBe(2);
    expect(typo.stderr).toContain('card-success');
  });
});

describe('what is altered is found, and nothing else', () => {
  test.each<[string, string, (passing: Passing) => void, unknown[]]>([
    [
      'another value',
      'create-only',
      (one) => {
        if (isIntent(one)) one.body.capture_method = 'automatic';
      },
      [[1, 'payment_intent.capture_method', 'value', 'automatic', 'automatic_async']],
    ],
    [
      'a field that was dropped',
      'create-only',
      (one) => {
        if (isIntent(one)) delete one.body.shipping;
      },
      [[1, 'payment_intent.shipping', 'extra', undefined, null]],
    ],
    [
      'a field that was added',
      'create-only',
      (one) => {
        if (isIntent(one)) one.body.brand_new = { a: 1 };
      },
      [[1, 'payment_intent.brand_new', 'missing', { a: 1 }, undefined]],
    ],
    [
      'another type',
      'create-only',
      (one) => {
        if (isIntent(one)) one.body.amount = String(one.body.amount);
      },
      [[1, 'payment_intent.amount', 'type', '2000', 2000]],
    ],
    [
      'a field deep in a charge',
      'card-success',
      (one) => {
        const charge = one.body.latest_charge;
        if (isIntent(one) && typeof charge === 'object') charge.payment_method_details.card.network = 'other';
      },
      [[3, 'charge.payment_method_details.card.network', 'value', 'other', 'visa']],
    ],
    [
      'the words of a refusal',
      'amount-too-small',
      (one) => {
        if (one.status === 400) one.body.error.message = 'Too little.';
      },
      [[1, 'error.message', 'value', 'Too little.', 'Amount must be at least $0.50 usd']],
    ],
    [
      'the code and the status of a refusal',
      'card-declined',
      (one) => {
        if (one.status !== 402) return;
        one.status = 400;
        one.body.error.decline_code = 'do_not_honor';
      },
      [
        [1, 'HTTP status', 'value', 400, 402],
        [1, 'error.decline_code', 'value', 'do_not_honor', 'generic_decline'],
      ],
    ],
    [
      'a refusal in place of an answer',
      'cancel-before-payment',
      (one) => {
        if (!one.path.endsWith('/cancel') || one.method !== 'POST') return;
        one.status = 400;
        one.body = { error: { type: 'invalid_request_error', message: 'No.' } };
      },
      [
        [2, 'HTTP status', 'value', 400, 200],
        [2, 'error.type', 'value', 'invalid_request_error', null],
        [2, 'error.message', 'value', 'No.', null],
      ],
    ],
    [
      'an answer in place of a refusal',
      'three-decimal-amount',
      (one) => {
        if (one.status !== 400) return;
        one.status = 200;
        one.body = { id: 'pi_x', object: 'payment_intent', status: 'requires_payment_method' };
      },
      [
        [1, 'HTTP status', 'value', 200, 400],
        [1, 'error.type', 'value', null, 'invalid_request_error'],
        [1, 'error.code', 'value', null, 'invalid_charge_amount'],
        [1, 'error.param', 'value', null, 'amount'],
        [1, 'error.message', 'value', null, expect.stringContaining('kwd')],
      ],
    ],
    [
      'the header of a replay',
      'idempotent-retry',
      (one) => {
        delete one.headers['idempotent-replayed'];
      },
      [[3, 'Idempotent-Replayed', 'value', false, true]],
    ],
    [
      'the version in the header',
      'create-only',
      (one) => {
        one.headers['stripe-version'] = '2020-08-27';
      },
      [[1, 'Stripe-Version', 'value', '2020-08-27', expect.stringMatching(/^\d{4}-/)]],
    ],
    [
      'a time',
      'authorization-expires',
      (one) => {
        const charge = one.body.latest_charge;
        const card =
          isIntent(one) && typeof charge === 'object' ? charge?.payment_method_details.card : undefined;
        if (card?.capture_before !== undefined) card.capture_before -= 86_400;
      },
      [[2, 'charge.payment_method_details.card.capture_before', 'value', '<time +518400>', '<time +604800>']],
    ],
    [
      'another object',
      'decline-and-retry',
      (one) => {
        if (isIntent(one) && one.path.endsWith('/confirm'))
          one.body.latest_charge = `ch_3${'Aa1'.repeat(7)}Zz`;
      },
      [
        [3, 'payment_intent.latest_charge', 'value', 'ch_3', 'ch_2'],
        [4, 'charge.id', 'value', 'ch_3', 'ch_2'],
        [4, 'balance_transaction.source', 'value', 'ch_3', 'ch_2'],
      ],
    ],
    [
      'an event that never comes',
      'card-success',
      (one) => {
        if (one.path === '/v1/events') {
          one.body.data = one.body.data.filter(({ type }: { type: string }) => type !== 'charge.succeeded');
        }
      },
      [[1, 'charge.succeeded', 'extra', 0, 1]],
    ],
    [
      'an event too many',
      'create-only',
      (one) => {
        if (one.path !== '/v1/events') return;
        one.body.data = one.body.data.flatMap((event: { type: string }) => [
          { ...event, type: 'payment_intent.invented' },
          event,
        ]);
      },
      [[1, 'payment_intent.invented', 'missing', 1, 0]],
    ],
  ])('%s', async (_, scenario, alter, expected) => {
    const server = await alteredStripe(alter);
    const run = await parity(server, [scenario]);
    expect(brief(run)).toEqual(expected);
    expect(run.code).toBe(7);
    expect(byId(run)[scenario]).toMatchObject({
      verdict: 'fail',
      fix: `payintent parity --test ${scenario} --all --json`,
    });
    expect(byId(run)['clean-up']?.verdict).toBe('pass');
    expect(await leftOn(server)).toEqual([]);
  });

  test('events that are listed late are waited for, in any order', async () => {
    const server = await alteredStripe((one) => {
      if (one.path !== '/v1/events') return;
      const listed = one.body.data.filter(
        ({ created }: { created: number }) => created * 1000 + 6000 <= one.now,
      );
      one.body.data = listed;
    });
    const run = await parity(server, ['card-success', 'dispute-won', 'bank-debit-paid', '--parallel', '1']);
    expect(differencesOf(run)).toEqual([]);
    expect(run.code).toBe(0);
  });

  test('what depends on the account fails nothing, and is shown with --all', async () => {
    const alter = (one: Passing): void => {
      if (isIntent(one)) one.body.statement_descriptor = 'ACME';
    };
    const run = await parity(await alteredStripe(alter), ['create-only']);
    expect(run.code).toBe(0);
    expect(differencesOf(run)).toEqual([]);
    expect(run.json()['account_differences']).toBe(1);
    expect(byId(run)['create-only']?.reason).toBe('1 step is the same. 1 more depends on the account.');
    const all = await parity(await alteredStripe(alter), ['create-only', '--all']);
    expect(differencesOf(all)).toMatchObject([
      { field: 'payment_intent.statement_descriptor', depends: 'the name of the account' },
    ]);
    expect(all.code).toBe(0);
  });

  test('another account differs in much, and the emulator in nothing', async () => {
    const server = await alteredStripe((one) => eachObject(one.body, asInBerlin));
    const run = await parity(server, [
      'card-success',
      'card-declined',
      'radar-block',
      'manual-capture',
      'partial-refunds',
      'dispute-won',
      'microdeposits-verified',
      'bank-transfer',
      'customer-life',
    ]);
    expect(brief(run)).toEqual([]);
    expect(run.code).toBe(0);
    expect(run.json()['account_differences']).toBeGreaterThan(20);
    expect(run.json()['account']).toEqual({ country: 'DE', default_currency: 'eur' });
  });

  test('minimums in the currency of the account are the same refusal', async () => {
    const server = await alteredStripe(({ body }) => {
      if (body.error?.code === 'amount_too_small')
        body.error.message =
          'Amount must convert to at least 50 cents. $0.30 converts to approximately €0.26.';
    });
    const run = await parity(server, ['amount-too-small']);
    expect(brief(run)).toEqual([]);
    expect(run.json()['account_differences']).toBe(1);
  });

  test('a payment method that is not activated is inconclusive', async () => {
    const server = await alteredStripe((one) => {
      if (one.method !== 'POST') return;
      one.status = 400;
      one.body = {
        error: {
          type: 'invalid_request_error',
          message:
            'The payment method type "ideal" is invalid. Please ensure the provided type is activated in your dashboard.',
        },
      };
    });
    const run = await parity(server, ['redirect-paid']);
    expect(run.code).toBe(0);
    expect(byId(run)['redirect-paid']).toMatchObject({ verdict: 'inconclusive' });
  });

  test('a key that may not read events compares everything else', async () => {
    const server = await alteredStripe((one) => {
      if (one.path !== '/v1/events' && one.path !== '/v1/account') return;
      one.status = 403;
      one.body = { error: { type: 'invalid_request_error', message: 'not allowed' } };
    });
    const run = await parity(server, ['card-success']);
    expect(run.code).toBe(0);
    expect(byId(run)['api']?.reason).toContain('may not read events');
    expect(run.json()['account']).toBeNull();
  });
});

describe('the key', () => {
  test('without one it exits 4 and says what is missing', async () => {
    for (const env of [{}, { STRIPE_API_KEY: ' ' }]) {
      const run = await runCli(['parity'], { env });
      expect(run.code).toBe(4);
      expect(run.stderr).toContain('needs --test and a test-mode key');
    }
    expect((await runCli(['parity', '--test'])).code).toBe(4);
    const { env, requests } = await alteredStripe();
    const elsewhere = await runCli(['parity'], { env: { ...env, PAYINTENT_TARGET: 'offline' } });
    expect(elsewhere.code).toBe(4);
    expect((await runCli(['parity', '--offline'], { env })).code).toBe(2);
    expect(requests).toEqual([]);
  });

  test('a live one is refused and goes nowhere', async () => {
    const { env, requests } = await alteredStripe();
    const key = ['sk', 'live', 'abcdefgh12345678'].join('_');
    const run = await runCli(['parity', '--test', '--json'], { env: { ...env, STRIPE_API_KEY: key } });
    expect(run.code).toBe(4);
    expect(run.stdout + run.stderr).not.toContain(key);
    expect(requests).toEqual([]);
  });
});

describe('other servers', () => {
  const three = ['card-success', 'card-declined', 'refund', '--event-wait', '1s'];

  test('stateless canned answers differ in many ways, and are no crash', async () => {
    const { env } = await oddServer((request, response) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      if (path === '/v1/account')
        return json(response, 200, { id: 'acct_1', object: 'account', country: 'US' });
      if (request.method === 'GET' && !path.includes('pi_')) {
        const object = { id: 'pi_canned', object: 'payment_intent' };
        return json(response, 200, {
          object: 'list',
          data: [{ id: 'evt_1', object: 'event', type: 'plan.created', data: { object } }],
          has_more: false,
        });
      }
      if (path === '/v1/refunds') return json(response, 200, { id: 're_1', object: 'refund', amount: 100 });
      json(response, 200, {
        id: 'pi_canned',
        object: 'payment_intent',
        status: 'requires_payment_method',
        amount: 1099,
        currency: 'usd',
        metadata: {},
        latest_charge: null,
      });
    });
    const run = await runCli(['parity', '--test', '--json', ...three], { env });
    expect(run.code).toBe(7);
    expect(byId(run)['card-success']?.verdict).toBe('fail');
    expect(byId(run)['card-declined']?.reason).toContain(
      'HTTP status is 200 in test mode, 402 on the emulator',
    );
    expect(differencesOf(run).length).toBeGreaterThan(20);
    expect(byId(run)['clean-up']?.verdict).toBe('fail');
  });

  test.each([
    [401, 4, 1],
    [500, 6, 4],
    [429, 6, 4],
  ])('one that answers %i ends with %i', async (status, code, requested) => {
    const { env, requests } = await oddServer((_, response) =>
      json(response, status, { error: { type: 'invalid_request_error', message: `No, for ${testKey}` } }),
    );
    const run = await runCli(['parity', '--test', '--json', '--retries', '3', ...three], { env });
    expect(run.code).toBe(code);
    expect(byId(run)['api']?.verdict).toBe('fail');
    expect(byId(run)['refund']?.verdict).toBe('skipped');
    expect(run.stdout + run.stderr).not.toContain(testKey);
    expect(requests).toHaveLength(requested);
  });

  test('one that forbids everything ends with 4', async () => {
    const { env } = await oddServer((_, response) => json(response, 403, { error: { message: 'No' } }));
    const run = await runCli(['parity', '--test', '--json', ...three], { env });
    expect(run.code).toBe(4);
    expect(byId(run)['refund']).toMatchObject({ verdict: 'fail' });
  });

  test('429, then 200: it waits and compares', async () => {
    let limited = 0;
    const server = await alteredStripe((one) => {
      if (one.method !== 'GET' || limited >= 4) return;
      limited += 1;
      one.status = 429;
      one.body = { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'slow down' } };
    });
    const run = await parity(server, ['card-success', '--parallel', '1', '--retries', '4']);
    expect(limited).toBe(4);
    expect(run.code).toBe(0);
  });

  test.each([
    ['text', '<html>not it</html>'],
    ['null', 'null'],
    ['a text in JSON', '"hello"'],
    ['an empty list', '[]'],
    ['an empty object', '{}'],
    ['a list of nothing', '{"object":"list","data":[null]}'],
    ['nothing', ''],
  ])('garbage (%s) is no crash', async (_, body) => {
    const { env } = await oddServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
    const run = await runCli(['parity', '--test', '--json', ...three], { env });
    expect([6, 7]).toContain(run.code);
    expect(checksOf(run).some(({ verdict }) => verdict === 'fail')).toBe(true);
  });

  test('one that hangs is left after --timeout', async () => {
    const { env } = await oddServer(() => {});
    const run = await runCli(['parity', '--test', '--json', '--timeout', '1s', ...three], { env });
    expect(run.code).toBe(6);
    expect(byId(run)['api']?.verdict).toBe('fail');
  });

  test('one that dies in the middle ends with 6, and says what may be left', async () => {
    const { env, requests } = await oddServer((request, response, index) => {
      if (index >= 3) return void response.destroy();
      json(response, 200, { object: (request.url ?? '').includes('events') ? 'list' : 'account', data: [] });
    });
    const run = await runCli(['parity', '--test', '--json', '--parallel', '1', ...three], { env });
    expect(run.code).toBe(6);
    expect(byId(run)['card-success']?.verdict).toBe('fail');
    expect(byId(run)['refund']).toMatchObject({ verdict: 'skipped', reason: 'The API does not answer.' });
    expect(byId(run)['clean-up']).toMatchObject({ verdict: 'fail', fix: 'payintent parity --test --sweep' });
    expect(requests.length).toBeLessThan(30);
  });

  test('a closed port ends with 6', async () => {
    const run = await runCli(['parity', '--test', '--json', ...three], {
      env: { STRIPE_API_KEY: testKey, PAYINTENT_API_BASE: 'http://127.0.0.1:1' },
    });
    expect(run.code).toBe(6);
  });
});

describe('a run that is stopped', () => {
  test('cleans up', async () => {
    const server = await alteredStripe();
    const run = await runCli(['parity', '--test', '--parallel', '2'], {
      env: server.env,
      slept: server.slept,
      watch: ({ stdout }, signal) => {
        if (/^card-two-steps\t/m.test(stdout)) signal('SIGINT');
      },
    });
    expect(run.code).toBe(130);
    expect(run.stdout).toMatch(/^customer-source\tskipped\t\d+\tThe run was stopped/m);
    expect(run.stdout).toMatch(/^clean-up\tpass/m);
    expect(await leftOn(server)).toEqual([]);
  });

  test('--sweep takes what a killed one has left', async () => {
    const server = await alteredStripe();
    const form =
      'amount=2000&currency=usd&confirm=true&payment_method=pm_card_visa&payment_method_types[0]=card';
    const headers = {
      authorization: `Bearer ${testKey}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    for (const metadata of ['&metadata[payintent_parity]=parity_killed', '']) {
      await server.engine.handle({
        method: 'POST',
        url: '/v1/payment_intents',
        headers,
        body: form + metadata,
      });
    }
    const run = await parity(server, ['--sweep']);
    expect(run.code).toBe(0);
    expect(byId(run)['sweep']?.reason).toBe('1 refunded.');
    expect(await leftOn(server)).toHaveLength(1);
  });
});

describe('kept answers', () => {
  const kept = async (alter?: (passing: Passing) => void, ...words: string[]) => {
    const home = temporaryHome();
    const server = await alteredStripe(alter);
    const run = await parity(
      server,
      ['card-success', '3ds-passed', 'idempotency-key-reused', '--record', 'answers', ...words],
      { home },
    );
    return { home, run, directory: join(home, 'answers'), server };
  };

  test('are readable by their owner only, and hold no secret, id or key', async () => {
    const { run, directory } = await kept();
    expect(run.code).toBe(0);
    expect(readdirSync(directory).sort()).toEqual([
      '3ds-passed.json',
      'card-success.json',
      'idempotency-key-reused.json',
    ]);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(directory)) {
      expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
      const text = readFileSync(join(directory, file), 'utf8');
      expect(text).not.toMatch(/_secret_|acct_1|\b[a-z]{2,}_0[A-Za-z0-9]{13}/);
      expect(text).not.toContain(testKey);
      const recording = JSON.parse(text);
      expect(recording.recorded_at).toBe('2026-11-22T12:00:00.000Z');
      expect(Object.keys(recording.versions).sort()).toEqual(['account', 'api', 'payintent', 'sdk']);
    }
  });

  test('take the place of what was there, and do not go through links', async () => {
    const home = temporaryHome();
    mkdirSync(join(home, 'answers'));
    writeFileSync(join(home, 'precious'), 'mine');
    symlinkSync(join(home, 'precious'), join(home, 'answers', 'create-only.json'));
    const run = await parity(await alteredStripe(), ['create-only', '--record', 'answers'], { home });
    expect(run.code).toBe(0);
    expect(readFileSync(join(home, 'precious'), 'utf8')).toBe('mine');
    expect(readdirSync(join(home, 'answers'))).toEqual(['create-only.json']);
    expect(lstatSync(join(home, 'answers', 'create-only.json')).mode & 0o777).toBe(0o600);
  });

  test('hold nothing of what an account is called, and no secret that an answer smuggles in', async () => {
    const smuggled = [
      ['sk', 'live', 'smuggledSmuggled1234'],
      ['whsec', 'smuggledSmuggled5678'],
      ['rk', 'test', 'smuggledSmuggled9012'],
    ].map((parts) => parts.join('_'));
    const { directory } = await kept((one) => {
      eachObject(one.body, (object) => {
        asInBerlin(object);
        if (object.object === 'payment_intent') {
          object.description = `paid with ${smuggled.join(' ')} at https://shop.example/?k=${smuggled[0]}`;
          object.transfer_group = smuggled[1];
        }
      });
      if (one.body.error !== undefined) one.body.error.message += ` (${smuggled[2]})`;
    });
    for (const file of readdirSync(directory)) {
      const text = readFileSync(join(directory, file), 'utf8');
      for (const word of ['smuggledSmuggled', 'BAECKEREI', 'receipts.example'])
        expect(text).not.toContain(word);
    }
  });

  test('are compared again without a key, and nothing is sent', async () => {
    const { home } = await kept();
    const run = await runCli(['parity', '--against', 'answers', '--json'], { home });
    expect(run.code).toBe(0);
    expect(differencesOf(run)).toEqual([]);
    expect(byId(run)['card-success']?.verdict).toBe('pass');
    expect(byId(run)['refund']).toMatchObject({ verdict: 'skipped', reason: 'It was not recorded.' });
    expect(run.json()).toMatchObject({
      target: null,
      recorded_at: ['2026-11-22T12:00:00.000Z', '2026-11-22T12:00:00.000Z'],
    });
  });

  test('show the same differences again', async () => {
    const { home, run } = await kept((one) => {
      if (isIntent(one)) one.body.brand_new = 1;
    });
    expect(run.code).toBe(7);
    const again = await runCli(['parity', '--against', 'answers', '--json', 'card-success'], { home });
    expect(again.code).toBe(7);
    expect(brief(again)).toEqual([[1, 'payment_intent.brand_new', 'missing', 1, undefined]]);
  });

  test('of another scenario settle nothing', async () => {
    const { home, directory } = await kept();
    const file = join(directory, 'card-success.json');
    const recording = JSON.parse(readFileSync(file, 'utf8'));
    recording.asked[0].params.amount = 1;
    writeFileSync(file, JSON.stringify(recording));
    const run = await runCli(['parity', '--against', 'answers', '--json', 'card-success'], { home });
    expect(run.code).toBe(0);
    expect(byId(run)['card-success']).toMatchObject({ verdict: 'inconclusive' });
  });

  test('that are none, or nowhere, are errors of usage', async () => {
    const home = temporaryHome();
    expect((await runCli(['parity', '--against', 'nowhere'], { home })).code).toBe(2);
    mkdirSync(join(home, 'empty'));
    expect((await runCli(['parity', '--against', 'empty'], { home })).stderr).toContain('no recordings');
    writeFileSync(join(home, 'empty', 'x.json'), '{}');
    const broken = await runCli(['parity', '--against', 'empty'], { home });
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain('no recording of payintent parity');
    writeFileSync(join(home, 'file'), '');
    const server = await alteredStripe();
    const unwritable = await parity(server, ['create-only', '--record', 'file'], { home });
    expect(unwritable.code).toBe(2);
    expect(server.requests.filter((one) => one.startsWith('POST'))).toEqual([]);
    expect((await runCli(['parity', '--against', 'empty', '--record', 'x'], { home })).code).toBe(2);
  });
});

describe('the version of the API', () => {
  test('is one that takes what scenarios send, unless another is named', async () => {
    const usual = await alteredStripe();
    expect((await parity(usual, ['create-only'])).json()['versions']).toMatchObject({
      api: '2026-08-26.dahlia',
    });
    const versions: (string | undefined)[] = [];
    const other = await alteredStripe(({ headers }) => versions.push(headers['stripe-version']));
    const run = await parity(other, ['create-only', '--api-version', '2026-10-28.endive']);
    expect(run.code).toBe(0);
    expect(run.json()['versions']).toMatchObject({ api: '2026-10-28.endive' });
    expect(new Set(versions)).toEqual(new Set(['2026-10-28.endive']));
    expect((await parity(usual, ['--api-version', 'newest'])).code).toBe(2);
  });

  test('that refuses a parameter is compared as a refusal', async () => {
    const server = await alteredStripe((one) => {
      if (one.method !== 'POST' || one.path !== '/v1/payment_intents') return;
      one.status = 400;
      const code = 'payment_method_types_no_longer_supported';
      const gone = {
        id: `pi_3${'Aa1'.repeat(7)}Zz`,
        object: 'payment_intent',
        status: 'requires_confirmation',
      };
      one.body = {
        error: { type: 'invalid_request_error', code, message: 'No longer.', payment_intent: gone },
      };
    });
    const run = await parity(server, ['card-success']);
    expect(run.code).toBe(7);
    expect(brief(run)).toContainEqual([
      1,
      'error.code',
      'value',
      'payment_method_types_no_longer_supported',
      null,
    ]);
    expect(byId(run)['card-success']?.reason).toContain(
      'HTTP status is 400 in test mode, 200 on the emulator',
    );
  });
});

describe('output', () => {
  const alter = (one: Passing): void => {
    if (isIntent(one)) one.body.description = `a | pipe, <tag> and ${testKey}`;
  };

  test('reports hold dates, versions and differences, and no secret', async () => {
    const home = temporaryHome();
    const server = await alteredStripe(alter);
    const files = [
      'markdown=p.md',
      'junit=p.xml',
      'tap=p.tap',
      'sarif=p.sarif',
      'github=p.txt',
      'json=p.json',
    ];
    const run = await parity(server, ['create-only', '3ds-passed', '--report', files.join(',')], { home });
    expect(run.code).toBe(7);
    const texts = files.map((file) => readFileSync(join(home, file.replace(/^.*=/, '')), 'utf8'));
    for (const text of [...texts, run.stdout, run.stderr]) {
      expect(text).not.toContain(testKey);
      expect(text).not.toMatch(/_secret_[A-Za-z0-9]/);
    }
    for (const text of texts) expect(text).toContain('create-only');
    const [markdown = ''] = texts;
    expect(markdown).toContain('Compared on 2026-11-22T12:00:00Z.');
    expect(markdown).toMatch(/\| create-only \| 1 \| payment\\_intent\.description \| other value \| /);
    expect(markdown).toContain('### Not compared');
    const sarif = JSON.parse(texts[3] as string);
    expect(sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(
      'docs/parity.md',
    );
  });

  test.each([80, 44, 140])('a terminal of %i columns', async (columns) => {
    const server = await alteredStripe((one) => {
      if (isIntent(one)) one.body.capture_method = 'automatic';
    });
    const run = await runCli(['parity', '--test', 'create-only', 'card-declined', '--color', 'never'], {
      env: server.env,
      slept: server.slept,
      tty: true,
      columns,
    });
    expect(run.code).toBe(7);
    expect(run.stdout).toMatch(/✗ create-only/);
    expect(run.stdout).toContain('payment_intent.capture_method');
    expect(run.stdout).toMatch(/create-only step 1, and 1\s+more/);
    for (const line of run.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  });

  test('--list says how far test mode can play each', async () => {
    const run = await runCli(['parity', '--list', '--json']);
    const rows = run.json()['data'] as {
      id: string;
      steps: number;
      compared: number;
      reason: string | null;
    }[];
    expect(rows.find(({ id }) => id === 'authorization-expires')).toMatchObject({ steps: 2, compared: 1 });
    expect(rows.find(({ id }) => id === 'card-success')).toMatchObject({ compared: 2, reason: null });
  });
});
