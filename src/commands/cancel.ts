import { confirmOnTest } from '../cli/confirmation.ts';
import { mutationOptions } from '../cli/global-options.ts';
import { intentAnswer } from '../cli/intent-answer.ts';
import { intentFields } from '../cli/intent-fields.ts';
import { settleOptions } from '../cli/settle.ts';
import type { Command } from '../cli/spec.ts';
import { amountOf, intentColumns } from '../cli/views/intent-view.ts';
import { pathTo } from '../gateway/gateway.ts';

export const cancelCommand: Command = {
  spec: {
    name: 'cancel',
    description:
      'Ends an intent for good: canceled. Possible until the money is taken; reserved money (requires_capture) is released. Money already taken is given back with refund. On test mode and on a terminal it asks first; --yes answers.',
    arguments: [{ name: 'intent', summary: 'id of the intent', required: true, complete: 'intents' }],
    options: [
      {
        name: 'cancellation-reason',
        kind: 'text',
        value: 'reason',
        param: 'cancellation_reason',
        choices: ['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned'],
        summary: 'why',
        common: true,
      },
      ...settleOptions,
      ...mutationOptions,
    ],
    examples: [
      {
        command: 'payintent cancel {intent} --cancellation-reason abandoned',
        summary: 'the customer has left',
        given: ['payintent create --amount 1099 --currency eur'],
      },
    ],
    fields: intentFields,
    columns: intentColumns,
    exits: [4, 5, 6, 8, 130],
    related: ['refund', 'retrieve'],
  },
  async run(context, input) {
    const gateway = await context.gateway();
    const id = input.argument('intent') ?? '';
    await confirmOnTest(context, async () => {
      const { object } = await gateway.request('GET', pathTo('payment_intents', id));
      return `Cancel ${id} (${String(object['status'])}, ${amountOf(object)})?`;
    });
    const answer = await gateway.request('POST', pathTo('payment_intents', id, 'cancel'), input.params(), {
      idempotencyKey: input.text('idempotency-key'),
    });
    return intentAnswer(context, input, gateway, answer, 'Canceled');
  },
};
