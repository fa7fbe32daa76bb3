import { describe, expect, test } from 'vitest';
import { texts } from '../../src/lessons/en/all.ts';
import { createIntent, type RunOptions, runCli, temporaryHome } from '../support/run-cli.ts';

const ID = 'creating-is-not-charging';
const guess = texts[ID]?.rounds['create']?.predict?.choices['nothing']?.label ?? '';

/** Lines typed in the first round of a lesson; then out. */
function typing(lines: readonly string[], home: string, options: RunOptions = {}) {
  return runCli(['learn', ID], {
    tty: true,
    columns: 200,
    home,
    program: [process.execPath],
    answers: [guess, 'Type it here', ...lines, '', 'Leave'],
    ...options,
    env: { NO_COLOR: '1', PATH: process.env['PATH'] ?? '', ...options.env },
  });
}

describe('lines typed in a lesson', () => {
  test('know what lines before them have set', async () => {
    const home = temporaryHome();
    const id = await createIntent(home);
    const { stdout, code } = await typing([`ID=${id}`, 'payintent retrieve "$ID"', 'unset ID'], home);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`${id} +requires_payment_method`));
  });

  test('that change the directory change it for those after them', async () => {
    const home = temporaryHome();
    const { stderr } = await typing(
      ['mkdir sub && cd sub', 'WHERE=$(basename "$PWD")', 'cd ..', 'payintent retrieve "pi_$WHERE"'],
      home,
    );
    expect(stderr).toContain('pi_sub');
  });

  test('cannot lead the lines after them to another place', async () => {
    const home = temporaryHome();
    const { stderr, code } = await typing(
      ['export PAYINTENT_TARGET=test', 'HERE=$PAYINTENT_TARGET', 'payintent retrieve "pi_$HERE"'],
      home,
    );
    expect(code).toBe(0);
    expect(stderr).toContain('pi_offline');
  });

  test('do not begin another lesson inside this one', async () => {
    const { stderr, stdout } = await typing(
      ['payintent learn', 'payintent learn three-requires', 'payintent learn glossary refund'],
      temporaryHome(),
    );
    expect(stderr.match(/LESSON_OPEN/g)).toHaveLength(2);
    expect(stdout).toMatch(/refund/);
  });

  test('are ended by ^C, and the lesson goes on', async () => {
    let isSent = false;
    const { code, stderr, stdout } = await typing(
      ['payintent create --amount 500 --currency eur --payment-method sepa-debit --confirm --wait 1h'],
      temporaryHome(),
      {
        watch(written, signal) {
          if (isSent || !written.stderr.includes('mandate_data')) return;
          isSent = true;
          signal('SIGINT');
        },
      },
    );
    expect(code).toBe(0);
    expect(stderr).toContain('Stopped.');
    expect(stdout).toContain('your place is kept');
  });

  test.each(['exit', 'quit'])('lead back to the choices by %s', async (word) => {
    const { code, asked } = await typing([], temporaryHome(), {
      answers: [guess, 'Type it here', word, 'Leave'],
    });
    expect(code).toBe(0);
    expect(asked.at(-1)).toBe('What now');
  });
});
