import { describe, expect, it } from 'vitest';
import { fakeStripe } from '../support/fake-stripe.ts';
import { createIntent, runCli, temporaryHome } from '../support/run-cli.ts';

describe('a payment, from create to refund', () => {
  it('creates, confirms and refunds', async () => {
    const home = temporaryHome();
    const created = (
      await runCli(['create', '--amount', '1099', '--currency', 'eur', '--json'], { home })
    ).json();
    expect(created).toMatchObject({
      object: 'payment_intent',
      amount: 1099,
      status: 'requires_payment_method',
    });
    const id = String(created['id']);
    const confirmed = await runCli(['confirm', id, '--payment-method', 'visa', '--json'], { home });
    expect(confirmed.json()).toMatchObject({ id, status: 'succeeded', amount_received: 1099 });
    const refund = await runCli(['refund', id, '--amount', '99', '--reason', 'duplicate', '--json'], {
      home,
    });
    expect(refund.json()).toMatchObject({
      object: 'refund',
      amount: 99,
      payment_intent: id,
      reason: 'duplicate',
    });
  });

  it('reserves, raises and captures in part', async () => {
    const home = temporaryHome();
    const option = 'payment_method_options[card][request_incremental_authorization]=if_available';
    const flags = ['--capture-method', 'manual', '--payment-method', 'visa', '--confirm', '-d', option];
    const id = await createIntent(home, '--amount', '2000', '--currency', 'usd', ...flags);
    const raised = await runCli(['increment', id, '--amount', '2500', '--json'], { home });
    expect(raised.json()).toMatchObject({ status: 'requires_capture', amount_capturable: 2500 });
    const captured = await runCli(['capture', id, '--amount-to-capture', '1500', '--json'], { home });
    expect(captured.json()).toMatchObject({ status: 'succeeded', amount_received: 1500 });
  });

  it('passes and fails 3D Secure for the customer', async () => {
    const home = temporaryHome();
    const first = await createIntent(home, '--payment-method', '3ds', '--confirm');
    const passed = await runCli(['authenticate', first, '--succeed', '--json'], { home });
    expect(passed.json()).toMatchObject({ status: 'succeeded' });
    const second = await createIntent(home, '--payment-method', '3ds', '--confirm');
    const failed = await runCli(['authenticate', second, '--fail', '--json'], { home });
    expect(failed.json()).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
  });

  it('updates, unsets and cancels', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, '--description', 'first', '--metadata', 'order=1');
    const updated = await runCli(
      [
        'update',
        id,
        '--amount',
        '2000',
        '--metadata',
        'order=',
        '--metadata',
        'cart=7',
        '--description=',
        '--json',
      ],
      { home },
    );
    expect(updated.json()).toMatchObject({ amount: 2000, metadata: { cart: '7' }, description: null });
    const canceled = await runCli(['cancel', id, '--cancellation-reason', 'abandoned', '--json'], { home });
    expect(canceled.json()).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
  });
});

describe('what the API wants and a shell has not', () => {
  it('adds a return_url and says so', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    const { stderr, code } = await runCli(['confirm', id, '--payment-method', '3ds', '--json'], { home });
    expect(code).toBe(0);
    expect(stderr).toContain('https://example.com/return');
  });

  it('leaves it out when told to, and the API refuses', async () => {
    const { code, stderr } = await runCli(
      [
        'create',
        '--amount',
        '1099',
        '--currency',
        'eur',
        '--payment-method',
        'visa',
        '--confirm',
        '--no-return-url',
      ],
      {},
    );
    expect(code).toBe(2);
    expect(stderr.replace(/\s+/g, ' ')).toContain('you must provide a `return_url`');
  });

  it('does not touch intents that cannot redirect', async () => {
    const { code, stderr } = await runCli([
      ...['create', '--amount', '1099', '--currency', 'eur', '--payment-method', 'visa', '--confirm'],
      ...['--payment-method-types', 'card'],
    ]);
    expect(code).toBe(0);
    expect(stderr).not.toContain('return_url');
  });

  it('adds the consent a debit wants when the method is a test method by name', async () => {
    const argv = [
      'create',
      '--amount',
      '1099',
      '--currency',
      'eur',
      '--payment-method',
      'sepa',
      '--confirm',
      '--json',
    ];
    const { stderr, stdout } = await runCli(argv);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'processing' });
    expect(stderr.split('\n')[0]).toContain('Target');
    expect(stderr).toContain('mandate_data');
  });

  it('says how to allow a type that is not among the automatic ones', async () => {
    const argv = ['create', '--amount', '2000', '--currency', 'mxn', '--payment-method', 'oxxo', '--confirm'];
    const refused = await runCli(argv);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('Add --payment-method-types oxxo');
    const allowed = await runCli([...argv, '--payment-method-types', 'oxxo', '--json']);
    expect(allowed.json()).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'oxxo_display_details' },
    });
  });

  it('reaches any parameter with -d', async () => {
    const { stdout } = await runCli([
      ...['create', '--amount', '1099', '--currency', 'eur', '--json', '-d', 'shipping[name]=Ada'],
      ...['-d', 'shipping[address][line1]=1 Main St', '-d', 'payment_method_types[]=card'],
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      shipping: { name: 'Ada', address: { line1: '1 Main St' } },
      payment_method_types: ['card'],
    });
  });
});

describe('waiting and expecting', () => {
  it('exits 8 when the status is another one', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    const { code, stdout } = await runCli(['retrieve', id, '--expect', 'succeeded', '--json'], { home });
    expect(code).toBe(8);
    expect(JSON.parse(stdout)).toMatchObject({ id });
  });

  it('treats requires_action as an answer', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    const { code, stdout } = await runCli(['confirm', id, '--payment-method', '3ds', '-q'], { home });
    expect([code, stdout]).toEqual([0, `${id}\n`]);
  });

  it('waits for a bank debit to settle', async () => {
    const home = temporaryHome();
    const mandate = ['-d', 'mandate_data[customer_acceptance][type]=offline'];
    const id = await createIntent(
      home,
      '--payment-method',
      'sepa',
      '--payment-method-types',
      'sepa_debit',
      '--confirm',
      ...mandate,
    );
    const at = await runCli(['retrieve', id, '--json'], { home });
    expect(at.json()).toMatchObject({ status: 'processing' });
    const done = await runCli(['retrieve', id, '--wait', '10m', '--expect', 'succeeded', '--json'], { home });
    expect([done.code, done.json()['status']]).toEqual([0, 'succeeded']);
  });
});

describe('idempotency keys and dry runs', () => {
  it('replays the first answer and says so', async () => {
    const home = temporaryHome();
    const argv = ['create', '--amount', '1099', '--currency', 'eur', '--idempotency-key', 'order-1'];
    const first = await runCli([...argv, '--json'], { home });
    const second = await runCli([...argv, '--json'], { home });
    expect(second.json()).toEqual(first.json());
    expect(second.stderr).toContain('order-1 (replayed');
  });

  it('shows what would happen and keeps nothing', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    const dry = await runCli(['confirm', id, '--payment-method', 'visa', '--dry-run', '--json'], { home });
    expect(dry.json()).toMatchObject({
      dry_run: true,
      request: {
        method: 'POST',
        url: `/v1/payment_intents/${id}/confirm`,
        params: { payment_method: 'pm_card_visa' },
      },
      status: 'succeeded',
      events: expect.arrayContaining(['payment_intent.succeeded', 'charge.succeeded']),
    });
    const after = await runCli(['retrieve', id, '--json'], { home });
    expect(after.json()).toMatchObject({ status: 'requires_payment_method' });
  });
});

describe('a parameter given twice', () => {
  it.each([
    [
      ['create', '--amount', '3', '--currency', 'eur', '-d', 'amount=5'],
      'amount is given twice: --amount 3 and -d amount=5',
    ],
    [
      ['refund', 'pi_0one', '-d', 'payment_intent=pi_0two'],
      'payment_intent is given twice: pi_0one and -d payment_intent=pi_0two',
    ],
    [['list', '--limit', '3', '-d', 'limit=5'], 'limit is given twice: --limit 3 and -d limit=5'],
    [
      ['list', '--created-gte', '1790000000', '-d', 'created[gte]=1'],
      'created[gte] is given twice: --created-gte 1790000000 and -d created[gte]=1',
    ],
    [
      ['trigger', 'payment_intent.created', '--amount', '500', '--set', 'amount=600'],
      'amount is given twice: --amount 500 and --set amount=600',
    ],
  ])('%j', async (words, title) => {
    const { code, stderr, stdout } = await runCli([...words, '--json']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr.slice(stderr.indexOf('{')))).toMatchObject({
      error: { code: 'FLAGS_CONFLICT', title },
    });
  });

  it('the question before a refund speaks of the amount that is sent, however it was typed', async () => {
    const { env } = await fakeStripe();
    const made = await runCli(
      ['create', '--amount', '2000', '--currency', 'eur', '--payment-method', 'visa', '--confirm', '--json'],
      { env },
    );
    const { asked } = await runCli(['refund', String(made.json()['id']), '-d', 'amount=500'], {
      env,
      tty: true,
      answers: [false],
    });
    expect(asked.join()).toContain('€5.00');
  });
});
