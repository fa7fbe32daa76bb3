import { mutationOptions } from '../cli/global-options.ts';
import { intentAnswer } from '../cli/intent-answer.ts';
import { intentFields } from '../cli/intent-fields.ts';
import { metadataOption } from '../cli/intent-options.ts';
import { settleOptions } from '../cli/settle.ts';
import type { Command } from '../cli/spec.ts';
import { intentColumns } from '../cli/views/intent-view.ts';
import { pathTo } from '../gateway/gateway.ts';

const held =
  'payintent create --amount 2000 --currency usd --payment-method visa --capture-method manual --confirm';

export const captureCommand: Command = {
  spec: {
    name: 'capture',
    description:
      'Takes the money of an intent that is requires_capture, which makes it succeeded. Capturing less than was authorized releases the rest. An authorization that is not captured in time, 7 days for most cards, ends canceled.',
    arguments: [{ name: 'intent', summary: 'id of the intent', required: true, complete: 'intents' }],
    options: [
      {
        name: 'amount-to-capture',
        kind: 'amount',
        value: 'integer',
        param: 'amount_to_capture',
        summary: 'amount in minor units; everything if absent',
        common: true,
      },
      {
        name: 'statement-descriptor-suffix',
        kind: 'text',
        value: 'text',
        param: 'statement_descriptor_suffix',
        summary: 'what the statement of a card shows after your name',
      },
      metadataOption,
      ...settleOptions,
      ...mutationOptions,
    ],
    examples: [
      { command: 'payintent capture {intent}', summary: 'take everything', given: [held] },
      {
        command: 'payintent capture {intent} --amount-to-capture 1500',
        summary: 'take a part and release the rest',
        given: [held],
      },
    ],
    fields: intentFields,
    columns: intentColumns,
    exits: [4, 5, 6, 8],
    related: ['increment', 'cancel', 'refund'],
  },
  async run(context, input) {
    const gateway = await context.gateway();
    const path = pathTo('payment_intents', input.argument('intent') ?? '', 'capture');
    const answer = await gateway.request('POST', path, input.params(), {
      idempotencyKey: input.text('idempotency-key'),
    });
    return intentAnswer(context, input, gateway, answer, 'Captured');
  },
};
