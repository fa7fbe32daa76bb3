import { describe, expect, test } from 'vitest';
import { PAYMENT_INTENT_STATUSES } from '../../src/domain/statuses.ts';
import { TRANSITIONS } from '../../src/domain/transitions.ts';
import { runCli, temporaryHome } from '../support/run-cli.ts';

describe('simulate --diagram', () => {
  test.each([44, 80])('draws every move of the table within %i columns', async (columns) => {
    const { code, stdout } = await runCli(['simulate', '--diagram'], {
      tty: true,
      columns,
      env: { NO_COLOR: '1' },
    });
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => [...line].length > columns)).toEqual([]);
    const branches = stdout.split('\n').filter((line) => /^ {4}[├└]─ /.test(line));
    expect(branches).toHaveLength(TRANSITIONS.length);
    for (const status of PAYMENT_INTENT_STATUSES) expect(stdout).toContain(status);
  });

  test('as Mermaid has an arrow for every way from one status to another', async () => {
    const { stdout } = await runCli(['simulate', '--diagram', '--format', 'mermaid']);
    const pairs = new Set(TRANSITIONS.flatMap(({ from, to }) => to.map((status) => `${from} --> ${status}`)));
    const drawn = [...stdout.matchAll(/^ {2}(\w+ --> \w+): /gm)].map(([, pair]) => pair);
    expect(new Set(drawn)).toEqual(pairs);
  });

  test('of a scenario follows its statuses', async () => {
    const { stdout } = await runCli(['simulate', 'many-attempts', '--diagram', '--format', 'mermaid']);
    expect(stdout).toContain('[*] --> requires_payment_method: 1 Create the payment');
    expect(stdout).toContain('requires_action --> succeeded: 12 ');
  });

  test.each(['svg', 'html'])('as %s is self-contained', async (format) => {
    for (const argv of [['simulate'], ['simulate', 'refund']]) {
      const { code, stdout } = await runCli([...argv, '--diagram', '--format', format]);
      expect(code).toBe(0);
      expect(stdout).toContain('<svg ');
      expect(stdout).not.toMatch(/<script|<link(?! rel="icon" href="data:,")|\ssrc=|url\(/);
      expect(stdout.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
      for (const status of PAYMENT_INTENT_STATUSES) expect(stdout).toContain(status);
    }
  });
});

describe('timeline', () => {
  async function simulated(name: string) {
    const home = temporaryHome();
    const { stdout } = await runCli(['simulate', name, '--json'], { home });
    return { home, id: JSON.parse(stdout).id as string };
  }

  test('shows every request, event and status of an intent in order', async () => {
    const { home, id } = await simulated('decline-and-retry');
    const { stdout } = await runCli(['timeline', id, '--json'], { home });
    const moments = JSON.parse(stdout) as {
      title: string;
      status: string;
      request: { status: number } | null;
      events: { type: string }[];
    }[];
    expect(moments.map(({ status }) => status)).toEqual([
      'requires_payment_method',
      'succeeded',
      'succeeded',
    ]);
    expect(moments.map(({ request }) => request?.status)).toEqual([402, 200, undefined]);
    expect(moments[0]?.events.map(({ type }) => type)).toEqual([
      'payment_intent.created',
      'charge.failed',
      'payment_intent.payment_failed',
    ]);
  });

  test('knows of changes that send no event', async () => {
    const { home, id } = await simulated('card-two-steps');
    const { stdout } = await runCli(['timeline', id, '--json'], { home });
    const statuses = (JSON.parse(stdout) as { status: string }[]).map(({ status }) => status);
    expect(statuses).toContain('requires_confirmation');
  });

  test('fits a narrow terminal, and is one page as HTML', async () => {
    const { home, id } = await simulated('manual-capture');
    const narrow = await runCli(['timeline', id], { home, tty: true, columns: 44, env: { NO_COLOR: '1' } });
    const wide = narrow.stdout.split('\n').filter((line) => [...line].length > 44 && !line.includes('pi_'));
    expect(wide).toEqual([]);
    const page = await runCli(['timeline', id, '--format', 'html'], { home });
    expect(page.stdout).toContain(id);
    expect(page.stdout).not.toMatch(/<script|_secret_[A-Za-z0-9]{10}/);
    expect(page.stdout).toContain('payment_intent.amount_capturable_updated');
  });

  test('of an intent there is not', async () => {
    const { code } = await runCli(['timeline', 'pi_0EibvVPayIntent00SWY22mZ']);
    expect(code).toBe(5);
  });
});
