import { describe, expect, test } from 'vitest';
import { runCli, temporaryHome } from '../support/run-cli.ts';

interface Step {
  readonly title: string;
  readonly status: string | null;
  readonly events: readonly string[];
  readonly next_statuses: readonly string[];
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
  readonly act_on: { readonly type: string } | null;
  readonly request: { readonly code: string };
  readonly error: { readonly decline_code: string | null } | null;
}

const linesOf = (text: string) => text.trimEnd().split('\n');

describe('simulate --list', () => {
  test('has a row with name, title, statuses and what it teaches for every scenario', async () => {
    const { code, stdout } = await runCli(['simulate', '--list', '--json']);
    expect(code).toBe(0);
    const rows = JSON.parse(stdout) as Record<string, unknown>[];
    expect(rows.length).toBeGreaterThan(35);
    for (const row of rows) {
      expect(row).toMatchObject({
        name: expect.stringMatching(/^[a-z0-9-]+$/),
        title: expect.any(String),
        teaches: expect.stringMatching(/\.$/),
      });
      expect(row['statuses']).not.toHaveLength(0);
    }
  });

  test('is tab-separated in a pipe and names only with -q', async () => {
    const { stdout } = await runCli(['simulate', '--list']);
    expect(linesOf(stdout)[0]?.split('\t')).toHaveLength(3);
    const names = await runCli(['simulate', '--list', '-q']);
    expect(linesOf(names.stdout)).toContain('decline-and-retry');
  });
});

describe('simulate runs a scenario', () => {
  test('as JSON: one object whose steps have a status and events', async () => {
    const { code, stdout, stderr } = await runCli(['simulate', 'decline-and-retry', '--json']);
    expect(code).toBe(0);
    expect(stderr).toContain('offline emulator');
    const simulation = JSON.parse(stdout) as { verdict: string; id: string; steps: Step[] };
    expect(simulation).toMatchObject({ object: 'simulation', name: 'decline-and-retry', verdict: 'pass' });
    expect(simulation.id).toMatch(/^pi_0/);
    const [declined, paid] = simulation.steps as [Step, Step];
    expect(declined.status).toBe('requires_payment_method');
    expect(declined.error?.decline_code).toBe('insufficient_funds');
    expect(declined.act_on?.type).toBe('payment_intent.payment_failed');
    expect(paid.status).toBe('succeeded');
    expect(paid.events).toEqual(['charge.succeeded', 'payment_intent.succeeded']);
    expect(paid.act_on?.type).toBe('payment_intent.succeeded');
    expect(paid.next_statuses).toEqual([]);
    expect(declined.next_statuses).toContain('requires_action');
  });

  test('shows only the fields that a step changed', async () => {
    const { stdout } = await runCli(['simulate', 'manual-capture', '--json']);
    const [, captured] = (JSON.parse(stdout) as { steps: Step[] }).steps as [Step, Step];
    const changes = Object.fromEntries(
      captured.changes.map(({ field, before, after }) => [field, [before, after]]),
    );
    expect(changes).toMatchObject({
      amount_capturable: [2000, 0],
      amount_received: [0, 2000],
      status: ['requires_capture', 'succeeded'],
    });
    expect(Object.keys(changes)).not.toContain('amount');
    expect(Object.keys(changes)).not.toContain('currency');
  });

  test('as JSON lines: one for each step, as it happens', async () => {
    const { stdout } = await runCli(['simulate', '3ds-passed', '--jsonl']);
    const steps = linesOf(stdout).map((line) => JSON.parse(line) as Step);
    expect(steps.map(({ status }) => status)).toEqual(['requires_action', 'succeeded', 'succeeded']);
  });

  test('for people: why, request, diagram, changes, events and what to do next', async () => {
    const { stdout } = await runCli(['simulate', '3ds-passed', '--auto'], {
      tty: true,
      env: { NO_COLOR: '1' },
    });
    expect(stdout).toContain('Step 1 of 3  Create the payment and confirm it');
    expect(stdout).toMatch(/Why {7}The bank wants to know/);
    expect(stdout).toContain('payintent create');
    expect(stdout).toMatch(/● requires_action +◀──┤/);
    expect(stdout).toMatch(/amount_received {2}0 \(\$0\.00\) → 2000 \(\$20\.00\)/);
    expect(stdout).toContain('▸ payment_intent.succeeded  fulfil the order, once');
    expect(stdout).toMatch(/Learned/);
    expect(stdout).not.toMatch(/_secret_[A-Za-z0-9]/);
  });

  test.each(['payintent', 'curl', 'node', 'python', 'ruby', 'go', 'php'])(
    'requests --as %s',
    async (lang) => {
      const { code, stdout } = await runCli(['simulate', 'partial-capture', '--json', '--as', lang]);
      expect(code).toBe(0);
      const [create, capture] = (JSON.parse(stdout) as { steps: Step[] }).steps as [Step, Step];
      expect(create.request.code).toContain('pm_card_visa');
      expect(capture.request.code).toMatch(/1000/);
    },
  );

  test('at its pace, and only between the steps', async () => {
    const began = Date.UTC(2026, 10, 22, 12);
    const { stdout } = await runCli(['simulate', 'manual-capture', '--pace', '1h', '--jsonl'], {
      now: began,
    });
    expect(linesOf(stdout)).toHaveLength(2);
  });

  test('leaves the intent behind, for every other command', async () => {
    const home = temporaryHome();
    const simulation = JSON.parse((await runCli(['simulate', 'create-only', '--json'], { home })).stdout);
    const { stdout } = await runCli(['retrieve', simulation.id, '--json'], { home });
    expect(JSON.parse(stdout)).toMatchObject({ status: 'requires_payment_method' });
  });
});

describe('simulate refuses', () => {
  test('a name there is not, with the nearest one', async () => {
    const { code, stderr } = await runCli(['simulate', 'card-sucess']);
    expect(code).toBe(2);
    expect(stderr).toContain('card-success');
  });

  test('nothing at all', async () => {
    const { code, stderr } = await runCli(['simulate']);
    expect(code).toBe(2);
    expect(stderr).toContain('payintent simulate --list');
  });

  test('on test, a scenario whose customer only the emulator can play, before anything is sent', async () => {
    const key = ['sk', 'test', 'payintentTests'].join('_');
    const { code, stderr } = await runCli(['simulate', '3ds-passed', '--test'], {
      env: { STRIPE_API_KEY: key },
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/only the emulator can play the customer/i);
    expect(stderr).toContain('payintent simulate 3ds-passed --offline');
  });
});

test.each([
  ['--list', 'card-success'],
  ['--record', 'card-success'],
  ['--to', 'succeeded', 'card-success'],
  ['--list', '--diagram'],
  ['--record', '--to', 'succeeded'],
])('simulate %s %s %s is one thing too many', async (...words) => {
  const { code, stderr } = await runCli(['simulate', ...words.filter((word) => word !== undefined)]);
  expect(code).toBe(2);
  expect(stderr).toContain('FLAGS_CONFLICT');
});

test('simulate --fields asks the whole, or its steps', async () => {
  const whole = await runCli(['simulate', '3ds-passed', '--fields', 'name,verdict']);
  expect(whole.stdout).toBe('3ds-passed\tpass\n');
  const steps = await runCli(['simulate', '3ds-passed', '--fields', 'step,status']);
  expect(steps.stdout).toBe('1\trequires_action\n2\tsucceeded\n3\tsucceeded\n');
  const json = await runCli(['simulate', '3ds-passed', '--json', '--fields', 'step,status']);
  expect(JSON.parse(json.stdout)).toEqual([
    { step: 1, status: 'requires_action' },
    { step: 2, status: 'succeeded' },
    { step: 3, status: 'succeeded' },
  ]);
});
