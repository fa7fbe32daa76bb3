import { expect, test } from 'vitest';
import { fakeStripe } from '../support/fake-stripe.ts';
import { runCli } from '../support/run-cli.ts';

test.each([
  ['simulate partial-capture --auto'],
  ['simulate --to requires_capture'],
  ['trigger payment_intent.succeeded'],
  ['smoke --skip account-charges,account-capabilities'],
])('%s asks test mode in a version that takes what scenarios send', async (line) => {
  const { env } = await fakeStripe({ strictVersions: true });
  const { code, stdout, stderr } = await runCli([...line.split(' '), '--test'], { env });
  expect(code, `${stdout}${stderr}`).toBe(0);
});

test('what somebody asks for themselves is asked in the version of the SDK', async () => {
  const { env } = await fakeStripe({ strictVersions: true });
  const flags = ['--amount', '500', '--currency', 'usd', '--payment-method-types', 'card', '--test'];
  const { code, stderr } = await runCli(['create', ...flags], { env });
  expect(code).toBe(2);
  expect(stderr).toContain('payment_method_types_no_longer_supported');
});
