import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.ts';
import { TRIGGERS } from '../../src/scenario/triggers.ts';
import { fakeStripe } from '../support/fake-stripe.ts';
import { createIntent, runCli, temporaryHome } from '../support/run-cli.ts';

const testKey = ['sk', 'test', 'a'.repeat(24)].join('_');

const failure = async (argv: readonly string[], home = temporaryHome(), env: Record<string, string> = {}) => {
  const { code, stdout, stderr } = await runCli([...argv, '--json'], { home, env });
  expect(stdout).toBe('');
  return { code, error: JSON.parse(stderr).error as Record<string, unknown> };
};

async function listed(home: string, ...flags: string[]): Promise<string[]> {
  const { stdout } = await runCli(['events', 'list', '--all', '--json', ...flags], { home });
  return (JSON.parse(stdout).data as { type: string }[]).map(({ type }) => type);
}

describe('trigger', () => {
  it('makes the event, and everything before it, for real', async () => {
    const home = temporaryHome();
    const done = (await runCli(['trigger', 'payment_intent.succeeded', '--json'], { home })).json();
    expect(done).toMatchObject({
      object: 'trigger',
      type: 'payment_intent.succeeded',
      scenario: 'card-success',
      target: 'offline',
      event: { object: 'event', type: 'payment_intent.succeeded', data: { object: { status: 'succeeded' } } },
      steps: [
        {
          kind: 'call',
          request: { method: 'POST', path: '/v1/payment_intents' },
          error: null,
          status: 'succeeded',
          events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'],
        },
      ],
    });
    expect(await listed(home)).toEqual([
      'payment_intent.succeeded',
      'charge.succeeded',
      'payment_intent.created',
    ]);
  });

  it('does not fail where the event is a failure', async () => {
    const { code, stdout } = await runCli(['trigger', 'payment_intent.payment_failed', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).steps[0]).toMatchObject({
      answer: null,
      error: { status: 402, code: 'card_declined', decline_code: 'generic_decline' },
      status: 'requires_payment_method',
    });
  });

  it('prints one event a line in a pipe, ids with -q', async () => {
    const { stdout } = await runCli(['trigger', 'charge.succeeded']);
    const rows = stdout.trimEnd().split('\n');
    expect(rows.map((row) => row.split('\t')[1])).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
    ]);
    expect((await runCli(['trigger', 'customer.created', '-q'])).stdout).toMatch(/^evt_\w+\n$/);
  });

  it('takes no step that is not needed', async () => {
    const home = temporaryHome();
    await runCli(['trigger', 'customer.created'], { home });
    expect(await listed(home)).toEqual(['customer.created']);
  });

  it('says that time went by, when it was more than a moment', async () => {
    const { stderr } = await runCli(['trigger', 'charge.expired']);
    expect(stderr).toContain('moved on by 7d');
    expect((await runCli(['trigger', 'charge.updated'])).stderr).not.toContain('moved on');
  });
});

describe('parameters', () => {
  const objectOf = async (...argv: string[]) => {
    const { event } = (await runCli(['trigger', ...argv, '--json'])).json() as {
      event: { data: { object: Record<string, unknown> } };
    };
    return event.data.object;
  };

  it('go to the main call', async () => {
    expect(
      await objectOf(
        'payment_intent.succeeded',
        '--amount',
        '4200',
        '--currency',
        'eur',
        '--set',
        'metadata.order=6735',
        '--set',
        'shipping[name]=Jenny',
        '--set',
        'shipping[address][line1]=1 Main St',
      ),
    ).toMatchObject({
      amount: 4200,
      currency: 'eur',
      metadata: { order: '6735' },
      shipping: { name: 'Jenny', address: { line1: '1 Main St' } },
    });
  });

  it('go to another call by the name of what it makes', async () => {
    expect(
      await objectOf('refund.created', '--set', 'refund:amount=500', '--set', 'refund:metadata.why=late'),
    ).toMatchObject({ object: 'refund', amount: 500, metadata: { why: 'late' } });
  });

  it('are followed by the later calls of the flow', async () => {
    expect(await objectOf('payment_intent.partially_funded', '--amount', '3000')).toMatchObject({
      amount: 3000,
      next_action: { display_bank_transfer_instructions: { amount_remaining: 1500 } },
    });
  });

  it.each([
    [['--set', 'metdata.order=1'], 'PARAM_UNKNOWN', /Did you mean metadata\?/],
    [['--set', 'shipping.adress.city=X'], 'PARAM_UNKNOWN', /Did you mean address\?/],
    [['--set', 'description.x=1'], 'PARAM_UNKNOWN', undefined],
    [['--set', 'intnet:amount=1'], 'PARAM_UNKNOWN', /Did you mean intent\?/],
    [['--set', 'amount'], 'FLAG_INVALID', undefined],
    [['--set', '[x]=1'], 'FLAG_INVALID', undefined],
    [['--set', 'a..b=1'], 'FLAG_INVALID', undefined],
    [['--amount', '10.99'], 'AMOUNT_NOT_INTEGER', undefined],
    [['--amount', '1'], 'REQUEST_REFUSED', undefined],
  ])('%j is refused', async (flags, name, why) => {
    const { code, error } = await failure(['trigger', 'payment_intent.succeeded', ...flags]);
    expect([code, error['name']]).toEqual([2, name]);
    if (why !== undefined) expect(error['why']).toMatch(why);
  });

  it('unknown ones are refused before anything is made', async () => {
    const home = temporaryHome();
    await failure(['trigger', 'payment_intent.succeeded', '--set', 'nope=1'], home);
    expect(await listed(home)).toEqual([]);
    const { error } = await failure(['trigger', 'customer.created', '--amount', '100'], home);
    expect(error).toMatchObject({ name: 'PARAM_UNKNOWN', parameters: expect.arrayContaining(['email']) });
  });

  it('that lead elsewhere are told of', async () => {
    const declined = await failure([
      'trigger',
      'payment_intent.succeeded',
      '--set',
      'payment_method=pm_card_visa_chargeDeclined',
    ]);
    expect([declined.code, declined.error['name']]).toEqual([3, 'PAYMENT_DECLINED']);
    const held = await failure(['trigger', 'payment_intent.succeeded', '--set', 'capture_method=manual']);
    expect(held.code).toBe(8);
    expect(held.error).toMatchObject({
      name: 'EVENT_NOT_SENT',
      events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.amount_capturable_updated'],
    });
  });
});

describe('--intent', () => {
  it('continues an intent by the shortest legal way', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, '--capture-method', 'manual', '--metadata', 'order=7');
    const done = (
      await runCli(['trigger', 'refund.created', '--intent', id, '--amount', '300', '--json'], { home })
    ).json();
    expect(done).toMatchObject({
      scenario: null,
      event: { data: { object: { object: 'refund', amount: 300, payment_intent: id } } },
    });
    expect((done['steps'] as { request: { path: string } }[]).map(({ request }) => request.path)).toEqual([
      `/v1/payment_intents/${id}/confirm`,
      `/v1/payment_intents/${id}/capture`,
      '/v1/refunds',
    ]);
    expect((await runCli(['retrieve', id, '--json'], { home })).json()['metadata']).toEqual({ order: '7' });
  });

  it('captures the amount that is given', async () => {
    const home = temporaryHome();
    const id = await createIntent(
      home,
      '--payment-method',
      'visa',
      '--capture-method',
      'manual',
      '--confirm',
    );
    const { code } = await runCli(['trigger', 'charge.captured', '--intent', id, '--amount', '300'], {
      home,
    });
    expect(code).toBe(0);
    expect((await runCli(['retrieve', id, '--json'], { home })).json()['amount_received']).toBe(300);
  });

  it('plays the customer of an intent that waits', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, '--payment-method', '3ds', '--confirm');
    const done = (
      await runCli(['trigger', 'payment_intent.succeeded', '--intent', id, '--json'], { home })
    ).json();
    expect(done['steps']).toMatchObject([{ kind: 'authenticate', status: 'succeeded' }]);
  });

  it('says why where there is no way', async () => {
    const home = temporaryHome();
    const paid = await createIntent(home, '--payment-method', 'visa', '--confirm');
    const { code, error } = await failure(['trigger', 'payment_intent.canceled', '--intent', paid], home);
    expect([code, error['name']]).toEqual([5, 'INTENT_WRONG_STATUS']);
    expect(error['title']).toBe(`${paid} cannot be brought to payment_intent.canceled: it is succeeded`);
    const created = await failure(['trigger', 'customer.created', '--intent', paid], home);
    expect(created.error['why']).toBe('Nothing that can be done with an intent leads to it.');
    const none = await failure(['trigger', 'charge.failed', '--intent', 'pi_nope'], home);
    expect([none.code, none.error['name']]).toEqual([5, 'OBJECT_NOT_FOUND']);
  });

  it('has nothing to change where no call is made', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, '--payment-method', '3ds', '--confirm');
    const { code, error } = await failure(
      ['trigger', 'payment_intent.succeeded', '--intent', id, '--set', 'metadata.a=1'],
      home,
    );
    expect([code, error['name']]).toEqual([2, 'PARAM_UNKNOWN']);
  });
});

describe('event types', () => {
  it.each([
    ['payment_intent.suceeded', 'EVENT_UNKNOWN', /Did you mean payment_intent\.succeeded/],
    ['charge.created', 'EVENT_UNKNOWN', /listen to charge\.succeeded/],
    ['constructor', 'EVENT_UNKNOWN', undefined],
    ['customer.tax_id.created', 'NOT_EMULATED', /Tax ids are not part/],
  ])('%s is refused', async (type, name, why) => {
    const { code, error } = await failure(['trigger', type]);
    expect([code, error['name']]).toEqual([2, name]);
    if (why !== undefined) expect(error['why']).toMatch(why);
    else expect(error['why']).toBeUndefined();
  });

  it('one is needed', async () => {
    const { code, error } = await failure(['trigger']);
    expect([code, error['name']]).toEqual([2, 'ARGUMENT_INVALID']);
  });

  it('are all listed, with where they can be triggered', async () => {
    const { data } = (await runCli(['trigger', '--list', '--json'])).json() as {
      data: { type: string; targets: string[]; reason: string | null }[];
    };
    expect(data.map(({ type }) => type)).toEqual(EVENT_TYPES.map(({ type }) => type));
    for (const { targets, reason } of data) expect(reason === null).toBe(targets.length === 2);
    const { stdout } = await runCli(['trigger', '--list'], { tty: true, columns: 44 });
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(44 + 9);
    const one = await runCli(['trigger', '--list', 'charge.expired']);
    expect(one.stdout).toMatch(/^charge\.expired\tauthorization-expires\toffline\t/);
    expect((await runCli(['trigger', '--list', 'charge.expierd'])).code).toBe(2);
  });

  it('are completed', async () => {
    const { stdout } = await runCli(['__complete', '--', 'trigger', 'payment_intent.succ']);
    expect(stdout.split('\t')[0]).toBe('payment_intent.succeeded');
  });
});

describe("Stripe's test mode", () => {
  it('is never asked for what only the emulator can do', async () => {
    const { code, error } = await failure(['trigger', 'charge.expired'], temporaryHome(), {
      STRIPE_API_KEY: testKey,
    });
    expect([code, error['name']]).toEqual([2, 'EMULATOR_ONLY']);
    expect(error['why']).toBe(
      "Let seven days pass: only the emulator's clock can be moved, and this takes 7d.",
    );
    expect(error['fix']).toEqual(['payintent trigger charge.expired --offline']);
  });
});

describe('trigger --dry-run', () => {
  interface Step {
    readonly title: string;
    readonly kind: string;
    readonly request: {
      readonly method: string;
      readonly path: string;
      readonly params: Record<string, unknown>;
    };
    readonly status: string | null;
    readonly events: readonly string[];
  }
  const steps = (json: Record<string, unknown>) => json['steps'] as Step[];

  it('shows for every event what is then played, and sends nothing', async () => {
    const types = Object.keys(TRIGGERS);
    expect(types.length).toBeGreaterThan(40);
    for (const type of types) {
      const home = temporaryHome();
      const dry = (await runCli(['trigger', type, '--dry-run', '--json'], { home })).json();
      expect(dry).toMatchObject({
        object: 'trigger',
        dry_run: true,
        type,
        target: 'offline',
        event: null,
        events: [],
      });
      expect(await listed(home)).toEqual([]);
      const real = (await runCli(['trigger', type, '--json'], { home })).json();
      const outlined = steps(dry).map(({ title, kind, request, events }) => ({
        title,
        kind,
        method: request.method,
        path: expect.stringMatching(
          new RegExp(`^${request.path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]*\}/g, '[^/]+')}$`),
        ),
        names: Object.keys(request.params),
        events,
      }));
      const played = steps(real).map(({ title, kind, request, events }) => ({
        title,
        kind,
        method: request.method,
        path: request.path,
        names: Object.keys(request.params),
        events,
      }));
      expect(played, type).toEqual(outlined);
    }
  }, 60_000);

  it('fills in what is known: parameters of your own, and the intent that exists', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, '--payment-method', 'visa', '--confirm');
    const before = await listed(home);
    const words = [
      'trigger',
      'refund.created',
      '--intent',
      id,
      '--amount',
      '500',
      '--set',
      'metadata.order=7',
    ];
    const dry = (await runCli([...words, '--dry-run', '--json'], { home })).json();
    expect(steps(dry).at(-1)?.request).toMatchObject({
      method: 'POST',
      path: '/v1/refunds',
      params: { payment_intent: id, amount: 500, metadata: { order: '7' } },
    });
    expect(await listed(home)).toEqual(before);
    const unknown = (await runCli(['trigger', 'charge.refunded', '-n', '--json'])).json();
    expect(JSON.stringify(steps(unknown))).toContain('{intent.id}');
  });

  it('on test asks for nothing but the intent', async () => {
    const { env, requests } = await fakeStripe();
    const { code, stdout } = await runCli(['trigger', 'payment_intent.succeeded', '--dry-run'], { env });
    expect(code).toBe(0);
    expect(stdout.split('\t').slice(0, 2)).toEqual(['POST', '/v1/payment_intents']);
    expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
    expect((await runCli(['trigger', 'no.such.event', '-n'], { env })).code).toBe(2);
  });

  it.each([44, 80])('draws them in %i columns', async (columns) => {
    const { stdout } = await runCli(['trigger', 'charge.dispute.closed', '-n', '--color', 'never'], {
      tty: true,
      columns,
    });
    expect(stdout).toContain('Dry run: nothing was sent');
    expect(stdout).toContain('POST /v1/payment_intents');
    expect(stdout).toContain('● charge.dispute.closed');
  });
});
