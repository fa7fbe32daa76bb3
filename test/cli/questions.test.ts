import { describe, expect, it } from 'vitest';
import { cancel, createIntent, type RunOptions, runCli, temporaryHome } from '../support/run-cli.ts';

describe('create on a terminal', () => {
  it('asks for what it needs', async () => {
    const { code, asked, stdout } = await runCli(['create'], {
      tty: true,
      answers: ['eur', '1099', 'visa', true],
      env: { NO_COLOR: '1' },
    });
    expect(code).toBe(0);
    expect(asked).toEqual([
      'Currency',
      'Amount in minor units (1099 is €10.99)',
      'Payment method',
      'Confirm it now?',
    ]);
    expect(stdout).toMatch(/✓ Created {2}pi_\w+\s+succeeded {2}€10\.99/);
  });

  it('asks only for what is missing', async () => {
    const { asked, code } = await runCli(['create', '--currency', 'jpy', '--payment-method', 'visa'], {
      tty: true,
      answers: ['500'],
    });
    expect(code).toBe(0);
    expect(asked).toEqual(['Amount in minor units (1099 is ¥1,099)']);
  });

  it('leaves with 130 and creates nothing', async () => {
    const home = temporaryHome();
    const { code, stdout } = await runCli(['create'], { home, tty: true, answers: ['eur', cancel] });
    expect([code, stdout]).toEqual([130, '']);
    expect((await runCli(['list', '-q'], { home })).stdout).toBe('');
  });

  it.each([
    ['--no-input', { flags: ['--no-input'], tty: true }],
    ['CI', { env: { CI: 'true' }, tty: true }],
    ['a pipe on stdin', { tty: { stdout: true, stderr: true } }],
    ['a pipe on stdout', { tty: { stdin: true, stderr: true } }],
    ['--json', { flags: ['--json'], tty: true }],
  ])(
    'does not ask with %s, and names the flags',
    async (_name, options: { flags?: string[] } & RunOptions) => {
      const { code, asked, stderr } = await runCli(['create', ...(options.flags ?? [])], options);
      expect([code, asked]).toEqual([2, []]);
      expect(stderr).toContain('--amount and --currency');
    },
  );
});

describe('confirm on a terminal', () => {
  it('offers test methods when the intent has none', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    const { code, asked, stderr } = await runCli(['confirm', id], { home, tty: true, answers: ['declined'] });
    expect([code, asked]).toEqual([3, ['Payment method']]);
    expect(stderr).toContain('generic_decline');
  });

  it('does not ask when the intent has one', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, '--payment-method', 'visa');
    expect(await runCli(['confirm', id], { home, tty: true })).toMatchObject({ code: 0, asked: [] });
  });

  it('lets the API refuse without a terminal', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    const { code, stderr } = await runCli(['confirm', id], { home });
    expect(code).toBe(5);
    expect(stderr).toContain(`payintent confirm ${id} --payment-method visa`);
  });
});

describe('authenticate on a terminal', () => {
  it('asks what the customer does', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, '--payment-method', '3ds', '--confirm');
    const { code, stdout } = await runCli(['authenticate', id], { home, tty: true, answers: ['succeed'] });
    expect(code).toBe(0);
    expect(stdout).toContain('succeeded');
    expect((await runCli(['authenticate', id], { home })).code).toBe(2);
  });
});
