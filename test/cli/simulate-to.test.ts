import { describe, expect, test } from 'vitest';
import { PAYMENT_INTENT_STATUSES } from '../../src/domain/statuses.ts';
import { createIntent, runCli, temporaryHome } from '../support/run-cli.ts';

const STARTS: Readonly<Record<string, readonly string[]>> = {
  new: [],
  chosen: ['--payment-method', 'visa'],
  challenged: ['--payment-method', '3ds', '--confirm'],
  held: ['--payment-method', 'visa', '--capture-method', 'manual', '--confirm'],
  paid: ['--payment-method', 'visa', '--confirm'],
  debited: [
    ...['--currency', 'usd', '--payment-method-types', 'us_bank_account', '--payment-method', 'us-bank'],
    ...['--confirm', '-d', 'mandate_data[customer_acceptance][type]=offline'],
  ],
};

describe('simulate --to', () => {
  test.each(PAYMENT_INTENT_STATUSES)('%s makes an intent that has it', async (status) => {
    const home = temporaryHome();
    const { code, stdout } = await runCli(['simulate', '--to', status, '--json'], { home });
    expect(code).toBe(0);
    const { id, verdict } = JSON.parse(stdout);
    expect(verdict).toBe('pass');
    expect((await runCli(['retrieve', id, '--json'], { home })).json()['status']).toBe(status);
  });

  test.each(Object.entries(STARTS))(
    'brings an intent that is %s wherever a legal way leads',
    async (_, flags) => {
      const reached: string[] = [];
      for (const status of PAYMENT_INTENT_STATUSES) {
        const home = temporaryHome();
        const id = await createIntent(home, ...flags);
        const { code, stderr } = await runCli(['simulate', '--on', id, '--to', status, '--json'], { home });
        if (code === 0) {
          reached.push(status);
          expect((await runCli(['retrieve', id, '--json'], { home })).json()['status']).toBe(status);
        } else {
          expect(code, stderr).toBe(5);
          expect(JSON.parse(stderr).error.message).toContain('No legal way');
        }
      }
      expect(reached).toMatchSnapshot();
    },
  );

  test('an intent that is there already is answered as it is', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    const line = ['simulate', '--on', id, '--to', 'requires_payment_method'];
    const { code, stdout } = await runCli([...line, '--json'], { home });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ id, statuses: ['requires_payment_method'], steps: [] });
    expect((await runCli([...line, '-q'], { home })).stdout).toBe(`${id}\n`);
  });

  test('-q prints one id, for a variable of a shell', async () => {
    const { stdout, stderr } = await runCli(['simulate', '--to', 'requires_capture', '-q']);
    expect(stdout).toMatch(/^pi_\w+\n$/);
    expect(stderr).toBe('');
  });

  test('--on alone says what is missing', async () => {
    const { code, stderr } = await runCli(['simulate', '--on', 'pi_0EibvVPayIntent00SWY22mZ']);
    expect(code).toBe(2);
    expect(stderr).toContain('--to');
  });
});
