import { dataOption, expandOption } from '../cli/global-options.ts';
import { intentFields } from '../cli/intent-fields.ts';
import { nextSteps } from '../cli/next-steps.ts';
import { settle, settleOptions } from '../cli/settle.ts';
import type { Command } from '../cli/spec.ts';
import { intentColumns, intentView } from '../cli/views/intent-view.ts';
import { pathTo } from '../gateway/gateway.ts';

export const retrieveCommand: Command = {
  spec: {
    name: 'retrieve',
    description:
      'Shows a PaymentIntent and changes nothing. With --wait it looks again until the intent is no longer processing; with --expect it exits 8 unless the intent has that status.',
    arguments: [{ name: 'intent', summary: 'id of the intent', required: true, complete: 'intents' }],
    options: [...settleOptions, expandOption, dataOption],
    examples: [
      {
        command: 'payintent retrieve {intent}',
        summary: 'show an intent',
        given: ['payintent create --amount 1099 --currency eur'],
      },
      {
        command: 'payintent retrieve {intent} --fields id,status,latest_charge',
        summary: 'only what a script needs',
        given: ['payintent create --amount 1099 --currency eur --payment-method visa --confirm'],
      },
      {
        command: 'payintent retrieve {intent} --expect succeeded',
        summary: 'fail a script unless it was paid',
        given: ['payintent create --amount 1099 --currency eur'],
        exit: 8,
      },
    ],
    fields: intentFields,
    columns: intentColumns,
    exits: [4, 5, 6, 8],
    related: ['explain', 'list', 'confirm'],
  },
  async run(context, input) {
    const gateway = await context.gateway();
    const id = input.argument('intent') ?? '';
    const answer = await gateway.request('GET', pathTo('payment_intents', id), input.params());
    const settled = await settle(context, input, answer.object);
    return {
      data: settled.intent,
      view: intentView(settled.intent, { whole: true }),
      next: nextSteps(settled.intent, gateway.target === 'offline'),
      exit: settled.exit,
    };
  },
};
