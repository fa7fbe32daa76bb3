import net from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { fakeStripe } from '../support/fake-stripe.ts';
import { createIntent, type RunOptions, runCli, temporaryHome } from '../support/run-cli.ts';

const esc = '\u001b';

describe('--json', () => {
  const targets: Record<string, () => Promise<RunOptions>> = {
    offline: async () => ({ home: temporaryHome() }),
    test: async () => ({ home: temporaryHome(), env: (await fakeStripe()).env }),
  };
  describe.each(Object.keys(targets))('on %s', (target) => {
    it.each([false, true])('is the unmodified object and nothing else, terminal: %s', async (tty) => {
      const options = { tty, ...(await (targets[target] ?? targets['offline'])?.()) };
      const created = await runCli(['create', '--amount', '1099', '--currency', 'eur', '--json'], options);
      const id = String(created.json()['id']);
      expect(Object.keys(created.json()).slice(0, 2)).toEqual(['id', 'object']);
      expect(created.json()['client_secret']).toMatch(new RegExp(`^${id}_secret_[A-Za-z0-9]{25}$`));
      const runs = [
        await runCli(['retrieve', id, '--json'], options),
        await runCli(['update', id, '--payment-method', 'visa', '--json'], options),
        await runCli(['list', '--json'], options),
        await runCli(['search', `currency:'eur'`, '--json'], options),
        await runCli(['confirm', id, '--json'], options),
        await runCli(['refund', id, '--yes', '--json'], options),
        await runCli(['explain', id, '--json'], options),
      ];
      for (const { code, stdout, stderr } of runs) {
        expect(code).toBe(0);
        expect(() => JSON.parse(stdout)).not.toThrow();
        expect(stderr).not.toMatch(/[{}]/);
        expect(stdout).not.toContain(esc);
      }
      expect(runs[2]?.json()).toMatchObject({ object: 'list', url: '/v1/payment_intents', has_more: false });
      expect(runs[3]?.json()).toMatchObject({ object: 'search_result' });
    });
  });

  it('takes --fields, also inside lists', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    const one = await runCli(['retrieve', id, '--json', '--fields', 'id,amount_details.tip'], { home });
    expect(one.json()).toEqual({ id, 'amount_details.tip': {} });
    const all = await runCli(['list', '--json', '--fields', 'status'], { home });
    expect(all.json()).toMatchObject({ object: 'list', data: [{ status: 'requires_payment_method' }] });
  });

  it('--jsonl prints one item of a list a line', async () => {
    const home = temporaryHome();
    const ids = [await createIntent(home), await createIntent(home)];
    const { stdout } = await runCli(['list', '--jsonl'], { home });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(lines.sort()).toEqual(ids.sort());
  });
});

describe('in a pipe', () => {
  it('is tab-separated, without a header, with full values and ISO times', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, '--description', 'two\nlines\tand a tab');
    const { stdout } = await runCli(['list', '--fields', 'id,amount,created,customer,description,metadata'], {
      home,
    });
    expect(stdout).toBe(`${id}\t1099\t2026-11-22T12:00:00Z\t\ttwo\\nlines\\tand a tab\t{}\n`);
  });

  it('-q is ids only, and stderr is empty', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    expect(await runCli(['list', '-q'], { home })).toMatchObject({ stdout: `${id}\n`, stderr: '' });
    expect(await runCli(['list', '-q'], { home, tty: true })).toMatchObject({
      stdout: `${id}\n`,
      stderr: '',
    });
  });

  it('says nothing about nothing', async () => {
    expect(await runCli(['list'])).toMatchObject({ code: 0, stdout: '' });
  });
});

describe('lists', () => {
  it('walk as many pages as it takes, and show how to get the next', async () => {
    const home = temporaryHome();
    const made: string[] = [];
    for (let index = 0; index < 12; index += 1) made.push(await createIntent(home));
    const some = await runCli(['list', '--limit', '5', '-q'], { home });
    const ids = some.stdout.trimEnd().split('\n');
    expect(ids).toHaveLength(5);
    const shown = await runCli(['list', '--limit', '5', '--created-gt', '1d'], { home });
    expect(shown.stderr).toContain(`payintent list --limit 5 --created-gt 1d --starting-after ${ids.at(-1)}`);
    const all = await runCli(['list', '--all', '-q'], { home });
    expect(all.stdout.trimEnd().split('\n').sort()).toEqual([...made].sort());
    const found = await runCli(['search', `currency:'eur'`, '--limit', '12', '--json'], { home });
    expect(found.json()['data']).toHaveLength(12);
  });
});

describe('colour', () => {
  const home = () => temporaryHome();
  const argv = ['create', '--amount', '1099', '--currency', 'eur'];

  it('is there on a terminal', async () => {
    const { stdout, stderr } = await runCli(argv, { home: home(), tty: true });
    expect([stdout.includes(esc), stderr.includes(esc)]).toEqual([true, true]);
  });

  it.each([
    ['NO_COLOR', { env: { NO_COLOR: '1' } }],
    ['TERM=dumb', { env: { TERM: 'dumb' } }],
    ['--color never', { flags: ['--color', 'never'] }],
    ['NO_COLOR over FORCE_COLOR', { env: { NO_COLOR: '1', FORCE_COLOR: '1' } }],
  ])(
    'is not there with %s',
    async (_name, { env, flags }: { env?: Record<string, string>; flags?: string[] }) => {
      const dir = home();
      for (const line of [argv, ['list'], ['methods'], ['help'], ['retrieve', 'pi_nope']]) {
        const options = { home: dir, tty: true, ...(env === undefined ? {} : { env }) };
        const { stdout, stderr } = await runCli([...line, ...(flags ?? [])], options);
        expect(stdout + stderr).not.toContain(esc);
      }
    },
  );

  it('is decided for each stream', async () => {
    const { stdout, stderr } = await runCli(argv, { home: home(), tty: { stderr: true } });
    expect([stdout.includes(esc), stderr.includes(esc)]).toEqual([false, true]);
    const forced = await runCli(argv, { home: home(), env: { FORCE_COLOR: '1' } });
    expect(forced.stderr).toContain(esc);
    const flag = await runCli(argv, { home: home(), env: { NO_COLOR: '1' }, tty: true, ...{} });
    expect(flag.stdout).not.toContain(esc);
    const always = await runCli([...argv, '--color', 'always'], { home: home(), env: { NO_COLOR: '1' } });
    expect(always.stderr).toContain(esc);
  });
});

it('marks nothing by a sign alone under ACCESSIBLE', async () => {
  const argv = ['create', '--amount', '1099', '--currency', 'eur', '--color', 'never'];
  const { stdout } = await runCli(argv, { tty: true, env: { ACCESSIBLE: '1' } });
  expect(stdout).toContain('requires_payment_method (now)');
  expect(stdout).not.toContain('●');
});

describe('secrets', () => {
  it('are masked for people unless asked for', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, '--payment-method', '3ds', '--confirm');
    const secret = String((await runCli(['retrieve', id, '--json'], { home })).json()['client_secret']);
    for (const argv of [
      ['retrieve', id],
      ['explain', id],
      ['retrieve', id, '--fields', 'id,client_secret'],
    ]) {
      const { stdout, stderr } = await runCli(argv, { home, tty: true });
      expect(stdout + stderr).not.toContain(secret);
    }
    const shown = await runCli(['retrieve', id, '--show-secrets'], { home, tty: true });
    expect(shown.stdout).toContain(secret);
  });
});

it('opens no connection offline', async () => {
  const connect = vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(() => {
    throw new Error('a connection was opened');
  });
  try {
    const home = temporaryHome();
    const id = await createIntent(home, '--payment-method', 'visa', '--confirm');
    expect((await runCli(['refund', id], { home })).code).toBe(0);
  } finally {
    connect.mockRestore();
  }
});
