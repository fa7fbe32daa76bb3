import { CliError } from '../cli/errors.ts';
import { mutationOptions } from '../cli/global-options.ts';
import { intentAnswer } from '../cli/intent-answer.ts';
import { intentFields } from '../cli/intent-fields.ts';
import { editableOptions, paymentMethodOption } from '../cli/intent-options.ts';
import { isEmpty } from '../cli/params.ts';
import { resolvePaymentMethod } from '../cli/payment-method-name.ts';
import { settleOptions } from '../cli/settle.ts';
import type { Command } from '../cli/spec.ts';
import { intentColumns } from '../cli/views/intent-view.ts';
import { pathTo } from '../gateway/gateway.ts';

export const updateCommand: Command = {
  spec: {
    name: 'update',
    description:
      'Changes a PaymentIntent without attempting it. A payment method takes it from requires_payment_method to requires_confirmation. The amount can change until the payment is made; description and metadata can change always. An empty value unsets: --description "".',
    arguments: [{ name: 'intent', summary: 'id of the intent', required: true, complete: 'intents' }],
    options: [
      {
        name: 'amount',
        kind: 'amount',
        value: 'integer',
        param: 'amount',
        summary: 'new amount in minor units',
        common: true,
      },
      {
        name: 'currency',
        kind: 'text',
        value: 'code',
        param: 'currency',
        summary: 'new currency',
        complete: 'currencies',
      },
      paymentMethodOption,
      ...editableOptions,
      ...settleOptions,
      ...mutationOptions,
    ],
    examples: [
      {
        command: 'payintent update {intent} --amount 2000 --metadata order=6735',
        summary: 'change the amount and note the order',
        given: ['payintent create --amount 1099 --currency eur'],
      },
      {
        command: 'payintent update {intent} --payment-method visa',
        summary: 'attach a payment method, confirm later',
        given: ['payintent create --amount 1099 --currency eur'],
      },
    ],
    fields: intentFields,
    columns: intentColumns,
    exits: [4, 5, 6, 8],
    related: ['confirm', 'retrieve'],
  },
  async run(context, input) {
    const id = input.argument('intent') ?? '';
    const params = await resolvePaymentMethod(context, input.params(), false);
    const { expand: _expand, ...changes } = params;
    if (isEmpty(changes)) {
      throw new CliError('ANSWER_NEEDED', 'update needs something to change', {
        fix: ['payintent update --help', `payintent update ${id} --metadata order=6735`],
      });
    }
    const gateway = await context.gateway();
    const answer = await gateway.request('POST', pathTo('payment_intents', id), params, {
      idempotencyKey: input.text('idempotency-key'),
    });
    return intentAnswer(context, input, gateway, answer, 'Updated');
  },
};
