import { describe, expect, test } from 'vitest';
import { TERMS } from '../../src/lessons/glossary/terms.ts';
import { cancel, runCli } from '../support/run-cli.ts';

describe('learn glossary', () => {
  test('lists every term with both of its names', async () => {
    const { stdout, code } = await runCli(['learn', 'glossary']);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(TERMS.length);
    expect(lines[0]).toBe(
      'payment_intent\tPaymentIntent\tنية الدفع\tAn object that follows one payment from the first try to the final result.',
    );
  });

  test('an entry as JSON has everything, in the language asked for', async () => {
    const entry = (await runCli(['learn', 'glossary', 'Payment Intent', '--lang', 'ar', '--json'])).json();
    expect(entry).toMatchObject({
      object: 'glossary_term',
      id: 'payment_intent',
      lang: 'ar',
      name: 'نية الدفع',
      names: { en: 'PaymentIntent', ar: 'نية الدفع' },
    });
    expect(entry['related']).toContainEqual({ relation: 'has', id: 'charge', name: 'عملية الخصم' });
    expect(entry['mistakes']).toHaveLength(3);
  });

  test('a terminal gets every part, within its width', async () => {
    const { stdout } = await runCli(
      ['learn', 'glossary', 'نية الدفع', '--lang', 'en', '--bidi', 'terminal'],
      {
        tty: true,
        columns: 44,
        env: { NO_COLOR: '1' },
      },
    );
    for (const heading of ['Why it matters', 'In full', 'Example', 'Mistakes to avoid', 'Related'])
      expect(stdout).toContain(`\n${heading}\n`);
    expect(stdout).toContain('نية الدفع');
    // Marks of direction take no column.
    const width = (line: string) => [...line.replace(/[\u2066-\u2069\u200e\u200f]/g, '')].length;
    const long = stdout.split('\n').filter((line) => width(line) > 44 && !line.includes('payintent '));
    expect(long).toEqual([]);
  });

  test('the locale chooses the language', async () => {
    const { stdout } = await runCli(['learn', 'glossary', 'refund'], { env: { LANG: 'ar_EG.UTF-8' } });
    expect(stdout.startsWith('الاسترداد')).toBe(true);
  });

  test('a word that is not there is refused with those that are near', async () => {
    const { code, stderr, stdout } = await runCli(['learn', 'glossary', 'refnud']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Did you mean refund?');
  });

  test('one walks from term to term, and back', async () => {
    const { stdout, asked, code } = await runCli(['learn', 'glossary', '--walk'], {
      tty: true,
      env: { NO_COLOR: '1' },
      answers: ['PaymentIntent', 'has: charge', 'has: refund', 'back to charge', 'done'],
    });
    expect(code).toBe(0);
    expect(asked).toEqual(['Term', 'Walk on', 'Walk on', 'Walk on', 'Walk on']);
    const headings = stdout.split('\n').filter((line) => /^(PaymentIntent|charge|refund)$/.test(line));
    expect(headings).toEqual(['PaymentIntent', 'charge', 'refund', 'charge']);
  });

  test('^C ends the walk', async () => {
    const { code } = await runCli(['learn', 'glossary', 'charge', '--walk'], {
      tty: true,
      answers: [cancel],
    });
    expect(code).toBe(130);
  });

  test('without a terminal there is nobody to walk', async () => {
    const { code, stderr } = await runCli(['learn', 'glossary', '--walk']);
    expect(code).toBe(2);
    expect(stderr).toContain('<term>');
  });
});

describe('learn prompt', () => {
  const sections = (prompt: string) => [...prompt.matchAll(/^## /gm)].length;

  test('is filled in with the tools of the learner', async () => {
    const { stdout, code } = await runCli(['learn', 'prompt', '--stack', 'Django and Postgres']);
    expect(code).toBe(0);
    for (const part of [
      '**Django and Postgres**',
      '`pip install stripe`',
      '`request.body`',
      'env --lang python',
    ])
      expect(stdout).toContain(part);
    expect(stdout.endsWith('```\n')).toBe(true);
  });

  test.each([
    ['Next.js', 'await request.text()'],
    ['express + mongo', "express.raw({ type: 'application/json' })"],
    ['Ruby on Rails', 'request.raw_post'],
    ['golang', 'io.ReadAll'],
    ['Laravel', '$request->getContent()'],
    ['Spring Boot', '@RequestBody String payload'],
    ['C# / ASP.NET', 'ReadToEndAsync'],
  ])('of %s it knows where the raw body is', async (stack, body) => {
    expect((await runCli(['learn', 'prompt', '--stack', stack])).stdout).toContain(body);
  });

  test('a stack that is not known stays in its own words', async () => {
    const { stdout } = await runCli(['learn', 'prompt', '--stack', 'COBOL on a mainframe']);
    expect(stdout).toContain('**COBOL on a mainframe**');
    expect(stdout).toContain("Stripe's official library for my language");
  });

  test('without a stack and a terminal a place is left for it', async () => {
    const { stdout, asked } = await runCli(['learn', 'prompt']);
    expect(stdout).toContain('<your language, framework and database>');
    expect(asked).toEqual([]);
  });

  test('on a terminal the stack is asked for', async () => {
    const { stdout, asked } = await runCli(['learn', 'prompt'], { tty: true, answers: ['flask'] });
    expect(asked).toHaveLength(1);
    expect(stdout).toContain('`request.get_data()`');
  });

  test('a term becomes the subject, with its own mistakes', async () => {
    const { stdout } = await runCli(['learn', 'prompt', 'idempotency key', '--stack', 'node']);
    expect(stdout).toContain('## What I want to understand and build: idempotency key');
    expect(stdout).toContain('- Making a new random key for each retry.');
  });

  test('is built the same in Arabic', async () => {
    const prompts = ['en', 'ar'].map((lang) =>
      runCli(['learn', 'prompt', 'refund', '--stack', 'go', '--lang', lang]),
    );
    const [en, ar] = (await Promise.all(prompts)).map(({ stdout }) => stdout) as [string, string];
    expect(sections(en)).toBe(7);
    expect(sections(ar)).toBe(sections(en));
    const code = (text: string) => [...text.matchAll(/`[^`\n]+`/g)].map(([one]) => one).sort();
    expect(code(ar)).toEqual(code(en));
    const items = (text: string) => text.match(/^(- |\d\.)/gm)?.length;
    expect(items(ar)).toBe(items(en));
  });

  test('as JSON', async () => {
    const data = (await runCli(['learn', 'prompt', 'refund', '--stack', 'go', '--json'])).json();
    expect(data).toMatchObject({ object: 'prompt', lang: 'en', term: 'refund', stack: 'go' });
  });
});
