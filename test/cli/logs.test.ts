import { describe, expect, it } from 'vitest';
import { createIntent, type RunResult, runCli, temporaryHome } from '../support/run-cli.ts';

/** A home whose emulator got four requests: a payment, one refused, one declined, a read. */
async function usedHome(): Promise<string> {
  const home = temporaryHome();
  await createIntent(home, '--payment-method', 'visa', '--confirm', '--metadata', 'order=42');
  await runCli(['create', '--amount', '1', '--currency', 'eur'], { home });
  await runCli(
    [
      'create',
      '--amount',
      '50',
      '--currency',
      'usd',
      '--confirm',
      '--payment-method',
      'pm_card_chargeDeclined',
    ],
    { home },
  );
  await runCli(['list'], { home });
  return home;
}

const rowsOf = ({ stdout }: RunResult) =>
  stdout
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));

describe('payintent logs', () => {
  it('lists what the commands sent, newest first', async () => {
    const home = await usedHome();
    const result = await runCli(['logs'], { home });
    expect(result.code).toBe(0);
    expect(
      rowsOf(result).map(([id, created, method, path, status]) => [
        id?.slice(0, 5),
        created,
        method,
        path,
        status,
      ]),
    ).toEqual([
      ['req_0', '2026-11-22T12:00:00Z', 'GET', '/v1/payment_intents', '200'],
      ['req_0', '2026-11-22T12:00:00Z', 'POST', '/v1/payment_intents', '402'],
      ['req_0', '2026-11-22T12:00:00Z', 'POST', '/v1/payment_intents', '400'],
      ['req_0', '2026-11-22T12:00:00Z', 'POST', '/v1/payment_intents', '200'],
    ]);
    expect(result.stderr).toMatch(/Next +payintent logs req_0/);
  });

  it.each<[string[], string[]]>([
    [['--failed'], ['402', '400']],
    [['--status', '402'], ['402']],
    [
      ['--status', '2XX'],
      ['200', '200'],
    ],
    [['--method', 'GET'], ['200']],
    [
      ['--path', '/v1'],
      ['200', '402', '400', '200'],
    ],
    [['--path', '/v1/payment'], []],
    [['--failed', '--method', 'POST', '--limit', '1'], ['402']],
    [['--limit', '0'], []],
  ])('%j picks', async (flags, statuses) => {
    const result = await runCli(['logs', ...flags], { home: await usedHome() });
    expect(result.code).toBe(0);
    expect(rowsOf(result).map((row) => row[4])).toEqual(statuses);
  });

  it('prints JSON, one object a line, chosen fields, ids', async () => {
    const home = await usedHome();
    const list = (await runCli(['logs', '--json'], { home })).json() as { data: Record<string, unknown>[] };
    expect(list).toMatchObject({ object: 'list' });
    expect(list.data).toHaveLength(4);
    expect(list.data[1]).toMatchObject({
      object: 'request_log',
      status: 402,
      params: { amount: '50', confirm: 'true' },
      error: { code: 'card_declined', message: 'Your card was declined.' },
    });
    expect(list.data[1]).not.toHaveProperty('response');
    const lines = (await runCli(['logs', '--jsonl'], { home })).stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(list.data);
    const fields = await runCli(['logs', '--fields', 'status,error.code', '--limit', '2'], { home });
    expect(fields.stdout).toBe('200\t\n402\tcard_declined\n');
    const ids = await runCli(['logs', '-q'], { home });
    expect(ids.stdout.trimEnd().split('\n')).toEqual(list.data.map(({ id }) => id));
    expect(ids.stderr).toBe('');
  });

  it('shows one request with its parameters and the answer, secrets masked', async () => {
    const home = await usedHome();
    const id = (await runCli(['logs', '-q', '--status', '200', '--method', 'POST'], { home })).stdout.trim();
    const log = (await runCli(['logs', id, '--json'], { home })).json();
    expect(log).toMatchObject({
      id,
      method: 'POST',
      path: '/v1/payment_intents',
      status: 200,
      error: null,
      params: { amount: '1099', currency: 'eur', metadata: { order: '42' } },
      response: {
        object: 'payment_intent',
        status: 'succeeded',
        client_secret: expect.stringMatching(/^pi_\w+_secret_\*\*\*$/),
      },
    });
    const { stdout } = await runCli(['logs', id, '--show-secrets'], { home, tty: true });
    expect(stdout).toContain('POST /v1/payment_intents');
    expect(stdout).toContain('"order": "42"');
    expect(stdout).toContain('_secret_***');
  });

  it('shows the request that an error names', async () => {
    const home = temporaryHome();
    const failed = await runCli(['create', '--amount', '1', '--currency', 'eur', '--json'], { home });
    const [id = ''] = /req_\w+/.exec(failed.stderr) ?? [];
    const log = (await runCli(['logs', id, '--json'], { home })).json();
    expect(log).toMatchObject({ status: 400, error: { code: 'amount_too_small' } });
  });

  it.each([80, 44])('fits %i columns', async (columns) => {
    const home = await usedHome();
    const { stdout } = await runCli(['logs'], { home, tty: true, columns, env: { NO_COLOR: '1' } });
    for (const line of stdout.trimEnd().split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    expect(stdout.match(/req_0\w{13}/g)).toHaveLength(4);
  });

  it('takes two lines for a request about one intent where 80 columns are too few', async () => {
    const home = temporaryHome();
    const made = await runCli(['create', '--amount', '1099', '--currency', 'eur', '-q'], { home });
    await runCli(['retrieve', made.stdout.trim()], { home });
    const { stdout } = await runCli(['logs', '--method', 'GET'], {
      home,
      tty: true,
      env: { NO_COLOR: '1' },
    });
    expect(stdout.trimEnd().split('\n')).toEqual([
      `12:00:00  200  GET /v1/payment_intents/${made.stdout.trim()}`,
      expect.stringMatching(/^ {2}\d+ms {2}req_0\w{13}$/),
    ]);
  });

  it('says that there is nothing, and makes no state', async () => {
    const home = temporaryHome();
    const none = await runCli(['logs'], { home, tty: true });
    expect(none).toMatchObject({ code: 0, stdout: 'The offline emulator has had no requests.\n' });
    expect((await runCli(['emulator', 'status', '--json'], { home })).json()).toMatchObject({
      exists: false,
    });
    const used = await usedHome();
    const filtered = await runCli(['logs', '--status', '5xx'], { home: used, tty: true });
    expect(filtered.stdout).toBe('No requests of the offline emulator match.\n');
  });

  it('has no requests of a dry run', async () => {
    const home = await usedHome();
    await runCli(['create', '--amount', '900', '--currency', 'eur', '--dry-run'], { home });
    expect(rowsOf(await runCli(['logs'], { home }))).toHaveLength(4);
  });

  it.each<[string[], number, RegExp]>([
    [['req_nobody'], 5, /no request req_nobody/],
    [['req_nobody', '--tail'], 2, /--tail is for many requests/],
    [['--status', '4'], 2, /--status 4 is no HTTP status/],
    [['--method', 'PUT'], 2, /--method does not take "PUT"/],
    [['--limit', '-1'], 2, /less than nothing/],
    [['--test'], 2, /Dashboard only[\s\S]*stripe logs tail/],
    [['--tail', '--state', ':memory:'], 2, /state in memory/],
    [['--fields', 'moon'], 2, /no field "moon"/],
  ])('refuses %j', async (words, code, message) => {
    const result = await runCli(['logs', ...words], { home: temporaryHome() });
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(message);
    expect(result.stdout).toBe('');
  });
});

describe('payintent logs --tail', () => {
  it('goes on with what other processes send, until it is stopped', async () => {
    const home = await usedHome();
    let started = false;
    const result = await runCli(['logs', '--tail', '--limit', '1', '--jsonl'], {
      home,
      watch({ stdout }, signal) {
        if (!started && stdout !== '') {
          started = true;
          void createIntent(home).then((id) => runCli(['retrieve', id], { home }));
        }
        if (stdout.split('\n').length > 3) signal('SIGINT');
      },
    });
    expect(result.code).toBe(130);
    const seen = result.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(seen.map(({ method, path }) => `${String(method)} ${String(path)}`)).toEqual([
      'GET /v1/payment_intents',
      'POST /v1/payment_intents',
      expect.stringMatching(/^GET \/v1\/payment_intents\/pi_/),
    ]);
  });

  it('shows people a line each, and what was wrong', async () => {
    const home = temporaryHome();
    const result = await runCli(['logs', '--tail', '--failed'], {
      home,
      tty: true,
      env: { NO_COLOR: '1' },
      watch({ stdout, stderr }, signal) {
        if (stdout !== '') signal('SIGTERM');
        else if (stderr.includes('^C') && !stderr.includes('Signal')) {
          void runCli(['create', '--amount', '1', '--currency', 'usd'], { home });
        }
      },
    });
    expect(result.code).toBe(143);
    expect(result.stdout).toMatch(
      /^12:00:00 {2}400 {2}POST \/v1\/payment_intents {2}\d+ms {2}req_\w+\n +amount_too_small: Amount must be at least/,
    );
  });

  it('follows a reset', async () => {
    const home = await usedHome();
    let stage = 0;
    const result = await runCli(['logs', '--tail', '--limit', '1', '-q'], {
      home,
      watch({ stdout }, signal) {
        if (stage === 0 && stdout !== '') {
          stage = 1;
          void runCli(['emulator', 'reset', '--yes'], { home }).then(() => createIntent(home));
        } else if (stdout.split('\n').length > 2) signal('SIGINT');
      },
    });
    expect(result.stdout.trimEnd().split('\n')).toHaveLength(2);
  });
});
