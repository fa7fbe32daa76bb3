import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/cli/error-codes.ts';
import { testKey } from '../support/fake-stripe.ts';
import { createIntent, runCli, temporaryHome } from '../support/run-cli.ts';

const liveKey = ['sk', 'live', 'fakeFakeFakeFake1234'].join('_');

/** The error object of a failing run with `--json`, which must be the whole of stderr. */
async function errorOf(argv: readonly string[], options: Parameters<typeof runCli>[1] = {}) {
  const result = await runCli([...argv, '--json'], options);
  expect(result.stdout).toBe('');
  const { error } = JSON.parse(result.stderr);
  expect(error.exit).toBe(result.code);
  expect(error.exit).toBe(errorCodes[error.name as keyof typeof errorCodes].exit);
  expect(error.fix.length).toBeGreaterThan(0);
  return error;
}

describe('usage, exit 2', () => {
  it.each([
    [['create', '--amount', '10.99', '--currency', 'eur'], 'AMOUNT_NOT_INTEGER', 'use 1099'],
    [['create', '--amount', '5.5', '--currency', 'jpy'], 'AMOUNT_NOT_INTEGER', '5.5'],
    [['create', '--amount', '1099'], 'ANSWER_NEEDED', '--currency'],
    [['crate'], 'COMMAND_UNKNOWN', 'crate'],
    [['config', 'shwo'], 'COMMAND_UNKNOWN', 'config shwo'],
    [['create', '--amuont', '1099'], 'FLAG_UNKNOWN', '--amuont'],
    [['create', '--currency', '--confirm'], 'FLAG_INVALID', '--currency needs a value'],
    [['create', '--currency'], 'FLAG_INVALID', '--currency needs a value'],
    [
      ['create', '--capture-method', 'manuel', '--amount', '1', '--currency', 'eur'],
      'FLAG_INVALID',
      'manuel',
    ],
    [['retrieve', 'pi_1', '--expect', 'succeded'], 'FLAG_INVALID', 'succeded'],
    [['retrieve', 'pi_1', '--wait', '30'], 'FLAG_INVALID', '"30" is not a duration'],
    [['retrieve'], 'ARGUMENT_INVALID', 'needs an intent'],
    [['retrieve', 'pi_1', 'pi_2'], 'ARGUMENT_INVALID', 'pi_2'],
    [['list', '--offline', '--test'], 'FLAGS_CONFLICT', '--offline and --test'],
    [['list', '--all', '--limit', '3'], 'FLAGS_CONFLICT', '--all and --limit'],
    [['list', '--limit', '0'], 'FLAG_INVALID', '--limit 0'],
    [['search', 'amount>1', '--limit', '-1'], 'FLAG_INVALID', '--limit -1'],
    [['list', '--fields', 'id,statos'], 'FIELD_UNKNOWN', 'statos'],
    [['list', '--created-gt', 'yesterday'], 'FLAG_INVALID', 'yesterday'],
    [['create', '--amount', '1', '--currency', 'eur', '-d', 'amount'], 'FLAG_INVALID', 'name=value'],
    [['create', '--amount', '1', '--currency', 'eur', '-d', 'a]b=1'], 'FLAG_INVALID', 'a]b'],
    [['confirm', 'pi_1', '--payment-method', 'vsia'], 'FLAG_INVALID', 'vsia'],
    [['explain', 'insufficient_fund'], 'TOPIC_UNKNOWN', 'insufficient_fund'],
    [['help', 'statuss'], 'TOPIC_UNKNOWN', 'statuss'],
    [['update', 'pi_1'], 'ANSWER_NEEDED', 'something to change'],
    [['authenticate', 'pi_1', '--succeed', '--fail'], 'FLAGS_CONFLICT', '--succeed and --fail'],
    [['methods', '--type', 'sepa'], 'FLAG_INVALID', 'sepa'],
    [['create', '--amount', '10', '--currency', 'eur'], 'REQUEST_REFUSED', 'at least'],
    [
      ['create', '--amount', '1099', '--currency', 'eur', '-d', 'wat=1'],
      'REQUEST_REFUSED',
      'unknown parameter: wat',
    ],
  ])('%j', async (argv, name, words) => {
    const error = await errorOf(argv);
    expect(error).toMatchObject({ name, exit: 2 });
    expect(`${error.title} ${error.message}`).toContain(words);
  });

  it.each([
    [['crate'], 'create'],
    [['create', '--amuont', '1099'], '--amount'],
    [['create', '--payment_method', 'visa'], '--payment-method'],
    [['retrieve', 'pi_1', '--expect', 'succeded'], 'succeeded'],
    [['confirm', 'pi_1', '--payment-method', 'vsia'], 'visa'],
    [['list', '--fields', 'statos'], 'status'],
    [['explain', 'insufficient_fund'], 'insufficient_funds'],
    [['create', '--amount', '1099', '--currency', 'eru'], 'eur'],
  ])('suggests for %j', async (argv, near) => {
    expect((await errorOf(argv)).why).toContain(`Did you mean ${near}`);
  });

  it('never takes a key from the command line', async () => {
    const error = await errorOf(['list', '--api-key', testKey]);
    expect(error.why).toContain('STRIPE_API_KEY');
    expect(JSON.stringify(error)).not.toContain(testKey);
  });

  it.each([
    [['retrieve', liveKey]],
    [['create', '-d', `description=${liveKey}`]],
    [['list', `--api-key=${liveKey}`]],
  ])('refuses a live key among the words: %#', async (argv) => {
    const error = await errorOf(argv);
    expect(error).toMatchObject({ name: 'KEY_LIVE_REFUSED', exit: 4 });
    expect(JSON.stringify(error)).not.toContain(liveKey);
  });

  it('refuses values the API refuses with the same exit code', async () => {
    const error = await errorOf(['create', '--amount', '10', '--currency', 'eur']);
    expect(error).toMatchObject({ code: 'amount_too_small', param: 'amount', status: 400 });
    expect(error.request_id).toMatch(/^req_/);
  });
});

describe('what the API says', () => {
  it('exits 3 for a decline, with its code, and masks the secret', async () => {
    const argv = [
      'create',
      '--amount',
      '1099',
      '--currency',
      'eur',
      '--payment-method',
      'insufficient-funds',
      '--confirm',
    ];
    const error = await errorOf(argv);
    expect(error).toMatchObject({
      name: 'PAYMENT_DECLINED',
      exit: 3,
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      type: 'card_error',
      payment_intent: { status: 'requires_payment_method' },
    });
    expect(error.payment_intent.client_secret).toMatch(/_secret_\*\*\*$/);
  });

  it('does not blame the status, nor suggest the same again, where the status allows it', async () => {
    const home = temporaryHome();
    const hold = ['--capture-method', 'manual', '--payment-method', 'visa', '--confirm'];
    const id = await createIntent(home, '--amount', '2000', '--currency', 'usd', ...hold);
    const error = await errorOf(['increment', id, '--amount', '2500'], { home });
    expect(error).toMatchObject({ name: 'INTENT_WRONG_STATUS', exit: 5 });
    expect(error.title).toBe(`Can't increment ${id} as it is (requires_capture)`);
    expect(error.fix).toEqual([`payintent capture ${id}`, `payintent cancel ${id}`]);
  });

  it('exits 5 for a wrong status and lists the legal moves', async () => {
    const home = temporaryHome();
    const id = await createIntent(
      home,
      '--capture-method',
      'manual',
      '--payment-method',
      'visa',
      '--confirm',
    );
    const error = await errorOf(['confirm', id], { home });
    expect(error).toMatchObject({
      name: 'INTENT_WRONG_STATUS',
      exit: 5,
      code: 'payment_intent_unexpected_state',
    });
    expect(error.fix).toEqual([
      `payintent capture ${id}`,
      `payintent cancel ${id}`,
      `payintent increment ${id} --amount 1599`,
    ]);
  });

  it('exits 5 for what is not there', async () => {
    const error = await errorOf(['retrieve', 'pi_nope']);
    expect(error).toMatchObject({ name: 'OBJECT_NOT_FOUND', exit: 5, code: 'resource_missing' });
  });

  it('exits 5 for an id of the other target, before anything is sent', async () => {
    const home = temporaryHome();
    const real = await errorOf(['retrieve', 'pi_3U09I6KuuB1fWySn03J7E2P4'], { home });
    expect(real).toMatchObject({ name: 'ID_OTHER_TARGET', exit: 5 });
    expect(real.fix[0]).toContain('--test');
    const id = await createIntent(home);
    const ours = await errorOf(['retrieve', id, '--test'], { home, env: { STRIPE_API_KEY: testKey } });
    expect(ours).toMatchObject({ name: 'ID_OTHER_TARGET', exit: 5 });
    expect(ours.fix[0]).toBe(`payintent retrieve ${id} --offline`);
  });

  it('exits 2 and says so for what is not emulated', async () => {
    const argv = [
      'create',
      '--amount',
      '1099',
      '--currency',
      'eur',
      '-d',
      'payment_method_data[type]=mb_way',
    ];
    const error = await errorOf([...argv, '-d', 'payment_method_types[]=mb_way', '--confirm']);
    expect(error).toMatchObject({ name: 'NOT_EMULATED', exit: 2, code: 'emulator_unsupported' });
    expect(error.fix).toContain('payintent help offline');
  });

  it('exits 6 when the API cannot be reached', async () => {
    const env = { STRIPE_API_KEY: testKey, PAYINTENT_API_BASE: 'http://127.0.0.1:9' };
    const error = await errorOf(['list'], { env });
    expect(error).toMatchObject({ name: 'NETWORK_FAILED', exit: 6 });
    expect(error.why).toContain('ECONNREFUSED');
  }, 20_000);
});

describe('errors for people', () => {
  it('say what failed, because of what, the code, and what to type, in this order', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, '--payment-method', 'visa', '--confirm');
    const { stderr, stdout } = await runCli(['cancel', id], { home, tty: true });
    expect(stdout).toBe('');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is removed
    const plain = stderr.replace(/\u001b\[\d+m/g, '').split('\n');
    expect(plain[1]).toBe(`✗ Can't cancel ${id}: it is succeeded`);
    expect(plain.filter((line) => /^ {2}\S/.test(line)).map((line) => line.trim().split(/\s/)[0])).toEqual([
      'Target',
      'Because',
      'Code',
      'Try',
    ]);
    expect(plain.at(-2)).toContain(`payintent refund ${id}`);
  });

  it('keep the target flags in what to type next', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, '--payment-method', 'visa', '--confirm');
    const { stderr } = await runCli(['cancel', id, '--offline'], { home });
    expect(stderr).toContain(`payintent refund ${id} --offline`);
  });
});

it('every code has a meaning, a fix and an exit code', async () => {
  const { stdout } = await runCli(['help', 'errors', '--json']);
  const listed: { code: string; meaning: string; fix: string; exit: number }[] = JSON.parse(stdout);
  expect(listed.map(({ code }) => code)).toEqual(Object.keys(errorCodes));
  for (const { code, meaning, fix } of listed) {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(meaning).toMatch(/\.$/);
    expect(fix).not.toBe('');
  }
});
