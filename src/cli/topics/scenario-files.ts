import type { Result } from '../spec.ts';
import { type Definition, definitions, paragraph, section } from './definitions.ts';

/** A whole file, short enough for narrow terminals. */
const EXAMPLE = `name: two-cards
title: The second card works
steps:
  - title: Create the payment
    call: payment_intents.create
    as: intent
    params:
      amount: 1200
      currency: eur
      payment_method_types: [card]
    expect:
      status: requires_payment_method
  - title: A card that is declined
    call: payment_intents.confirm
    on: \${intent.id}
    params:
      payment_method:
        pm_card_visa_chargeDeclined
    expect:
      error: { status: 402 }
  - title: One that wants 3D Secure
    call: payment_intents.confirm
    on: \${intent.id}
    params:
      payment_method:
        pm_card_threeDSecure2Required
  - authenticate: \${intent.id}
    expect: { status: succeeded }
  - advance: 7d`;

const TOP: readonly Definition[] = [
  ['name', 'the name of the file unless given'],
  ['title, teaches', 'shown at the beginning and at the end'],
  ['subject', 'the name of the object whose status the steps are about: intent unless given'],
  ['steps', 'one at least'],
];

const STEP: readonly Definition[] = [
  ['call', 'an operation of the API, such as refunds.create'],
  ['on', 'with call: the id in its path, or a list of them'],
  ['params', 'with call: its parameters, by the names of the API'],
  ['as', 'with call: the name by which later steps know the answer'],
  ['idempotency_key', 'with call: sent with it'],
  ['authenticate', 'the id of an intent whose customer acts; outcome is succeed or fail'],
  ['advance', 'how far the clock moves: 10s, 1h30m, 7d'],
  ['title, why', 'shown before the step'],
  ['expect', 'what the step must lead to'],
];

const EXPECT: readonly Definition[] = [
  ['status', 'of the subject, afterwards'],
  ['events', 'a list: the types of all events that the step sends, in order'],
  ['error', 'status, code, decline_code: without it, a refused request ends the run'],
];

/** How a scenario of one's own is written. */
export function scenarioFilesTopic(): Result {
  const rows = [...TOP, ...STEP, ...EXPECT].map(([field, meaning]) => ({ field, meaning }));
  return {
    data: [...rows, { field: 'example', meaning: EXAMPLE }],
    view: {
      human: (ui) =>
        [
          section('A scenario of your own', EXAMPLE.replace(/^/gm, '  '), ui),
          section('At the top', definitions(TOP, ui), ui),
          section(
            'A step',
            `${paragraph('It has exactly one of call, authenticate and advance.', ui)}\n${definitions(STEP, ui)}`,
            ui,
          ),
          section('Under expect', definitions(EXPECT, ui), ui),
          section(
            'References',
            paragraph(
              `\${intent.id} stands for a field of what an earlier step answered, however deep: \${disputes.data.0.id}. Amounts can be reckoned: \${intent.amount / 2}, with + - * / and a whole number; halves are rounded down.`,
              ui,
            ),
            ui,
          ),
          section(
            'To try it',
            [
              'payintent simulate ./two-cards.yaml',
              '# what was done with your newest intent',
              'payintent simulate --record > story.yaml',
            ]
              .map((line) => `  ${line}`)
              .join('\n'),
            ui,
          ),
        ].join('\n\n'),
      rows,
      columns: ['field', 'meaning'],
      key: 'field',
      prose: true,
    },
  };
}
