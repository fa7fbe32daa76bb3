import type { ApiRecord } from '../../gateway/gateway.ts';
import { accepted, signBody } from '../../gateway/webhook-tools.ts';
import { answerText, answerWithBody } from '../answer.ts';
import type { Bench, DeliverOptions } from '../bench.ts';
import { type Check, unseen } from '../check.ts';
import type { Control } from '../control.ts';
import { bodyOf } from '../event-body.ts';
import { fail, inconclusive, type Judgement, pass, skipped } from '../judgement.ts';
import { eventOf } from '../stories.ts';

const VERIFY =
  'Verify every request before anything else, with constructEvent of the Stripe library, and answer 400 where it throws.';

const OTHER_SECRET = ['whsec', 'of', 'somebody', 'else'].join('_');

/** What a delivery that has to be refused looks like. */
interface Attack {
  readonly name: string;
  readonly options: (bench: Bench, event: ApiRecord) => DeliverOptions;
}

function refusal(id: string, title: string, attacks: readonly Attack[], fix: string): Check {
  return {
    id,
    title,
    needs: 'accepted',
    effects: true,
    run: (bench, control) => judge(bench, control, attacks, fix),
  };
}

async function judge(
  bench: Bench,
  control: Control,
  attacks: readonly Attack[],
  fix: string,
): Promise<Judgement> {
  const statuses: string[] = [];
  for (const { name, options } of attacks) {
    const story = await bench.stories.paid(bench.newOrder(), bench.price);
    const event = eventOf(story, control.fulfilsOn);
    const before = await bench.look(story.order);
    const outcome = await bench.deliver(event, options(bench, event));
    if (outcome.kind === 'failed') return inconclusive(`${name} got ${answerText(outcome)}.`);
    const after = await bench.settle(story.order, before, 0);
    const fulfilled = (after.effect?.fulfilled ?? 0) - (before.effect?.fulfilled ?? 0);
    if (fulfilled > 0) {
      return fail(`${name} was answered ${answerText(outcome)}, and the order was fulfilled.`, fix);
    }
    if (accepted(outcome)) {
      return fail(`${name} was answered ${answerText(outcome)}: it was not refused.`, fix);
    }
    if (after.writes > before.writes) {
      return fail(`${name} was refused, after the app had changed something in Stripe.`, fix);
    }
    statuses.push(answerText(outcome));
  }
  const said = [...new Set(statuses)].join(' and ');
  const hint = statuses.some((status) => status.startsWith('5'))
    ? ' 400 would say better what is wrong.'
    : '';
  const refused = `Refused with ${said}.${hint}`;
  return control.reader === undefined ? unseen(refused, control) : pass(`${refused} Nothing was fulfilled.`);
}

const valid: Check = {
  id: 'valid-signature',
  title: 'an ordinary delivery is accepted',
  needs: 'answer',
  effects: false,
  async run({ options }, { kind, outcome, compact }) {
    const framework = options.framework === undefined ? '' : ` ${options.framework.rawBody}`;
    if (compact) {
      return fail(
        'The body as Stripe writes it was refused, the same JSON without white space accepted: the app verifies what it wrote itself.',
        `Verify the body exactly as it arrived, before anything parses it.${framework}`,
      );
    }
    if (kind === 'accepted') return pass(`Answered ${answerText(outcome)}.`);
    if (kind !== 'refused') return skipped('What stands in the way is named above.');
    return fail(
      `A genuine delivery was answered ${answerWithBody(outcome)}.`,
      `Check that the app has the secret given here, and that it verifies the body exactly as it arrived.${framework}`,
    );
  },
};

const rotated: Check = {
  id: 'rotated-secret',
  title: 'both secrets work while one is rolled',
  needs: 'accepted',
  effects: false,
  async run(bench, control) {
    const { secret } = bench.options;
    for (const [name, secrets] of [
      ['with the signature of the old secret first', [OTHER_SECRET, secret]],
      ['with the signature of the old secret last', [secret, OTHER_SECRET]],
    ] as const) {
      const story = await bench.stories.paid(bench.newOrder(), bench.price);
      const outcome = await bench.deliver(eventOf(story, control.fulfilsOn), { secrets });
      if (accepted(outcome)) continue;
      return fail(
        `A delivery ${name} was answered ${answerWithBody(outcome)}.`,
        'Try every v1 of the header, not only one of them; constructEvent does.',
      );
    }
    return pass('Accepted with two v1 signatures, whichever of them is right.');
  },
};

export const signatureChecks: readonly Check[] = [
  valid,
  rotated,
  refusal(
    'forged',
    'a forged signature is refused',
    [
      { name: 'A delivery signed with another secret', options: () => ({ secrets: OTHER_SECRET }) },
      {
        name: 'A delivery whose body was changed after it was signed',
        options(bench, event) {
          const body = bodyOf(event);
          return {
            header: bench.signature(body) ?? null,
            body: body.replace('"livemode": false', '"livemode": true '),
          };
        },
      },
    ],
    VERIFY,
  ),
  refusal(
    'unsigned',
    'a request without a signature is refused',
    [
      { name: 'A delivery without a signature', options: () => ({ header: null }) },
      {
        name: 'A delivery with an empty v1',
        options: ({ options }) => ({ header: `t=${Math.floor(options.now() / 1000)},v1=` }),
      },
    ],
    `${VERIFY} Do not skip it where the header is missing.`,
  ),
  refusal(
    'empty-secret',
    'signatures with an empty secret are refused',
    [
      {
        name: 'A delivery signed with an empty secret',
        options: ({ options }, event) => ({
          header: signBody(bodyOf(event), '', Math.floor(options.now() / 1000)),
        }),
      },
      { name: 'A delivery signed with the secret "undefined"', options: () => ({ secrets: 'undefined' }) },
    ],
    'Leave secrets that are not set out of the list, and let the app refuse to start without one.',
  ),
  refusal(
    'wrong-scheme',
    'a signature of another scheme is refused',
    [
      { name: 'A delivery with nothing but a right v0', options: () => ({ scheme: 'v0' }) },
      { name: 'A delivery with nothing but a right v2', options: () => ({ scheme: 'v2' }) },
    ],
    'Look at v1 only and ignore every other scheme; constructEvent does.',
  ),
  refusal(
    'stale',
    'an old signature is refused',
    [{ name: 'A delivery signed an hour ago', options: () => ({ age: 3600 }) }],
    'Refuse signatures older than five minutes, or somebody can send what they recorded; constructEvent does unless its tolerance is 0.',
  ),
];
