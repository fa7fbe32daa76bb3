import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LESSONS } from '../../src/lessons/curriculum.ts';
import type { Lang } from '../../src/lessons/text.ts';
import { loadTexts } from '../../src/lessons/texts.ts';
import { cancel, createIntent, type RunOptions, runCli, temporaryHome } from '../support/run-cli.ts';

const texts = { en: await loadTexts('en'), ar: await loadTexts('ar') };

/** The lesson that the lead example of the documents is about. */
const ID = 'creating-is-not-charging';

function lessonOf(id: string) {
  const lesson = LESSONS.find((one) => one.id === id);
  if (lesson === undefined) throw new Error(`no lesson ${id}`);
  return lesson;
}

/** Wide enough for every answer to stand on one line. */
const atTerminal = (home: string, answers: RunOptions['answers'], columns = 200) =>
  ({
    tty: true,
    columns,
    home,
    env: { NO_COLOR: '1', PATH: process.env['PATH'] ?? '' },
    answers: answers ?? [],
  }) as const;

/** Words as a question shows them. */
const bare = (text: string) => text.replaceAll('`', '');

/** The answers that lead through the rounds `from` to `to`, counted from 0: the right guess, then what the player does. */
function through(id: string, from = 0, to = Number.POSITIVE_INFINITY): string[] {
  const { rounds } = lessonOf(id);
  return rounds.slice(from, to).flatMap(({ id: round, predict }, index) => {
    const next = rounds[from + index + 1];
    const said = texts.en[id]?.rounds;
    return [
      ...(predict === undefined ? [] : [bare(said?.[round]?.predict?.choices[predict.right]?.label ?? '')]),
      'Do it for me',
      ...(next === undefined ? [] : [`Next: ${bare(said?.[next.id]?.title ?? '')}`]),
    ];
  });
}

/** As `$(…)` gets it. */
const secretOf = async (home: string, intent: string): Promise<string> =>
  (await runCli(['retrieve', intent, '--fields', 'client_secret', '--show-secrets'], { home })).stdout;

/** The answers that lead to the end of so many rounds, and out. */
const leavingAfter = (rounds: number): string[] => [...through(ID, 0, rounds).slice(0, -1), 'Leave'];

const ROUNDS = lessonOf(ID).rounds.length;

describe('a lesson at a terminal', () => {
  test('asks, does, looks, explains, and ends', async () => {
    const home = temporaryHome();
    const { code, stdout, asked, stderr } = await runCli(['learn', ID], atTerminal(home, through(ID)));
    expect(code, stdout + stderr).toBe(0);
    expect(asked.filter((question) => question === 'Your guess').length).toBeGreaterThan(0);
    expect(stdout.match(/^Round \d of \d · /gm)).toHaveLength(ROUNDS);
    expect(stdout.match(/^Why$/gm)).toHaveLength(ROUNDS);
    expect(stdout).toContain('✓ Done: Creating is not charging');
    expect(stdout).toContain('payintent learn glossary payment_intent');
    const list = (await runCli(['learn', '--list', '--json'], { home })).json();
    const rows = list['data'] as { id: string; progress: { state: string } }[];
    expect(rows.find(({ id }) => id === ID)?.progress).toMatchObject({ state: 'done', of: ROUNDS });
  });

  test('a line typed with payintent runs here, and is looked at', async () => {
    const home = temporaryHome();
    const { stdout } = await runCli(
      ['learn', ID],
      atTerminal(home, [
        through(ID)[0] as string,
        'Type it here',
        'payintent list',
        'payintent create --amount 700 \\\n  --currency "eur"',
        'Leave',
      ]),
    );
    const [, typed = ''] = stdout.split('An empty line leads back');
    expect(typed).toContain('No payment intents in the offline emulator');
    expect(typed).toMatch(/– There is no new intent yet/);
    expect(typed).toMatch(/Created +pi_0\w+ +requires_payment_method +€7.00/);
    expect(typed.match(/^✓ /gm)?.length).toBeGreaterThan(1);
  });

  test('any other line is run by the shell, which finds the emulator', async () => {
    const home = temporaryHome();
    const request =
      "fetch(process.env.STRIPE_API_BASE+'/v1/payment_intents',{method:'POST',body:'amount=500&currency=usd',headers:{authorization:'Bearer '+process.env.STRIPE_SECRET_KEY,'content-type':'application/x-www-form-urlencoded'}})";
    const { stdout, code } = await runCli(
      ['learn', ID],
      atTerminal(home, [through(ID)[0] as string, 'Type it here', `node -e "${request}" | cat`, 'Leave']),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ The intent is there/);
    expect(stdout).toContain('Why');
  });

  test('says how to get there from elsewhere, in another language, and what is missing', async () => {
    const home = temporaryHome();
    const { stdout } = await runCli(
      ['learn', ID, '--state', 'other.db'],
      atTerminal(home, [
        through(ID)[0] as string,
        'Hint',
        'Another language',
        'python',
        'Use another terminal',
        'Leave',
      ]),
    );
    expect(stdout).toMatch(/– There is no new intent yet/);
    expect(stdout).toContain('client.v1.payment_intents.create(');
    expect(stdout).toContain('client = stripe.StripeClient(');
    expect(stdout).toMatch(/payintent list --state \S+other\.db/);
    expect(stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
    expect(stdout).toContain('eval "$(payintent emulator env');
  });

  test('with a key around, it still stays with the emulator', async () => {
    const home = temporaryHome();
    const { stdout, code } = await runCli(['learn', ID], {
      ...atTerminal(home, [
        through(ID)[0] as string,
        'Type it here',
        'payintent create --amount 500 --currency usd',
        'Leave',
      ]),
      env: { NO_COLOR: '1', STRIPE_API_KEY: ['sk', 'test', 'somebody'].join('_') },
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ The intent is there/);
  });

  test('what is done for the learner is shown as a command would have shown it', async () => {
    const home = temporaryHome();
    const { stdout } = await runCli(['learn', ID], atTerminal(home, through(ID)));
    expect(stdout).toMatch(/✓ Created {2}pi_0\w+ {2}requires_payment_method {2}\$50\.00/);
    expect(stdout).toContain('…_secret_***');
    expect(stdout).toMatch(/✓ Confirmed {2}pi_0\w+ {2}succeeded/);
    expect(stdout).toMatch(/✗ 400 payment_intent_unexpected_state: /);
    expect(stdout).not.toMatch(/_secret_[A-Za-z0-9]/);
  });

  test('a decline is shown with the intent that it leaves behind', async () => {
    const { stdout } = await runCli(
      ['learn', 'a-decline-is-not-the-end'],
      atTerminal(temporaryHome(), [...through('a-decline-is-not-the-end', 0, 1).slice(0, 2), 'Leave']),
    );
    expect(stdout).toMatch(/✗ 402 card_declined insufficient_funds: /);
    expect(stdout).toMatch(/pi_0\w+ {2}requires_payment_method {2}\$45\.00/);
  });

  test('requests with a secret can be pasted: a line reads it, and the next ones use it', async () => {
    const home = temporaryHome();
    const id = 'the-client-secret';
    const { stdout } = await runCli(['learn', id], atTerminal(home, [through(id)[0] as string, 'Leave']));
    const [, intent] = /^ {2}SECRET=\$\(payintent retrieve (pi_0\w+) --fields/m.exec(stdout) ?? [];
    expect(stdout).toContain(`payment_intents/${intent}/confirm`);
    expect(stdout.match(/client_secret=\$SECRET/g)).toHaveLength(2);
    const again = await runCli(['learn', id], {
      ...atTerminal(home, [
        'Go on there',
        ...['Type it here', `SECRET=${(await secretOf(home, intent ?? '')).trim()}`],
        `curl -s "$STRIPE_API_BASE/v1/payment_intents/${intent}/confirm" -u "$STRIPE_PUBLISHABLE_KEY:" -d client_secret=$SECRET -d payment_method=pm_card_visa -o /dev/null`,
        ...['', 'Leave'],
      ]),
      program: [process.execPath],
    });
    expect(again.stdout).toContain('✓ The page has confirmed it');
  });

  test('the address of the shop is one that a shell fills in', async () => {
    const { stdout } = await runCli(['learn', 'nobody-listens', '--print']);
    expect(stdout).toContain('--return-url $SHOP/return');
    const inCurl = await runCli(['learn', 'nobody-listens', '--print', '--as', 'curl']);
    expect(inCurl.stdout).toContain('--data-urlencode return_url=$SHOP/return');
  });

  test('where a secret is to be seen, the command shows it', async () => {
    const { stdout } = await runCli(['learn', 'what-an-intent-is', '--print']);
    expect(stdout).toContain('payintent retrieve pi_… --show-secrets');
    const inNode = await runCli(['learn', 'what-an-intent-is', '--print', '--as', 'node']);
    expect(inNode.stdout).not.toContain("('pi_…') --show-secrets");
  });

  test('hints name the intent of the lesson', async () => {
    const home = temporaryHome();
    const [guess = ''] = through(ID, 1, 2);
    const { stdout } = await runCli(
      ['learn', ID],
      atTerminal(home, [...through(ID, 0, 2).slice(0, 3), guess, 'Hint', 'Leave']),
    );
    const [, id] = /Created {2}(pi_0\w+)/.exec(stdout) ?? [];
    expect(stdout).toContain(`Type: payintent update ${id} --payment-method visa`);
    expect(stdout).not.toContain('pi_…');
  });

  test('a line that asks nothing is not judged once more', async () => {
    const { stdout } = await runCli(
      ['learn', ID],
      atTerminal(temporaryHome(), [
        through(ID)[0] as string,
        'Type it here',
        ...['payintent list', 'true', 'true', 'payintent list', ''],
        'Leave',
      ]),
    );
    expect(stdout.match(/– There is no new intent yet/g)).toHaveLength(2);
  });

  test('a wrong guess is answered with its reason, and with the right answer', async () => {
    const home = temporaryHome();
    const [round] = lessonOf(ID).rounds;
    const wrong = round?.predict?.choices.find((choice) => choice !== round.predict?.right) ?? '';
    const said = texts.en[ID]?.rounds[round?.id ?? '']?.predict?.choices[wrong];
    const { stdout } = await runCli(['learn', ID], atTerminal(home, [bare(said?.label ?? ''), 'Leave']));
    expect(stdout).toContain(`Not this time. ${bare(said?.because ?? '')}`);
    const right = texts.en[ID]?.rounds[round?.id ?? '']?.predict?.choices[round?.predict?.right ?? ''];
    expect(stdout).toContain(`${bare(right?.label ?? '-')} (right) – ${bare(right?.because ?? '-')}`);
  });
});

describe('a program of a lesson', () => {
  const SHOP = 'amount-from-the-browser';
  const toMend = () => {
    const [guess] = through(SHOP, 1, 2);
    return [...through(SHOP, 0, 1), guess ?? ''];
  };

  test('is opened in an editor, and tried when that is closed', async () => {
    const home = temporaryHome();
    const mended = join(import.meta.dirname, '../../fixtures/exercises/checkout/mended.mjs');
    const { stdout, code } = await runCli(['learn', SHOP], {
      ...atTerminal(home, [...toMend(), 'Edit the program', 'Leave']),
      env: { NO_COLOR: '1', PATH: process.env['PATH'] ?? '', EDITOR: `cp ${mended}` },
    });
    expect(code, stdout).toBe(0);
    expect(stdout).toContain(join(home, 'lessons/checkout.mjs'));
    expect(stdout.match(/^Why$/gm)).toHaveLength(2);
  });

  test('is mended for the learner, who sees what was changed', async () => {
    const { stdout } = await runCli(
      ['learn', SHOP],
      atTerminal(temporaryHome(), [...toMend(), 'Do it for me', 'Leave']),
    );
    expect(stdout).toMatch(/^ {2}- {3}const amount = Number\(cart\.get\('amount'\)\);$/m);
    expect(stdout).toMatch(/^ {2}\+ {3}const amount = PRICES\[item\]/m);
  });

  test('is left by ^C while it is tried', async () => {
    const home = temporaryHome();
    let isSent = false;
    const { stdout, code, stderr } = await runCli(['learn', SHOP], {
      ...atTerminal(home, [...toMend(), 'Check']),
      watch(written, signal) {
        if (isSent || !written.stdout.includes('Your program is tried')) return;
        isSent = true;
        setImmediate(() => signal('SIGINT'));
      },
    });
    expect(code).toBe(130);
    expect(stdout).toContain('You are at round 2 of 3, and your place is kept.');
    expect(stderr).toContain(`payintent learn ${SHOP}`);
  });
});

describe('leaving and coming back', () => {
  test('goes on at the same round, with the same objects', async () => {
    const home = temporaryHome();
    const first = await runCli(['learn', ID], atTerminal(home, leavingAfter(1)));
    expect(first.code).toBe(0);
    const [guess, ...rest] = through(ID, 1);
    expect(guess).toBeDefined();
    const left = await runCli(
      ['learn', ID],
      atTerminal(home, [
        'Go on there',
        ...(lessonOf(ID).rounds[1]?.predict ? [guess as string] : []),
        'Leave',
      ]),
    );
    expect(left.asked[0]).toBe(`You left at round 2 of ${ROUNDS}`);
    expect(left.stdout).toContain(`You are at round 2 of ${ROUNDS}`);
    // What was guessed is not asked again.
    const answers = lessonOf(ID).rounds[1]?.predict ? rest : [guess as string, ...rest];
    const end = await runCli(['learn', ID], atTerminal(home, ['Go on there', ...answers]));
    expect(end.code, end.stdout + end.stderr).toBe(0);
    expect(end.stdout).toContain('✓ Done');
    expect(end.stdout).not.toContain('made anew');
  });

  test('what was done meanwhile counts', async () => {
    const home = temporaryHome();
    const [guess] = through(ID);
    await runCli(['learn', ID], atTerminal(home, [guess as string, cancel]));
    await createIntent(home);
    const { stdout } = await runCli(['learn', ID], atTerminal(home, ['Go on there', 'Check', 'Leave']));
    expect(stdout).toMatch(/✓ The intent is there/);
  });

  test('^C keeps the place as well', async () => {
    const home = temporaryHome();
    const { code, stderr } = await runCli(['learn', ID], atTerminal(home, [cancel]));
    expect(code).toBe(130);
    expect(stderr).toContain(`payintent learn ${ID}`);
    const list = (await runCli(['learn', '--list', '--json'], { home })).json();
    expect(JSON.stringify(list)).toContain('"state":"left","round":1');
  });

  test('after a reset of the emulator, everything is made anew', async () => {
    const home = temporaryHome();
    await runCli(['learn', ID], atTerminal(home, leavingAfter(2)));
    await runCli(['emulator', 'reset', '-y'], { home });
    const { code, stdout } = await runCli(
      ['learn', ID],
      atTerminal(home, ['Go on there', ...through(ID, 2)]),
    );
    expect(code).toBe(0);
    expect(stdout).toContain('What this lesson had made is gone');
    expect(stdout).toContain(`Round 3 of ${ROUNDS}`);
    expect(stdout).toContain('✓ Done');
  });

  test('a place in one state is none in another', async () => {
    const home = temporaryHome();
    await createIntent(home);
    // An intent of somebody else's, which is newer than the place that was kept.
    await runCli(['create', '--amount', '700', '--currency', 'eur', '--state', 'other.db'], { home });
    await runCli(['learn', ID], atTerminal(home, [through(ID)[0] as string, 'Leave']));
    await runCli(['create', '--amount', '700', '--currency', 'eur', '--state', 'other.db'], { home });
    await runCli(['create', '--amount', '700', '--currency', 'eur', '--state', 'other.db'], { home });
    const { stdout, code } = await runCli(
      ['learn', ID, '--state', 'other.db'],
      atTerminal(home, [
        'Go on there',
        'Check',
        'Type it here',
        'payintent create --amount 500 --currency jpy',
        'Leave',
      ]),
    );
    expect(code).toBe(0);
    expect(stdout).toContain('its state is another one');
    expect(stdout).toMatch(/– There is no new intent yet[\s\S]*✓ The intent is there/);
  });

  test('a reset in the middle of a turn is survived', async () => {
    const home = temporaryHome();
    const { code, stdout } = await runCli(
      ['learn', ID],
      atTerminal(home, [
        ...through(ID, 0, 1),
        ...through(ID, 1, 2).slice(0, -2),
        'Type it here',
        'payintent emulator reset -y',
        '',
        'Start this round anew',
        ...through(ID, 1).slice(lessonOf(ID).rounds[1]?.predict === undefined ? 0 : 1),
      ]),
    );
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('It was made anew, up to this round.');
    expect(stdout).toContain('✓ Done');
  });

  test('starts over when told to', async () => {
    const home = temporaryHome();
    await runCli(['learn', ID], atTerminal(home, leavingAfter(1)));
    const { stdout, asked } = await runCli(
      ['learn', ID],
      atTerminal(home, ['Start over', through(ID)[0] as string, 'Leave']),
    );
    expect(asked).toContain('Your guess');
    expect(stdout).toContain(`Round 1 of ${ROUNDS}`);
  });

  test('progress has no secrets and is its owner’s', async () => {
    const home = temporaryHome();
    await runCli(['learn', ID], atTerminal(home, leavingAfter(2)));
    const file = join(home, 'lessons.json');
    expect(readFileSync(file, 'utf8')).toContain('pi_0');
    expect(readFileSync(file, 'utf8')).not.toContain('_secret_');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('--reset forgets one lesson or all, and a file that is broken', async () => {
    const home = temporaryHome();
    expect((await runCli(['learn', '--reset'], { home })).stdout).toContain('no progress to forget');
    await runCli(['learn', ID], atTerminal(home, [cancel]));
    const one = await runCli(['learn', '--reset', ID, '--json'], { home });
    expect(one.json()).toEqual({ object: 'lesson_reset', forgotten: [ID] });
    expect(readFileSync(join(home, 'lessons.json'), 'utf8')).not.toContain(ID);
    writeFileSync(join(home, 'lessons.json'), '{');
    const broken = await runCli(['learn', '--list'], { home });
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain('payintent learn --reset');
    expect((await runCli(['learn', '--reset'], { home })).code).toBe(0);
    expect((await runCli(['learn', '--list'], { home })).code).toBe(0);
  });
});

describe('in Arabic', () => {
  const said = texts.ar[ID];

  test('everything is Arabic but code', async () => {
    const home = temporaryHome();
    const { code, stdout, asked } = await runCli(
      ['learn', ID, '--lang', 'ar', '--bidi', 'terminal'],
      atTerminal(home, [cancel]),
    );
    expect(code).toBe(130);
    expect(stdout).toContain(said?.title ?? '-');
    expect(asked[0]).toMatch(/توقّعك/);
    expect(stdout).not.toMatch(/\b(Round|Your|Why|What)\b/);
  });

  test.each([
    ['the flag', { argv: ['--lang', 'ar'] }],
    ['LC_ALL', { env: { LC_ALL: 'ar_EG.UTF-8', LANG: 'en_US.UTF-8' } }],
    ['LANG', { env: { LANG: 'ar' } }],
    ['the configuration', { config: 'ar' }],
  ] as const)('is chosen by %s', async (_, { argv = [], env = {}, config }: Choosing) => {
    const home = temporaryHome();
    if (config !== undefined) await runCli(['config', 'set', 'lang', config], { home });
    const { stdout } = await runCli(['learn', '--list', ...argv], { home, env });
    expect(stdout).toContain(said?.title ?? '-');
  });

  test('is not chosen by what merely looks like it', async () => {
    const { stdout } = await runCli(['learn', '--list'], { env: { LANG: 'arn_CL', LC_ALL: 'en_US' } });
    expect(stdout).toContain(texts.en[ID]?.title ?? '-');
  });

  interface Choosing {
    readonly argv?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly config?: Lang;
  }
});

describe('to read', () => {
  test('without a terminal a lesson is printed, and nothing is done', async () => {
    const home = temporaryHome();
    const { code, stdout } = await runCli(['learn', ID], { home });
    expect(code).toBe(0);
    expect(stdout).toContain('payintent create --amount 5000 --currency usd');
    expect(stdout).toContain('(right)');
    expect(stdout).toContain('– ');
    expect((await runCli(['list', '-q'], { home })).stdout).toBe('');
  });

  test.each(['en', 'ar'] as const)('--print has all lessons in %s', async (lang) => {
    const { stdout } = await runCli(['learn', '--print', '--lang', lang]);
    for (const { id } of LESSONS) expect(stdout).toContain(texts[lang][id]?.title);
  });

  test('on a narrow terminal only code is wider than the terminal', async () => {
    const { stdout } = await runCli(['learn', '--print'], {
      tty: { stdout: true },
      columns: 44,
      env: { NO_COLOR: '1' },
    });
    const wide = stdout.split('\n').filter((line) => line.length > 44);
    // A word that is wider than all of the line has one of its own.
    expect(wide.filter((line) => /\S\s+\S/.test(line.replace(/ \\$/, '')))).toEqual([]);
  });

  test('--json answers a lesson, or all of them, or the list', async () => {
    const lesson = (await runCli(['learn', ID, '--json', '--as', 'curl'])).json();
    expect(lesson).toMatchObject({ object: 'lesson', id: ID, lang: 'en' });
    const [round] = lesson['rounds'] as Record<string, unknown>[];
    expect(round?.['requests']).toEqual([
      { lang: 'curl', code: expect.stringContaining('curl "$STRIPE_API_BASE/v1/payment_intents"') },
    ]);
    const all = (await runCli(['learn', '--print', '--json'])).json();
    expect((all['data'] as unknown[]).length).toBe(LESSONS.length);
    const list = (await runCli(['learn', '--json'])).json();
    expect(list['object']).toBe('list');
  });

  test('--list has a row for each lesson', async () => {
    const { stdout } = await runCli(['learn', '--list']);
    expect(
      stdout
        .split('\n')
        .map((line) => line.split('\t')[0])
        .filter(Boolean),
    ).toEqual(LESSONS.map(({ id }) => id));
  });

  test('on a terminal learn alone offers what comes next first', async () => {
    const home = temporaryHome();
    await runCli(['learn', ID], atTerminal(home, [cancel]));
    const name = `${texts.en[ID]?.title} (at round 1 of ${ROUNDS})`;
    const { asked } = await runCli(['learn'], atTerminal(home, [name, 'Go on there', cancel]));
    expect(asked.slice(0, 2)).toEqual(['Lesson', `You left at round 1 of ${ROUNDS}`]);
  });
});

describe('what it refuses', () => {
  test('a lesson that is not there, with what is near', async () => {
    const { code, stderr } = await runCli(['learn', 'creating-is-not-chargin']);
    expect(code).toBe(2);
    expect(stderr).toContain(ID);
  });

  test('test mode, which does not tell what the checks need', async () => {
    const { code, stderr } = await runCli(['learn', ID, '--test'], atTerminal(temporaryHome(), []));
    expect(code).toBe(2);
    expect(stderr).toContain(`payintent learn ${ID}`);
  });
});

test('shells complete the names of lessons', async () => {
  const { stdout } = await runCli(['__complete', '--', 'learn', 'creating']);
  expect(stdout).toContain(ID);
});
