import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHECKS } from '../../src/conformance/checks.ts';
import { openHandler, SECRET, type ServedShop } from '../support/handlers.ts';
import { cancel, type RunOptions, type RunResult, runCli, temporaryHome } from '../support/run-cli.ts';

const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded' }, null, 2);
/** Without the line breaks of a terminal. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');
const plain = { env: { NO_COLOR: '1' } };
const HIDDEN = SECRET.slice('whsec_'.length);

/** A folder with the file `event.json`. */
function folder(text = body): { home: string; file: string } {
  const home = temporaryHome();
  const file = path.join(home, 'event.json');
  writeFileSync(file, text);
  return { home, file };
}

describe('webhook sign', () => {
  test('prints a header that the SDK of Stripe accepts', async () => {
    const { file, home } = folder();
    const now = Date.now();
    const { stdout, stderr, code } = await runCli(
      ['webhook', 'sign', '--payload', file, '--secret', SECRET],
      { home, now },
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^t=\d+,v1=[0-9a-f]{64}\n$/);
    const { webhooks } = new Stripe(['sk', 'test', 'x'].join('_'));
    expect(webhooks.constructEvent(body, stdout.trim(), SECRET).id).toBe('evt_1');
  });

  test('takes the body from stdin and the secret from the environment, a file or a question', async () => {
    const { home } = folder();
    const secretFile = path.join(home, 'secret');
    writeFileSync(secretFile, `${SECRET}\n`);
    const sign = (args: string[], options: RunOptions) =>
      runCli(['webhook', 'sign', '--timestamp', '1795000000', ...args], { home, ...options });
    const env = { PAYINTENT_WEBHOOK_SECRET: SECRET };
    const one = await sign(['--payload', '-'], { stdin: body, env });
    const two = await sign(['--payload', '-', '--secret-file', secretFile], { stdin: body });
    const three = await sign(['--payload', path.join(home, 'event.json')], { tty: true, answers: [SECRET] });
    expect(new Set([one.stdout, two.stdout, three.stdout])).toHaveLength(1);
    expect(one.stdout).toMatch(/^t=1795000000,v1=/);
    const both = await sign(['--payload', '-', '--secret-file', '-'], {});
    expect(both.code).toBe(2);
    const missing = await sign(['--payload', '-'], { stdin: body });
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('PAYINTENT_WEBHOOK_SECRET')]);
    const left = await sign(['--payload', path.join(home, 'event.json')], { tty: true, answers: [cancel] });
    expect([left.code, left.stderr]).toEqual([130, expect.stringContaining('listen --print-secret')]);
  });

  test('says where a line end is signed with the body', async () => {
    const { file, home } = folder(`${body}\n`);
    const { stderr } = await runCli(['webhook', 'sign', '--payload', file, '--secret', SECRET], { home });
    expect(stderr).toContain('--data-binary');
  });
});

describe('webhook verify', () => {
  async function verify(text: string, args: string[] = [], options: RunOptions = {}): Promise<RunResult> {
    const { home, file } = folder();
    const given = path.join(home, 'given.json');
    writeFileSync(given, text);
    const signed = await runCli(['webhook', 'sign', '--payload', file, '--secret', SECRET], { home });
    const header = signed.stdout.trim();
    return runCli(
      ['webhook', 'verify', '--payload', given, '--header', header, '--secret', SECRET, ...args],
      { home, ...options },
    );
  }

  test('ends with 0 where it verifies', async () => {
    const { code, json } = await verify(body, ['--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      verified: true,
      problem: null,
      fix: null,
      difference: null,
      signatures: 1,
    });
  });

  test('ends with 7 where it does not, and says why and what to do', async () => {
    const { code, json, stderr } = await verify(JSON.stringify(JSON.parse(body)), [
      '--json',
      '--framework',
      'django',
    ]);
    expect([code, stderr]).toEqual([7, '']);
    expect(json()).toMatchObject({
      verified: false,
      problem: 'body_changed',
      change: 'json',
      difference: { offset: 1, signedByte: '0a', givenByte: '22' },
      frameworks: [{ id: 'django', fix: expect.stringContaining('request.body') }],
    });
  });

  test.each([80, 44])('draws the difference and the fixes at %i columns', async (columns) => {
    const { stdout } = await verify(JSON.stringify(JSON.parse(body)), [], { tty: true, columns, ...plain });
    expect(stdout).toContain('body_changed');
    expect(stdout).toMatch(/Was .*␊/);
    for (const name of [
      'Express',
      'Next.js',
      'NestJS',
      'Fastify',
      'Hono',
      'Django',
      'Flask',
      'Rails',
      'Laravel',
      'Spring',
      'ASP.NET',
      'Lambda',
    ]) {
      expect(stdout).toContain(name);
    }
    const long = stdout.split('\n').filter((line) => line.length > columns && !/^ {2}(Was|Is) /.test(line));
    expect(long).toEqual([]);
  });

  test('takes a missing header for what it is', async () => {
    const { file, home } = folder();
    const { code, json } = await runCli(
      ['webhook', 'verify', '--payload', file, '--secret', SECRET, '--json'],
      { home },
    );
    expect([code, json()['problem']]).toEqual([7, 'missing_header']);
  });

  test('shows no secret', async () => {
    for (const args of [['--json'], ['--secret', `${SECRET} `, '--debug'], ['--secret', 'x']]) {
      const { stdout, stderr } = await verify(body, args, { tty: true });
      expect(stdout + stderr).not.toContain(HIDDEN);
    }
  });
});

describe('webhook test', () => {
  let right: ServedShop;
  let wrong: ServedShop;
  beforeAll(async () => {
    right = await openHandler('right-plain');
    wrong = await openHandler('wrong/duplicate-serial');
  });
  afterAll(async () => {
    await right.close();
    await wrong.close();
  });

  const testRun = (shop: ServedShop, args: string[] = [], options: RunOptions = {}) =>
    runCli(['webhook', 'test', '--url', `${shop.url}/webhook`, '--secret', SECRET, ...args], {
      now: Date.now(),
      ...options,
    });
  const probe = (shop: ServedShop) => ['--probe-url', `${shop.url}/probe`];
  type Row = { id: string; verdict: string; reason: string; fix: string | null; ms: number };
  const checksOf = (result: RunResult) => result.json()['checks'] as Row[];

  test('ends with 0 for a right handler', async () => {
    const result = await testRun(right, [
      ...probe(right),
      '--order-url',
      `${right.url}/orders`,
      '--break-url',
      `${right.url}/break`,
      '--json',
    ]);
    expect(result.code).toBe(0);
    expect(result.json()).toMatchObject({
      object: 'webhook_test',
      verdict: 'pass',
      probe: 'orders',
      counts: { pass: CHECKS.length, fail: 0, inconclusive: 0, skipped: 0 },
    });
    for (const check of checksOf(result)) {
      expect(check).toEqual({
        id: expect.any(String),
        title: expect.any(String),
        verdict: 'pass',
        reason: expect.any(String),
        fix: null,
        ms: expect.any(Number),
      });
    }
    expect(result.stdout + result.stderr).not.toContain(HIDDEN);
  });

  test('ends with 7 for a wrong one, and says which failure to begin with', async () => {
    const { code, stdout } = await testRun(wrong, probe(wrong), { tty: true, ...plain });
    expect(code).toBe(7);
    expect(stdout).toMatch(/✗ duplicate-serial .*\n {2}Because .*twice\.\n {2}Fix /);
    expect(stdout).toContain('would not survive production');
  });

  test.each([80, 44])('fits %i columns', async (columns) => {
    const { stdout } = await testRun(wrong, probe(wrong), { tty: true, columns, ...plain });
    expect(stdout.split('\n').filter((line) => line.length > columns)).toEqual([]);
  });

  test('without a probe passes no check of what was done', async () => {
    const result = await testRun(wrong, ['--json']);
    expect(result.code).toBe(0);
    const unseen = CHECKS.filter(({ effects }) => effects).map(({ id }) => id);
    expect(unseen).toContain('duplicate-serial');
    for (const { id, verdict } of checksOf(result))
      if (unseen.includes(id)) expect([id, verdict]).toEqual([id, 'inconclusive']);
  });

  test('runs only what is asked for', async () => {
    const only = await testRun(wrong, [
      ...probe(wrong),
      '--only',
      'forged,stale',
      '--skip',
      'stale',
      '--json',
    ]);
    expect(checksOf(only).map(({ id, verdict }) => [id, verdict])).toEqual([
      ['forged', 'pass'],
      ['stale', 'skipped'],
    ]);
    const unknown = await testRun(wrong, ['--only', 'forgd']);
    expect([unknown.code, flat(unknown.stderr)]).toEqual([
      2,
      expect.stringContaining('Did you mean forged?'),
    ]);
  });

  test('takes a command for a probe, and says so where it fails', async () => {
    const line = `node -e "fetch('${right.url}/probe').then(async (r) => console.log(await r.text()))"`;
    const env = { PATH: process.env['PATH'] ?? '' };
    const result = await testRun(right, ['--probe-cmd', line, '--only', 'duplicate-serial', '--json'], {
      env,
    });
    expect(checksOf(result)[0]).toMatchObject({ verdict: 'pass' });
    const failed = await testRun(right, ['--probe-cmd', 'echo nothing >&2; exit 3'], { env });
    expect([failed.code, flat(failed.stderr)]).toEqual([7, expect.stringContaining('ended with 3')]);
  });

  test('writes reports for CI', async () => {
    const home = temporaryHome();
    mkdirSync(path.join(home, 'out'));
    const at = (name: string) => path.join(home, 'out', name);
    const { code } = await testRun(
      wrong,
      [
        ...probe(wrong),
        '--only',
        'forged,duplicate-serial,slow',
        '--skip',
        'slow',
        '--report',
        `junit=${at('r.xml')},tap=${at('r.tap')}`,
        '--report',
        `json=${at('r.json')}`,
      ],
      { home },
    );
    expect(code).toBe(7);
    const xml = readFileSync(at('r.xml'), 'utf8');
    expect(xml).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="webhook test [^"]+" tests="3" failures="1" errors="0" skipped="1"/,
    );
    expect(xml.match(/<testcase /g)).toHaveLength(3);
    expect(xml).toMatch(/<failure message="Delivered twice, fulfilled twice\." type="duplicate-serial">/);
    const tap = readFileSync(at('r.tap'), 'utf8').split('\n');
    expect(tap.slice(0, 2)).toEqual(['TAP version 14', '1..3']);
    expect(tap.filter((line) => /^(not )?ok /.test(line)).map((line) => line.split(':')[0])).toEqual([
      'ok 1 - forged',
      'not ok 2 - duplicate-serial',
      'ok 3 - slow',
    ]);
    expect(JSON.parse(readFileSync(at('r.json'), 'utf8')).counts).toEqual({
      pass: 1,
      fail: 1,
      inconclusive: 0,
      skipped: 1,
    });
    const bad = await testRun(wrong, ['--report', 'junt=x.xml']);
    expect([bad.code, flat(bad.stderr)]).toEqual([2, expect.stringContaining('Did you mean junit?')]);
  });

  test('streams checks with --jsonl', async () => {
    const { stdout } = await testRun(right, ['--only', 'forged,raw-body', '--jsonl']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ object, id }) => [object, id])).toEqual([
      ['webhook_check', 'forged'],
      ['webhook_check', 'raw-body'],
      ['webhook_test', undefined],
    ]);
  });

  test('says that nobody is there, whatever the probe says', async () => {
    const gone = await openHandler('right-plain');
    await gone.close();
    const result = await testRun(gone, [...probe(gone), '--json']);
    expect(result.code).toBe(7);
    const [first, ...rest] = checksOf(result);
    expect(first).toMatchObject({
      id: 'reachable',
      verdict: 'fail',
      fix: expect.stringContaining('Start the app'),
    });
    expect(new Set(rest.map(({ verdict }) => verdict))).toEqual(new Set(['skipped']));
  });

  test.each([
    [['--url', 'ftp://x']],
    [['--url', 'http://']],
    [['--secret', ' ']],
    [['--headers', 'no header']],
    [['--probe-url', 'http://x', '--probe-cmd', 'y']],
  ])('%j is refused', async (args) => {
    expect((await testRun(right, args)).code).toBe(2);
  });

  test('lists its checks', async () => {
    const { code, stdout } = await runCli(['webhook', 'test', '--list']);
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split('\t')[0]),
    ).toEqual(CHECKS.map(({ id }) => id));
  });
});
