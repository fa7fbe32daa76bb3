import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAddress, readHeaders } from '../../src/cli/listen/addresses.ts';
import { withVariables, writeEnvFile } from '../../src/cli/listen/env-file.ts';
import { openPalette } from '../../src/cli/palette.ts';
import type { Ui } from '../../src/cli/ui.ts';
import { attemptLines } from '../../src/cli/views/attempt-view.ts';
import { createEventReader, eventLines, shownEvent } from '../../src/cli/views/event-view.ts';
import { matchesAnyPattern } from '../../src/domain/event-patterns.ts';
import { eventTypeNames } from '../../src/gateway/event-type-names.ts';
import type { Attempt } from '../../src/gateway/forwarding/forward.ts';
import { createIntent, runCli, temporaryHome } from '../support/run-cli.ts';

/** The time of the in-process host. */
const testNow = Date.UTC(2026, 10, 22, 12);
const plain = await openPalette(false);

const ui = (width: number): Ui => ({
  width,
  color: plain,
  now: testNow,
  showSecrets: false,
  accessible: false,
});

describe('listen', () => {
  test('--print-secret prints the secret alone, the same every time, each route its own', async () => {
    const home = temporaryHome();
    const first = await runCli(['listen', '--print-secret'], { home });
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^whsec_\w{32,}\n$/);
    expect((await runCli(['listen', '--print-secret', '-f', 'localhost:1/a'], { home })).stdout).toBe(
      first.stdout,
    );
    expect(statSync(join(home, 'webhook-secret')).mode & 0o777).toBe(0o600);
    const routes = ['--route', 'charge.*=localhost:1/a', '--route', 'refund.*=localhost:1/b'];
    const both = await runCli(['listen', '--print-secret', ...routes], { home });
    expect(both.stdout).toMatch(
      /^whsec_\w+\tcharge\.\*=http:\/\/localhost:1\/a\nwhsec_\w+\trefund\.\*=http:\/\/localhost:1\/b\n$/,
    );
    expect((await runCli(['listen', '--print-secret', ...routes], { home })).stdout).toBe(both.stdout);
    const own = { PAYINTENT_WEBHOOK_SECRET: 'whsec_own' };
    expect((await runCli(['listen', '--print-secret'], { home, env: own })).stdout).toBe('whsec_own\n');
    const json = (await runCli(['listen', '--print-secret', '--json', ...routes], { home })).json();
    expect(json).toMatchObject({ secret: first.stdout.trim(), routes: [{ route: /charge/ }, {}] });
  });

  test('--env-file gets a variable for each secret', async () => {
    const home = temporaryHome();
    const flags = [
      '--env-file',
      '.env',
      '--env-key',
      'HOOK',
      '--route',
      'charge.*=localhost:1',
      '-f',
      'localhost:2',
    ];
    const { stdout } = await runCli(['listen', '--print-secret', ...flags], { home });
    const secrets = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0]);
    expect(readFileSync(join(home, '.env'), 'utf8')).toBe(`HOOK=${secrets[0]}\nHOOK_2=${secrets[1]}\n`);
    expect(statSync(join(home, '.env')).mode & 0o777).toBe(0o600);
  });

  test('shows what happened a while ago, for people and for cut', async () => {
    const home = temporaryHome();
    const id = await createIntent(home, '--payment-method', 'visa', '--confirm');
    const words = ['listen', '--backfill', '1h', '--until', 'payment_intent.succeeded', '--timeout', '9s'];
    const shown = await runCli(words, {
      home,
      tty: { stdout: true },
      columns: 80,
      env: { NO_COLOR: '1' },
    });
    expect(shown.code).toBe(0);
    expect(shown.stdout).toBe(
      [
        id,
        '  12:00:00 payment_intent.created           €10.99  requires_payment_method',
        '  12:00:00 charge.succeeded                 €10.99  succeeded',
        '  12:00:00 payment_intent.succeeded  €10.99  requires_payment_method → succeeded',
        '           fulfil the order on this event, once',
        '',
      ].join('\n'),
    );
    const piped = await runCli([...words, '-q'], { home });
    expect(piped.stdout).toMatch(/^(evt_\w+\n){3}$/);
    expect(piped.stderr).toBe('');
    const table = await runCli([...words, '--events', 'charge.*,payment_intent.succeeded'], { home });
    const rows = table.stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    expect(rows.map(([type]) => type)).toEqual(['ready', 'event', 'event', 'stopped']);
    expect(rows[2]?.slice(1, 8)).toEqual([
      '2026-11-22T12:00:00Z',
      expect.stringMatching(/^evt_/),
      'payment_intent.succeeded',
      id,
      '1099',
      'eur',
      'succeeded',
    ]);
  });

  test.each([
    [['--events', 'payment_intent.suceeded'], 'payment_intent.succeeded'],
    [['--events', 'payment_intent.confirmed'], 'Stripe sends payment_intent.succeeded'],
    [['--events', 'nothing.*'], 'nothing.*'],
    [['--until', 'charge.created'], 'charge.succeeded'],
    [['--forward-to', 'ftp://x'], '--forward-to'],
    [['--forward-to', 'http://'], '--forward-to'],
    [['-f', 'localhost:1', '-f', 'http://localhost:1/'], 'twice'],
    [['--route', 'localhost:3000/webhook'], '--route'],
    [['--headers', 'nonsense'], '--headers'],
    [['--inject', 'explode'], 'explode'],
    [['--inject', 'delay=often'], 'delay'],
    [['--seed', '3'], '--inject'],
    [['--time-scale', 'fast'], '--time-scale'],
    [['--once', '--max', '3'], '--once'],
    [['--max', '0'], '--max'],
    [['--env-file', 'x', '--env-key', 'A-B'], '--env-key'],
    [['--env-key', 'SECRET'], '--dotenv'],
    [['--inject', 'duplicate=2'], '--forward-to'],
    [['--headers', 'X-A: b'], '--forward-to'],
    [['--skip-verify'], '--forward-to'],
    [['--route', 'nothing.*=localhost:3000'], '--route: there are no events'],
    [['--source', 'stripe-cli'], '--test'],
    [['--state', ':memory:'], '--state'],
  ])('refuses %j', async (flags, text) => {
    const result = await runCli(['listen', '--offline', '--timeout', '1s', ...flags]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(text);
    expect(result.stdout).toBe('');
  });

  test('names the file it cannot write', async () => {
    const home = temporaryHome();
    for (const flags of [
      ['--ready-file', 'missing/ready'],
      ['--env-file', 'missing/.env'],
    ]) {
      const result = await runCli(['listen', '--json', '--timeout', '1s', ...flags], { home });
      expect([result.code, result.stderr]).toEqual([2, expect.stringContaining('FILE_UNREADABLE')]);
    }
  });
});

describe('addresses and headers', () => {
  test.each([
    ['localhost:3000/hook', 'http://localhost:3000/hook'],
    ['3000/hook', 'http://localhost:3000/hook'],
    [':3000', 'http://localhost:3000/'],
    ['3000', 'http://localhost:3000/'],
    ['app.test/hook?a=b', 'http://app.test/hook?a=b'],
    ['https://app.test:8443/#x', 'https://app.test:8443/'],
    ['127.0.0.1:80/a', 'http://127.0.0.1/a'],
    ['http://[::1]:3000/a', 'http://[::1]:3000/a'],
  ])('%s is %s', (typed, url) => {
    expect(readAddress('--forward-to', typed)).toBe(url);
  });

  test('headers, one or several in a text', () => {
    expect(readHeaders(['A: 1', 'B=2', 'C: x, y', 'D: 1, E: 2', 'F:', 'G: http://a:1'])).toEqual({
      A: '1',
      B: '2',
      C: 'x, y',
      D: '1',
      E: '2',
      F: '',
      G: 'http://a:1',
    });
    for (const wrong of ['A', ': b', 'A b: c', 'A: b\nC: d'])
      expect(() => readHeaders([wrong])).toThrow('no header');
  });

  test('patterns', () => {
    expect(matchesAnyPattern([], 'a.b')).toBe(true);
    expect(matchesAnyPattern(['*'], 'a.b')).toBe(true);
    expect(matchesAnyPattern(['charge.*'], 'charge.dispute.created')).toBe(true);
    expect(matchesAnyPattern(['charge.*', 'x.y'], 'charges.z')).toBe(false);
    expect(matchesAnyPattern(['payment_intent.created'], 'payment_intent.created')).toBe(true);
  });
});

describe('files of variables', () => {
  test.each([
    ['', 'K=v\n'],
    ['A=1', 'A=1\nK=v\n'],
    ['A=1\r\n', 'A=1\r\nK=v\r\n'],
    ['K=old\nA=1\n', 'K=v\nA=1\n'],
    ['export K = "old" # why\n', 'export K = v\n'],
    ['# K=old\nAK=1\nK_2=x\n', '# K=old\nAK=1\nK_2=x\nK=v\n'],
    ['K=1\nK=2', 'K=v\nK=v'],
  ])('%j becomes %j', (before, after) => {
    expect(withVariables(before, { K: 'v' })).toBe(after);
    expect(withVariables(after, { K: 'v' })).toBe(after);
  });

  test('are written only when they change, through links, keeping their rights', () => {
    const home = temporaryHome();
    mkdirSync(join(home, 'real'));
    const [real, link] = [join(home, 'real', 'env'), join(home, '.env')];
    writeFileSync(real, 'A=1\n', { mode: 0o640 });
    symlinkSync(real, link);
    expect(writeEnvFile(link, { K: '$&' })).toBe(true);
    expect(readFileSync(real, 'utf8')).toBe('A=1\nK=$&\n');
    expect(statSync(real).mode & 0o777).toBe(0o640);
    const { ino } = statSync(real);
    expect(writeEnvFile(link, { K: '$&' })).toBe(false);
    expect(statSync(real).ino).toBe(ino);
  });
});

const intent = (status: string, more: Record<string, unknown> = {}) => ({
  id: 'pi_1',
  object: 'payment_intent',
  amount: 1099,
  currency: 'eur',
  status,
  client_secret: 'pi_1_secret_abcdef',
  ...more,
});
const event = (type: string, object: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  id: 'evt_1',
  type,
  created: 1_795_348_800,
  data: { object, ...more },
});

describe('lines about events', () => {
  test('follow the status of each intent and put what belongs together in one group', () => {
    const read = createEventReader();
    read(event('payment_intent.created', intent('requires_payment_method')));
    const charge = read(
      event('charge.refunded', { id: 'ch_1', payment_intent: 'pi_1', amount: 5, amount_refunded: 3 }),
    );
    expect(charge).toMatchObject({ group: 'pi_1', subject: 'ch_1', amount: 3, before: undefined });
    expect(read(event('payment_intent.processing', intent('processing')))).toMatchObject({
      before: 'requires_payment_method',
      status: 'processing',
      fulfil: false,
    });
    const failed = intent('requires_payment_method', {
      last_payment_error: { code: 'card_declined', decline_code: 'lost_card' },
    });
    expect(read(event('payment_intent.payment_failed', failed))).toMatchObject({
      before: 'processing',
      hint: 'lost_card: nothing was paid',
    });
    const expanded = { id: 'ch_2', payment_intent: { id: 'pi_9' } };
    expect(read(event('charge.updated', expanded)).group).toBe('pi_9');
    const applied = { id: 'ccsbtxn_1', applied_to_payment: { payment_intent: 'pi_8' } };
    expect(read(event('customer_cash_balance_transaction.created', applied)).group).toBe('pi_8');
    expect(read(event('balance.available', { object: 'balance' })).group).toBe('balance.available');
  });

  test.each([120, 80, 60, 44, 30])('fit %i columns', (width) => {
    const read = createEventReader();
    read(event('payment_intent.created', intent('requires_payment_method')));
    const facts = read(
      event('payment_intent.succeeded', intent('succeeded', { amount_received: 109_900_000 })),
    );
    const lines = eventLines(facts, ui(width)).split('\n');
    expect(lines.filter((line) => line.length > Math.max(width, 36))).toEqual([]);
    expect(lines.join(' ').replace(/\s+/g, ' ')).toContain('payment_intent.succeeded €1,099,000.00');
    expect(lines.join(' ').replace(/\s+/g, ' ')).toContain('requires_payment_method → succeeded');
  });

  test.each([80, 44])('types are never cut at %i columns, and no line is empty', (width) => {
    const read = createEventReader();
    for (const type of eventTypeNames()) {
      const bare = read(event(type, { object: 'thing', id: 'x_1' }));
      const answer = attemptLines(
        {
          eventId: 'evt_1',
          eventType: type,
          url: 'http://localhost:3000/',
          number: 1,
          status: 'succeeded',
          httpStatus: 200,
          milliseconds: 1234,
          reason: undefined,
          message: undefined,
          body: '',
          bodyCut: false,
          retryAt: undefined,
          faults: [],
        },
        ui(width),
        { showUrl: false, wholeBodies: false, now: testNow },
      );
      for (const text of [eventLines(bare, ui(width)), answer]) {
        expect(text).toContain(type);
        for (const line of text.split('\n')) {
          expect(line.trim()).not.toBe('');
          if (type.length <= width - 2) expect(line.length).toBeLessThanOrEqual(width);
        }
      }
    }
  });

  test('events for programs hide client secrets unless asked', () => {
    const one = event('payment_intent.created', intent('succeeded'));
    expect(JSON.stringify(shownEvent(one, false))).not.toContain('abcdef');
    expect(shownEvent(one, true)).toBe(one);
  });

  test('an answer that is no good: why, the start of its body without control characters, and what follows', () => {
    const attempt: Attempt = {
      eventId: 'evt_1',
      eventType: 'charge.succeeded',
      url: 'http://localhost:3000/',
      number: 2,
      status: 'failed',
      httpStatus: 500,
      milliseconds: 12.3,
      reason: undefined,
      message: undefined,
      body: `\u001b[2Jboom\nat x${'y'.repeat(600)}`,
      bodyCut: false,
      retryAt: testNow + 3000,
      faults: ['drop-ack'],
    };
    const options = { showUrl: false, wholeBodies: false, now: testNow };
    const text = attemptLines(attempt, ui(80), options);
    expect(text).toContain('← 500  12 ms  charge.succeeded  to http://localhost:3000/');
    expect(text).toContain('�[2Jboom');
    expect(text).toContain('y …');
    expect(text).toContain('injected: drop-ack');
    expect(text).toContain('evt_1  attempt 3 follows in 3 s');
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const whole = attemptLines(attempt, ui(80), { ...options, wholeBodies: true });
    expect(whole.match(/y/g)).toHaveLength(600);
    const dead = { ...attempt, status: 'dead', httpStatus: undefined, reason: 'refused', body: '' } as const;
    expect(attemptLines(dead, ui(44), options)).toContain('given up after 2 attempts');
    const fine = { ...attempt, status: 'succeeded', httpStatus: 204, faults: [] } as const;
    expect(attemptLines(fine, ui(80), options)).toBe('           ← 204  12 ms  charge.succeeded');
    const accessible = attemptLines(fine, { ...ui(80), accessible: true }, options);
    expect(accessible).not.toContain('←');
  });
});
