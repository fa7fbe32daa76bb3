import { confirmOnTest } from '../cli/confirmation.ts';
import { mutationOptions } from '../cli/global-options.ts';
import { idempotencyNote } from '../cli/idempotency.ts';
import { refundFields } from '../cli/intent-fields.ts';
import { metadataOption } from '../cli/intent-options.ts';
import type { Command } from '../cli/spec.ts';
import { amountOf } from '../cli/views/intent-view.ts';
import { refundColumns, refundView } from '../cli/views/refund-view.ts';
import { formatAmount } from '../domain/money.ts';
import { pathTo } from '../gateway/gateway.ts';

const paid = 'payintent create --amount 1099 --currency eur --payment-method visa --confirm';

export const refundCommand: Command = {
  spec: {
    name: 'refund',
    description:
      'Gives the money of a succeeded intent back, all of it or --amount. The intent stays succeeded: a refund is an object of its own, whose status is succeeded, pending or failed. On test mode and on a terminal it asks first; --yes answers.',
    arguments: [
      {
        name: 'intent',
        summary: 'id of the intent, or of a charge (ch_…)',
        required: true,
        complete: 'intents',
      },
    ],
    options: [
      {
        name: 'amount',
        kind: 'amount',
        value: 'integer',
        param: 'amount',
        summary: 'amount in minor units; everything if absent',
        common: true,
      },
      {
        name: 'reason',
        kind: 'text',
        value: 'reason',
        param: 'reason',
        choices: ['duplicate', 'fraudulent', 'requested_by_customer'],
        summary: 'why',
        common: true,
      },
      metadataOption,
      ...mutationOptions,
    ],
    examples: [
      { command: 'payintent refund {intent}', summary: 'give everything back', given: [paid] },
      {
        command: 'payintent refund {intent} --amount 500 --reason requested_by_customer',
        summary: 'give a part back',
        given: [paid],
      },
    ],
    fields: refundFields,
    columns: refundColumns,
    exits: [4, 5, 6, 130],
    related: ['cancel', 'retrieve'],
  },
  async run(context, input) {
    const gateway = await context.gateway();
    const id = input.argument('intent') ?? '';
    const field = /^(ch|py)_/.test(id) ? 'charge' : 'payment_intent';
    const params = input.params([{ name: field, value: id, typed: id }]);
    await confirmOnTest(context, async () => {
      const path = field === 'charge' ? pathTo('charges', id) : pathTo('payment_intents', id);
      const { object } = await gateway.request('GET', path);
      const part = params['amount'] === undefined ? undefined : Number(params['amount']);
      const currency = object['currency'];
      const shown =
        part === undefined || typeof currency !== 'string' ? amountOf(object) : formatAmount(part, currency);
      return `Refund ${shown} of ${id}?`;
    });
    const answer = await gateway.request('POST', pathTo('refunds'), params, {
      idempotencyKey: input.text('idempotency-key'),
    });
    idempotencyNote(context, input, answer);
    return {
      data: answer.object,
      view: refundView(answer.object),
      next: field === 'charge' ? [] : [`payintent retrieve ${id}`],
    };
  },
};
