import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { subjectOf } from '../../src/scenario/format.ts';
import { SCENARIOS } from '../../src/scenario/library/all.ts';
import { runCli, temporaryHome } from '../support/run-cli.ts';

function fileWith(text: string, name = 'story.yaml') {
  const home = temporaryHome();
  writeFileSync(join(home, name), text);
  return home;
}

const STORY = `name: two-cards
title: The second card works
teaches: A decline is not the end.
steps:
  - title: Create
    call: payment_intents.create
    as: intent
    params:
      amount: 1200
      currency: eur
      payment_method_types: [card]
    expect: { status: requires_payment_method, events: [payment_intent.created] }
  - title: Try a card
    call: payment_intents.confirm
    on: \${intent.id}
    params: { payment_method: pm_card_visa_chargeDeclined }
    expect: { status: requires_payment_method, error: { code: card_declined } }
  - call: payment_intents.confirm
    on: \${intent.id}
    params: { payment_method: pm_card_threeDSecure2Required }
  - authenticate: \${intent.id}
    expect: { status: succeeded }
`;

describe('a scenario of your own', () => {
  test('is run by the same command', async () => {
    const { code, stdout } = await runCli(['simulate', './story.yaml', '--json'], { cwd: fileWith(STORY) });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'two-cards',
      verdict: 'pass',
      statuses: ['requires_payment_method', 'requires_action', 'succeeded'],
    });
  });

  test('may be JSON', async () => {
    const steps = [
      { call: 'payment_intents.create', as: 'intent', params: { amount: 1200, currency: 'eur' } },
    ];
    const home = fileWith(JSON.stringify({ steps }), 'one.json');
    const { code, stdout } = await runCli(['simulate', 'one.json', '--json'], { cwd: home });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).name).toBe('one');
  });

  test('exits 7 where it does not lead to what it says', async () => {
    const wrong = STORY.replace('expect: { status: succeeded }', 'expect: { status: processing }');
    const { code, stdout } = await runCli(['simulate', 'story.yaml', '--json'], { cwd: fileWith(wrong) });
    expect(code).toBe(7);
    expect(JSON.parse(stdout).verdict).toBe('fail');
  });

  test.each([
    ['an unknown operation', 'payment_intents.create', 'payment_intents.creat', 6, 'payment_intents.create'],
    ['an unknown parameter', 'currency: eur', 'curency: eur', 10, 'currency'],
    ['an unknown field of a step', '    as: intent', '    ass: intent', 7, 'as'],
    ['a reference to nothing', 'authenticate: ${intent.id}', 'authenticate: ${order.id}', 21, 'order'],
    ['a step without a deed', '  - authenticate: ${intent.id}', '  - title: Nothing', 21, 'exactly one'],
    ['events that are no list', 'events: [payment_intent.created]', 'events: 3', 12, 'events is a list'],
    [
      'a missing id',
      '    on: ${intent.id}\n    params: { payment_method: pm_card_v',
      '    params: { payment_method: pm_card_v',
      14,
      'on names 0',
    ],
    ['text that is no YAML', 'steps:', 'steps: [', 5, ''],
  ])('with %s is refused, naming the line', async (_, right, wrong, line, says) => {
    expect(STORY).toContain(right);
    const home = fileWith(STORY.replace(right, () => wrong));
    const { code, stderr } = await runCli(['simulate', 'story.yaml', '--json'], { cwd: home });
    expect(code).toBe(2);
    const { error } = JSON.parse(stderr);
    expect(error.code).toBe('SCENARIO_INVALID');
    expect(error.why ?? error.message).toContain(`story.yaml:${line} `);
    expect(error.why ?? error.message).toContain(says);
  });

  test('that is not there', async () => {
    const { code, stderr } = await runCli(['simulate', './nothing.yaml']);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no such file.');
  });

  test('says in a pipe what is not as it should be', async () => {
    const wrong = STORY.replace('expect: { status: succeeded }', 'expect: { status: processing }');
    const { code, stderr } = await runCli(['simulate', 'story.yaml'], { cwd: fileWith(wrong) });
    expect(code).toBe(7);
    expect(stderr).toContain('Step 4: expected the status processing, it is succeeded');
  });

  test('names the line of a step that was refused, with the exit code of the refusal', async () => {
    const refused = STORY.replace(
      '    expect: { status: requires_payment_method, error: { code: card_declined } }\n',
      '',
    );
    const { code, stderr } = await runCli(['simulate', 'story.yaml', '--json'], { cwd: fileWith(refused) });
    expect(code).toBe(3);
    const { error } = JSON.parse(stderr);
    expect(error).toMatchObject({ name: 'PAYMENT_DECLINED', code: 'card_declined' });
    expect(error.why).toContain('Step 2, "Try a card", was refused (story.yaml:13).');
    expect(error.fix).toEqual([
      'Mend story.yaml:13, or say there that it is refused: expect: { error: { status: 402 } }',
    ]);
  });

  test('names the line of a reference that leads nowhere', async () => {
    const lost = STORY.replace('authenticate: ${intent.id}', () => 'authenticate: ${intent.next_action.id}');
    const { code, stderr } = await runCli(['simulate', 'story.yaml', '--json'], { cwd: fileWith(lost) });
    expect(code).toBe(2);
    const { error } = JSON.parse(stderr);
    expect(error.code).toBe('SCENARIO_INVALID');
    expect(error.why).toContain('story.yaml:21 ${intent.next_action.id} leads nowhere');
  });
});

describe('simulate --record', () => {
  async function replayed(home: string) {
    const { code, stdout } = await runCli(['simulate', '--record'], { home });
    expect(code).toBe(0);
    const again = fileWith(stdout);
    const run = await runCli(['simulate', 'story.yaml', '--json'], { cwd: again, home: again });
    expect(run.code, `${stdout}\n${run.stdout}${run.stderr}`).toBe(0);
    return { text: stdout, statuses: JSON.parse(run.stdout).statuses as string[] };
  }

  test('makes a scenario of what was typed, which runs', async () => {
    const home = temporaryHome();
    const made = await runCli(['create', '--amount', '1099', '--currency', 'eur', '-q'], { home });
    const id = made.stdout.trim();
    await runCli(['confirm', id, '--payment-method', 'declined'], { home });
    await runCli(['confirm', id, '--payment-method', '3ds'], { home });
    await runCli(['authenticate', id, '--succeed'], { home });
    await runCli(['refund', id], { home });
    const { text, statuses } = await replayed(home);
    expect(text).not.toContain(id);
    expect(statuses).toEqual(['requires_payment_method', 'requires_action', 'succeeded']);
  });

  test.each(SCENARIOS.filter((scenario) => subjectOf(scenario) === 'intent').map(({ id }) => id))(
    'gives back the story of %s',
    async (name) => {
      const home = temporaryHome();
      const { stdout } = await runCli(['simulate', name, '--json'], { home });
      expect((await replayed(home)).statuses).toEqual(JSON.parse(stdout).statuses);
    },
  );

  test('has nothing to say of an empty state', async () => {
    expect((await runCli(['simulate', '--record'])).code).toBe(5);
  });
});
