import { CliError } from '../cli/errors.ts';
import { mutationOptions } from '../cli/global-options.ts';
import { intentAnswer } from '../cli/intent-answer.ts';
import { intentFields } from '../cli/intent-fields.ts';
import { metadataOption } from '../cli/intent-options.ts';
import { settleOptions } from '../cli/settle.ts';
import type { Command } from '../cli/spec.ts';
import { intentColumns } from '../cli/views/intent-view.ts';
import { pathTo } from '../gateway/gateway.ts';

const held =
  'payintent create --amount 2000 --currency usd --payment-method visa --capture-method manual --confirm -d payment_method_options[card][request_incremental_authorization]=if_available';

export const incrementCommand: Command = {
  spec: {
    name: 'increment',
    description:
      'Raises the authorized amount of an intent that is requires_capture; the status stays. The amount is the new total, not the difference. The intent must have been confirmed with incremental authorization requested; a decline exits 3 and leaves the first authorization as it was.',
    arguments: [{ name: 'intent', summary: 'id of the intent', required: true, complete: 'intents' }],
    options: [
      {
        name: 'amount',
        kind: 'amount',
        value: 'integer',
        param: 'amount',
        summary: 'new total in minor units, more than before',
        common: true,
      },
      {
        name: 'description',
        kind: 'text',
        value: 'text',
        param: 'description',
        summary: 'a note for you and the receipt',
      },
      metadataOption,
      ...settleOptions,
      ...mutationOptions,
    ],
    examples: [
      {
        command: 'payintent increment {intent} --amount 2500',
        summary: 'from 20.00 to 25.00',
        given: [held],
      },
    ],
    fields: intentFields,
    columns: intentColumns,
    exits: [3, 4, 5, 6, 8],
    related: ['capture', 'cancel'],
  },
  async run(context, input) {
    const id = input.argument('intent') ?? '';
    const params = input.params();
    if (params['amount'] === undefined) {
      throw new CliError('ANSWER_NEEDED', 'increment needs --amount, the new total in minor units', {
        fix: [`payintent increment ${id} --amount 2500`],
      });
    }
    const gateway = await context.gateway();
    const answer = await gateway.request(
      'POST',
      pathTo('payment_intents', id, 'increment_authorization'),
      params,
      {
        idempotencyKey: input.text('idempotency-key'),
      },
    );
    return intentAnswer(context, input, gateway, answer, 'Incremented');
  },
};
