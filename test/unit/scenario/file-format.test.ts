import { describe, expect, test } from 'vitest';
import { scenarioFilesTopic } from '../../../src/cli/topics/scenario-files.ts';
import { readScenarioFile, writeScenarioFile } from '../../../src/scenario/file-format.ts';
import type { Step } from '../../../src/scenario/format.ts';
import { SCENARIOS } from '../../../src/scenario/library/all.ts';
import { runScenario } from '../../../src/scenario/runner.ts';
import { offlineStage } from '../../support/stage.ts';

/** Steps that a file can hold: a browser's key is the library's own. */
const writable = SCENARIOS.filter(({ steps }) => !steps.some((step) => 'key' in step));

/** As it stands in a file. */
function written(step: Step): Record<string, unknown> {
  const { idempotencyKey: key, offlineOnly: _, ...plain } = step as Step & Record<string, unknown>;
  return { ...plain, ...(key === undefined ? {} : { idempotency_key: key }) };
}

describe('every scenario of the library stands in a file as it is', () => {
  test.each(writable.map((scenario) => [scenario.id, scenario] as const))('%s', (_, scenario) => {
    const { id: name, title, teaches, steps, subject } = scenario;
    const file = { name, title, teaches, ...(subject === undefined ? {} : { subject }) };
    const text = writeScenarioFile({ ...file, steps: steps.map(written) });
    const read = readScenarioFile(text, 'other');
    expect(read).toMatchObject({ ok: true, scenario: { id: name, title, teaches } });
    expect(read.ok && JSON.parse(JSON.stringify(read.scenario.steps.map(written)))).toEqual(
      JSON.parse(JSON.stringify(steps.map(written))),
    );
    // In JSON too, which is YAML.
    expect(readScenarioFile(JSON.stringify({ ...file, steps: steps.map(written) }), 'other').ok).toBe(true);
  });
});

const CREATE = `  - call: payment_intents.create
    as: intent
    params: { amount: 1200, currency: eur }`;

/** What is wrong, the file, and the lines with what is said of each. */
const MISTAKES: readonly (readonly [what: string, text: string, problems: readonly string[]])[] = [
  ['tabs', 'name: x\nsteps:\n\t- call: refunds.create\n', ['3 Tabs']],
  ['a bracket that is left open', `steps:\n${CREATE.slice(0, -2)}\n  - advance: 3s\n`, ['5 Flow map']],
  ['no map', '- call: refunds.create\n', ['1 A scenario is a map']],
  ['nothing at all', '', ['1 A scenario is a map']],
  ['no steps', 'name: x\n', ['1 steps is a list']],
  ['an empty list of steps', 'name: x\nsteps: []\n', ['2 steps is a list']],
  ['steps that are no list', 'steps:\n  call: refunds.create\n', ['2 steps is a list']],
  ['two documents', `steps:\n${CREATE}\n---\nsteps: []\n`, ['5 One file holds one scenario']],
  ['a name twice', 'steps:\n  - advance: 3s\n    advance: 4s\n', ['3 Map keys must be unique']],
  [
    'names of the top and of a step',
    `nme: x\nsteps:\n  - call: payment_intents.create\n    parms: { amount: 1 }\n    expct: {}\n`,
    [
      '1 a scenario has no nme: did you mean name',
      '4 a step with call has no parms',
      '5 a step with call has no expct',
    ],
  ],
  [
    'an operation',
    'steps:\n  - call: payment_intent.create\n',
    ['2 There is no operation payment_intent.create; did you mean payment_intents.create'],
  ],
  ['no operation', 'steps:\n  - call:\n', ['2 call is a text']],
  ['two kinds of steps in one', `steps:\n${CREATE}\n    advance: 3s\n`, ['2 A step has exactly one of']],
  ['a step that is nothing', 'steps:\n  - null\n', ['2 A step is a map']],
  [
    'parameters, also deep inside',
    'steps:\n  - call: payment_intents.create\n    params:\n      amont: 1200\n      currency: eur\n      payment_method_options:\n        card:\n          reqest_three_d_secure: any\n',
    [
      '4 payment_intents.create takes no amont; did you mean amount',
      '8 payment_intents.create takes no reqest_three_d_secure inside payment_method_options[card]; did you mean request_three_d_secure',
    ],
  ],
  [
    'parameters that are no map',
    'steps:\n  - call: payment_intents.create\n    params: [amount, 1200]\n',
    ['3 params is a map'],
  ],
  [
    'a missing parameter',
    'steps:\n  - call: payment_intents.create\n    params: { amount: 1200 }\n',
    ['3 payment_intents.create needs currency'],
  ],
  [
    'all parameters missing',
    'steps:\n  - call: payment_intents.create\n',
    ['2 payment_intents.create needs amount, currency'],
  ],
  [
    'a missing parameter inside another',
    'steps:\n  - call: payment_methods.create\n    params: { type: card, us_bank_account: {}, card: {} }\n  - call: disputes.update\n    on: du_1\n    params: { evidence: { enhanced_evidence: 3 } }\n',
    ['6 evidence[enhanced_evidence] takes a map of names and values, not 3'],
  ],
  [
    'values of the wrong kind',
    'steps:\n  - call: payment_intents.create\n    params:\n      amount: twelve\n      currency: eur\n      metadata: hello\n      automatic_payment_methods: yes\n      payment_method_types: card\n      confirm: maybe\n      capture_method: later\n      description: [a]\n      customer:\n',
    [
      '4 amount takes a whole number, not twelve',
      '6 metadata takes a map',
      '7 automatic_payment_methods takes a map',
      '8 payment_method_types takes a list, not card',
      '9 confirm takes true or false, not maybe',
      '10 capture_method takes one of automatic, automatic_async, manual, not later',
      '11 description takes a text',
      '12 customer has no value',
    ],
  ],
  [
    'an amount with decimals',
    'steps:\n  - call: refunds.create\n    params: { amount: 10.99, charge: ch_1 }\n',
    ['3 amount takes a whole number, not 10.99'],
  ],
  [
    'a value inside a list',
    'steps:\n  - call: payment_intents.verify_microdeposits\n    on: pi_1\n    params: { amounts: [32, much] }\n',
    ['4 amounts[1] takes a whole number, not much'],
  ],
  [
    'no id',
    `steps:\n  - call: payment_intents.confirm\n`,
    ['2 payment_intents.confirm is about 1 object: on names 0'],
  ],
  ['an id that is nothing', 'steps:\n  - call: payment_intents.confirm\n    on:\n', ['3 on is an id']],
  [
    'a reference to nothing',
    'steps:\n  - call: payment_intents.confirm\n    on: ${intent.id}\n',
    ['3 No earlier step has the name intent'],
  ],
  [
    'a reference to a later step',
    `steps:\n  - authenticate: \${intent.id}\n${CREATE}\n`,
    ['2 No earlier step has the name intent'],
  ],
  [
    'a reference to a field that is not there',
    `steps:\n${CREATE}\n  - authenticate: \${intent.identifier}\n`,
    ['5 intent has no field identifier'],
  ],
  [
    'a reference without a field',
    `steps:\n${CREATE}\n  - authenticate: \${intent}\n`,
    ['5 ${intent} is a whole object'],
  ],
  [
    'a reference that is none',
    `steps:\n${CREATE}\n  - authenticate: \${my-intent.id}\n`,
    ['5 ${my-intent.id} is no reference'],
  ],
  [
    'a name that cannot be referred to',
    'steps:\n  - call: customers.create\n    as: my-customer\n',
    ['3 as is a name of letters'],
  ],
  [
    'a duration',
    `steps:\n  - advance: 7 days\n  - advance: 10\n  - advance:\n`,
    [
      '2 advance takes a duration',
      '3 advance takes a duration such as 10s, 1h30m or 7d, not 10',
      '4 advance takes a duration',
    ],
  ],
  [
    'an outcome',
    `steps:\n${CREATE}\n  - authenticate: \${intent.id}\n    outcome: pass\n`,
    ['6 outcome is succeed or fail'],
  ],
  ['an id that is a number', 'steps:\n  - authenticate: 5\n', ['2 authenticate is a text']],
  [
    'numbers for texts',
    `title: 7\nsteps:\n  - title: 8\n    advance: 3s\n`,
    ['1 title is a text: write "7"', '3 title is a text: write "8"'],
  ],
  [
    'a status',
    `steps:\n${CREATE}\n    expect: { status: require_payment_method }\n`,
    ['5 intent is never require_payment_method; did you mean requires_payment_method'],
  ],
  [
    'a status of nothing',
    'steps:\n  - call: customers.create\n    as: customer\n    expect: { status: succeeded }\n',
    ['4 status is that of intent, and no step has this name'],
  ],
  ['a subject', `subject: payment\nsteps:\n${CREATE}\n`, ['1 No step has the name payment']],
  [
    'an event',
    `steps:\n${CREATE}\n    expect: { events: [payment_intent.succeded] }\n`,
    ['5 There is no event type payment_intent.succeded; did you mean payment_intent.succeeded'],
  ],
  [
    'events that are no list',
    `steps:\n${CREATE}\n    expect: { events: payment_intent.created }\n`,
    ['5 events is a list'],
  ],
  ['what is expected', `steps:\n${CREATE}\n    expect:\n`, ['5 expect is a map']],
  [
    'an error',
    `steps:\n${CREATE}\n    expect: { error: { status: bad, code: 402 } }\n`,
    ['5 code is a text: write "402"', '5 status of an error is that of HTTP'],
  ],
  ['an alias of nothing', 'steps:\n  - *unknown\n', ['2 Nothing is named &unknown', '2 A step is a map']],
  [
    'lines that end as on Windows',
    `steps:\r\n  - advance: 3s\r\n    bad: 1\r\n`,
    ['3 a step with advance has no bad'],
  ],
];

describe('a mistake is told with its line', () => {
  test.each(MISTAKES)('%s', (_, text, problems) => {
    const read = readScenarioFile(text, 'story');
    const found = read.ok ? [] : read.problems.map(({ line, message }) => `${line} ${message}`);
    expect(found.map((one, index) => one.slice(0, problems[index]?.length))).toEqual(problems);
  });
});

test('the example of help scenario-files can be played', async () => {
  const rows = scenarioFilesTopic().data as { field: string; meaning: string }[];
  const read = readScenarioFile(rows.find(({ field }) => field === 'example')?.meaning ?? '', 'example');
  expect(read).toMatchObject({ ok: true });
  const stage = await offlineStage();
  for await (const { deviations } of runScenario(read.ok ? read.scenario : { steps: [] }, stage))
    expect(deviations).toEqual([]);
  await stage.gateway.close();
});

test('what is to be refused may be wrong', () => {
  const text =
    'steps:\n  - call: payment_intents.create\n    params: { amount: much, colour: red }\n    expect: { error: { status: 400 } }\n';
  expect(readScenarioFile(text, 'story').ok).toBe(true);
});

test('parts may be named and used again', () => {
  const text = `steps:\n  - call: payment_intents.create\n    as: intent\n    params: &order { amount: 1200, currency: eur }\n  - call: payment_intents.create\n    params: *order\n`;
  const read = readScenarioFile(text, 'story');
  expect(read).toMatchObject({ ok: true, lines: [2, 5] });
  expect(read.ok && read.scenario.steps[1]).toMatchObject({ params: { amount: 1200, currency: 'eur' } });
});

test('a step without a title is called after what it does', () => {
  const text = `steps:\n${CREATE}\n  - authenticate: \${intent.id}\n    outcome: fail\n  - advance: 7d\n`;
  const read = readScenarioFile(text, 'story');
  expect(read.ok && read.scenario.steps.map(({ title }) => title)).toEqual([
    'payment_intents.create',
    'The customer fails',
    'Let 7d pass',
  ]);
});
