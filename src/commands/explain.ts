import type { Context } from '../cli/context.ts';
import { CliError } from '../cli/errors.ts';
import type { Command, Result } from '../cli/spec.ts';
import { didYouMean } from '../cli/suggest.ts';
import { labelled, labelledWhole } from '../cli/text.ts';
import { explanationView } from '../cli/views/explanation-view.ts';
import { headline } from '../cli/views/intent-view.ts';
import { pathTo } from '../gateway/gateway.ts';

export const explainCommand: Command = {
  spec: {
    name: 'explain',
    description:
      'Says what a word of the API means: a status, a field of the PaymentIntent, an error or decline code, an event type, a test card or payment method. With the id of an intent it looks at that intent: why it has its status and what can be done next. Changes nothing.',
    arguments: [
      {
        name: 'thing',
        summary: 'word to explain, or the id of an intent',
        required: true,
        complete: 'explainable',
      },
    ],
    examples: [
      { command: 'payintent explain requires_capture', summary: 'a status' },
      { command: 'payintent explain insufficient_funds', summary: 'a decline code' },
      { command: 'payintent explain last_payment_error', summary: 'a field' },
      { command: 'payintent explain payment_intent.succeeded', summary: 'an event type' },
      { command: 'payintent explain 4000000000009995', summary: 'a test card' },
      {
        command: 'payintent explain {intent}',
        summary: 'why this intent is where it is',
        given: ['payintent create --amount 1099 --currency eur'],
      },
    ],
    fields: [
      'kind',
      'name',
      'description',
      'facts',
      'uncertain',
      'id',
      'status',
      'meaning',
      'because',
      'next',
      'commands',
    ],
    columns: ['kind', 'name', 'description'],
    exits: [2, 4, 5, 6],
    related: ['methods', 'retrieve', 'learn', 'help statuses'],
  },
  async run(context, input) {
    const thing = (input.argument('thing') ?? '').trim();
    if (/^pi_\w+$/.test(thing)) return explainOneIntent(context, thing);
    const { explainableWords, explanationsOf } = await import('../cli/explanations.ts');
    const senses = explanationsOf(thing);
    if (senses.length > 0) {
      return { data: senses, view: explanationView(senses) };
    }
    const object = /^(ch|py|re|pm|cus|evt|seti|txn|dp|du)_[A-Za-z0-9]{10,}$/.test(thing);
    throw new CliError('TOPIC_UNKNOWN', `Nothing is known about ${JSON.stringify(thing)}`, {
      why: object
        ? 'Of ids, only those of intents (pi_…) are looked up.'
        : (didYouMean(thing, explainableWords()) ??
          'It explains statuses, fields, codes, event types and test methods.'),
      fix: ['payintent help statuses', 'payintent help errors', 'payintent methods'],
    });
  },
};

async function explainOneIntent(context: Context, id: string): Promise<Result> {
  const gateway = await context.gateway();
  const { object: intent } = await gateway.request('GET', pathTo('payment_intents', id), {
    expand: ['latest_charge', 'payment_method'],
  });
  const { explainIntent } = await import('../cli/explain-intent.ts');
  const explained = explainIntent(intent, gateway.target === 'offline');
  return {
    data: explained,
    view: {
      human: (ui) =>
        [
          headline(intent, ui, undefined),
          labelled('Means', explained.meaning, ui.width, ui.color.dim),
          ...drawList('Because', explained.because, (label, text) =>
            labelled(label, text, ui.width, ui.color.dim),
          ),
          labelled('So', explained.next, ui.width, ui.color.dim),
          ...drawList(
            'You can',
            explained.commands.map((command) => context.command(command)),
            (label, text) => labelledWhole(label, ui.color.cyan(text), ui.color.dim),
          ),
        ].join('\n'),
      rows: [{ ...explained, because: explained.because.join(' '), next: explained.next }],
      columns: ['id', 'status', 'because', 'next'],
      prose: true,
    },
  };
}

function drawList(
  label: string,
  texts: readonly string[],
  draw: (label: string, text: string) => string,
): string[] {
  return texts.map((text, index) => draw(index === 0 ? label : '', text));
}
