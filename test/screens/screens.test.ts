import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../src/emulator/engine.ts';
import { createTransport } from '../../src/emulator/transport.ts';
import { normalise } from '../support/normalise.ts';
import { createIntent, type RunOptions, type RunResult, runCli, temporaryHome } from '../support/run-cli.ts';

const forms: Readonly<Record<string, { readonly options: RunOptions; readonly flags: readonly string[] }>> = {
  'tty-80': { options: { tty: true, columns: 80 }, flags: [] },
  'tty-44': { options: { tty: true, columns: 44 }, flags: ['--color', 'never'] },
  pipe: { options: {}, flags: [] },
  json: { options: {}, flags: ['--json'] },
  'no-color': { options: { tty: true, env: { NO_COLOR: '1' } }, flags: [] },
};

/** A scenario of somebody's who is not done with it. */
const MISTAKES = `name: two-cards
steps:
  - call: payment_intent.create
    as: intent
  - call: payment_intents.create
    as: intent
    params: { amount: 10.99, curency: eur }
  - call: payment_intents.confirm
    on: \${order.id}
    expect: { status: succeded }
`;

/** Prepares a state and answers the command line to look at. */
const screens: Readonly<Record<string, (home: string) => Promise<string[]>>> = {
  create: async () => ['create', '--amount', '1099', '--currency', 'eur'],
  'confirm-succeeds': async (home) => ['confirm', await createIntent(home), '--payment-method', 'visa'],
  'confirm-3ds': async (home) => ['confirm', await createIntent(home), '--payment-method', '3ds'],
  'confirm-declined': async (home) => [
    'confirm',
    await createIntent(home),
    '--payment-method',
    'insufficient-funds',
  ],
  'retrieve-after-decline': async (home) => {
    const id = await createIntent(home, '--description', 'Order 6735', '--metadata', 'order=6735');
    await runCli(['confirm', id, '--payment-method', 'declined'], { home });
    return ['retrieve', id];
  },
  'retrieve-held': async (home) => [
    'retrieve',
    await createIntent(home, '--payment-method', 'visa', '--capture-method', 'manual', '--confirm'),
  ],
  'cancel-wrong-status': async (home) => [
    'cancel',
    await createIntent(home, '--payment-method', 'visa', '--confirm'),
  ],
  refund: async (home) => [
    'refund',
    await createIntent(home, '--payment-method', 'visa', '--confirm'),
    '--amount',
    '99',
  ],
  list: async (home) => {
    await createIntent(home, '--description', 'Order 1');
    await createIntent(
      home,
      '--payment-method',
      'visa',
      '--confirm',
      '--amount',
      '2000',
      '--currency',
      'jpy',
    );
    return ['list'];
  },
  'list-empty': async () => ['list'],
  'dry-run': async (home) => ['confirm', await createIntent(home), '--payment-method', 'visa', '--dry-run'],
  'explain-intent': async (home) => {
    const id = await createIntent(home);
    await runCli(['confirm', id, '--payment-method', 'insufficient-funds'], { home });
    return ['explain', id];
  },
  'explain-status': async () => ['explain', 'requires_capture'],
  'explain-decline-code': async () => ['explain', 'insufficient_funds'],
  'explain-field': async () => ['explain', 'last_payment_error'],
  'simulate-capture': async () => ['simulate', 'manual-capture', '--auto'],
  'simulate-decline-curl': async () => ['simulate', 'card-declined', '--auto', '--as', 'curl'],
  'simulate-diagram': async () => ['simulate', '--diagram'],
  'simulate-path': async () => ['simulate', 'manual-capture', '--diagram'],
  'simulate-mistakes': async (home) => {
    writeFileSync(join(home, 'story.yaml'), MISTAKES);
    return ['simulate', './story.yaml'];
  },
  'simulate-list': async () => ['simulate', '--list'],
  smoke: async () => ['smoke', '--offline', '--amount', '2000', '--currency', 'eur'],
  'smoke-without-key': async () => ['smoke'],
  'simulate-unknown': async () => ['simulate', 'card-sucess'],
  'learn-list': async () => ['learn', '--list'],
  'learn-lesson': async () => ['learn', 'creating-is-not-charging', '--print'],
  'learn-lesson-arabic': async () => ['learn', 'creating-is-not-charging', '--print', '--lang', 'ar'],
  'learn-unknown': async () => ['learn', 'webhooks'],
  timeline: async (home) => {
    const id = await createIntent(home);
    await runCli(['confirm', id, '--payment-method', 'insufficient-funds'], { home });
    return ['timeline', id];
  },
  methods: async () => ['methods'],
  'help-capture': async () => ['capture', '--help'],
  'help-statuses': async () => ['help', 'statuses'],
  trigger: async () => ['trigger', 'payment_intent.canceled', '--amount', '4200'],
  'trigger-unreachable': async (home) => [
    'trigger',
    'payment_intent.canceled',
    '--intent',
    await createIntent(home, '--payment-method', 'visa', '--confirm'),
  ],
  'events-list': async (home) => {
    await runCli(['trigger', 'customer.deleted'], { home });
    return ['events', 'list'];
  },
  'events-retrieve': async (home) => {
    await runCli(['trigger', 'customer.updated'], { home });
    const { stdout } = await runCli(['events', 'list', '--limit', '1', '-q'], { home });
    return ['events', 'retrieve', stdout.trim()];
  },
  advise: async (home) => {
    const engine = createEngine({
      state: join(home, 'app.db'),
      realNow: () => Date.UTC(2026, 10, 22, 11, 30),
    });
    const key = ['sk', 'test', 'screens0app'].join('_');
    const stripe = new Stripe(key, { httpClient: createTransport(engine.handle), telemetry: false });
    await stripe.paymentIntents.create({ amount: 100_000, currency: 'jpy', metadata: { order_id: '42' } });
    for (const idempotencyKey of ['a', 'b', 'c', 'd'])
      await stripe.paymentIntents
        .create({ amount: 1099, currency: 'eur', customer: 'cus_x' }, { idempotencyKey })
        .catch(() => {});
    engine.close();
    return ['advise', '--state', 'app.db'];
  },
  'advise-nothing': async (home) => {
    await createIntent(home);
    return ['advise'];
  },
  'unknown-command': async () => ['crate'],
};

function shown({ code, stdout, stderr }: RunResult): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are made visible
  const visible = `${stderr}\u0000${stdout}`.replace(/\u001b\[(\d+)m/g, '‹$1›');
  const [errors = '', output = ''] = normalise(visible).split('\u0000');
  return [`exit ${code}`, '--- stdout', output, '--- stderr', errors].join('\n');
}

describe.each(Object.keys(screens))('%s', (name) => {
  it.each(Object.keys(forms))('%s', async (form) => {
    const home = temporaryHome();
    const argv = (await screens[name]?.(home)) ?? [];
    const { options, flags } = forms[form] ?? { options: {}, flags: [] };
    const result = await runCli([...argv, ...flags], { home, ...options });
    if (form === 'tty-44') expect(tooWide(result, 44)).toEqual([]);
    await expect(shown(result)).toMatchFileSnapshot(`./snapshots/${name}.${form}.txt`);
  });
});

/** Lines that are too wide without holding an id, a URL or a command. */
function tooWide({ stdout, stderr }: RunResult, width: number): string[] {
  return `${stdout}\n${stderr}`.split('\n').filter(
    (line) =>
      // Vowel signs stand above and below their letters.
      [...line.replace(/\p{Mn}/gu, '')].length > width &&
      !/\b[a-z]+_[A-Za-z0-9]{10,}|\b(pm|tok)_\w+|https?:|payintent |STRIPE_API_BASE|POST \/|GET \//.test(
        line,
      ),
  );
}
