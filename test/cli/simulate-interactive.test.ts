import { describe, expect, test } from 'vitest';
import { cancel, type RunOptions, runCli } from '../support/run-cli.ts';

const atTerminal = (answers: RunOptions['answers'], columns = 80) =>
  ({ tty: true, columns, env: { NO_COLOR: '1' }, answers: answers ?? [] }) as const;

const stepsIn = (text: string) => [...text.matchAll(/^Step \d+ of \d+ {2}(.*)$/gm)].map(([, title]) => title);

describe('simulate at a terminal', () => {
  test('waits before every step', async () => {
    const { code, stdout, asked } = await runCli(
      ['simulate', 'decline-and-retry'],
      atTerminal(['next', 'next', 'next', 'done']),
    );
    expect(code).toBe(0);
    expect(asked).toEqual(['What now', 'What now', 'What now', 'And now']);
    expect(stepsIn(stdout)).toEqual([
      'Create the payment and confirm it',
      'Confirm with another card',
      'Wait for the balance transaction',
    ]);
    expect(stdout).toContain('Learned');
  });

  test('explains, and shows the object without its secret', async () => {
    const { stdout } = await runCli(
      ['simulate', 'manual-capture'],
      atTerminal(['next', 'why', 'show object', 'quit']),
    );
    expect(stdout).toMatch(/Now +requires_capture: The money is reserved/);
    expect(stdout).toContain('"capture_method": "manual"');
    expect(stdout).toMatch(/_secret_\*\*\*/);
    expect(stepsIn(stdout)).toHaveLength(2);
  });

  test('lets another way be chosen, which leaves the scenario', async () => {
    const { stdout } = await runCli(
      ['simulate', 'card-two-steps'],
      atTerminal([
        'next',
        'another way',
        'Confirm with a card that needs 3D Secure (requires_action)',
        'another way',
        'The customer passes (succeeded)',
        'done',
      ]),
    );
    expect(stdout).toContain('This leaves the scenario');
    expect(stdout).toMatch(/● succeeded/);
  });

  test('lets a move be tried: a refused one shows the refusal and changes nothing', async () => {
    const { code, stdout } = await runCli(
      ['simulate', 'card-two-steps'],
      atTerminal(['next', 'try your own move', 'capture', 'next', 'try your own move', 'confirm', 'done']),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/Answer +400 payment_intent_unexpected_state/);
    expect(stdout).toMatch(/● succeeded/);
  });

  test('a move of your own takes flags and short names of test methods', async () => {
    const { stdout } = await runCli(
      ['simulate', 'create-only'],
      atTerminal(['next', 'try your own move', 'confirm --payment-method insufficient-funds', 'done']),
    );
    expect(stdout).toContain('insufficient_funds');
  });

  test('a customer who has nothing to answer is refused as well', async () => {
    const { code, stdout } = await runCli(
      ['simulate', 'create-only'],
      atTerminal(['next', 'try your own move', 'authenticate', 'done']),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/Answer +400/);
  });

  test('shows the request before it is sent', async () => {
    const { stdout } = await runCli(['simulate', 'card-success'], atTerminal([cancel]));
    expect(stdout).toMatch(/^Card payment, created and confirmed in one call$/m);
    expect(stdout).toContain('--payment-method pm_card_visa');
    expect(stdout).not.toContain('Status');
  });

  test('offers a refund of what was paid, and what a bank can still answer', async () => {
    const paid = await runCli(
      ['simulate', 'card-success'],
      atTerminal(['next', 'next', 'another way', 'Refund (succeeded)', 'done']),
    );
    expect(paid.stdout).toContain('refund.created');
    expect(paid.stdout).not.toContain('✗');
    const debited = await runCli(
      ['simulate', 'bank-debit-failed'],
      atTerminal(['next', 'another way', 'Wait for the bank (requires_payment_method)', 'done']),
    );
    expect(debited.stdout).toContain('payment_intent.payment_failed');
    expect(debited.stdout).not.toContain('✗');
  });

  test('a move of your own takes metadata, and values with spaces', async () => {
    const { stdout } = await runCli(
      ['simulate', 'create-only'],
      atTerminal([
        'next',
        'try your own move',
        'update --metadata order=6735 --metadata "gift=for Jenny" --description "Two books"',
        'show object',
        'done',
      ]),
    );
    expect(stdout).toContain('"order": "6735"');
    expect(stdout).toContain('"gift": "for Jenny"');
    expect(stdout).toContain('"description": "Two books"');
  });

  test('is left with ^C', async () => {
    const { code, stderr } = await runCli(['simulate', 'card-success'], atTerminal(['next', cancel]));
    expect(code).toBe(130);
    expect(stderr).toContain('payintent timeline pi_');
  });

  test('offers the scenarios when none is named', async () => {
    const { asked, stdout } = await runCli(
      ['simulate'],
      atTerminal(['Card payments', 'Create an intent and nothing else', 'next', 'done'], 44),
    );
    expect(asked.slice(0, 2)).toEqual(['About', 'Scenario']);
    expect(stdout).toContain('requires_payment_method');
  });
});
