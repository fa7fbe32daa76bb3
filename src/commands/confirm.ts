import { askPaymentMethod } from '../cli/ask-payment-method.ts';
import type { Context } from '../cli/context.ts';
import { mutationOptions } from '../cli/global-options.ts';
import { intentAnswer } from '../cli/intent-answer.ts';
import { intentFields } from '../cli/intent-fields.ts';
import {
  captureMethodOption,
  confirmOptions,
  paymentMethodOption,
  setupFutureUsageOption,
} from '../cli/intent-options.ts';
import { methodParams, resolvePaymentMethod } from '../cli/payment-method-name.ts';
import { withReturnUrl } from '../cli/return-url.ts';
import { settleOptions } from '../cli/settle.ts';
import type { Command } from '../cli/spec.ts';
import { intentColumns } from '../cli/views/intent-view.ts';
import { type ApiRecord, pathTo } from '../gateway/gateway.ts';

export const confirmCommand: Command = {
  spec: {
    name: 'confirm',
    description:
      'Attempts the payment. From requires_payment_method (with --payment-method) or requires_confirmation it leads to succeeded, requires_action (3D Secure, a bank page, a voucher), requires_capture (capture_method manual) or processing (bank debits). A decline exits 3 and leads back to requires_payment_method. On a terminal, an intent without a payment method gets a list of test methods to choose from.',
    arguments: [{ name: 'intent', summary: 'id of the intent', required: true, complete: 'intents' }],
    options: [
      paymentMethodOption,
      ...confirmOptions,
      captureMethodOption,
      setupFutureUsageOption,
      {
        name: 'receipt-email',
        kind: 'text',
        value: 'email',
        param: 'receipt_email',
        summary: 'send the receipt there',
      },
      ...settleOptions,
      ...mutationOptions,
    ],
    examples: [
      {
        command: 'payintent confirm {intent} --payment-method visa',
        summary: 'a payment that succeeds',
        given: ['payintent create --amount 1099 --currency eur'],
      },
      {
        command: 'payintent confirm {intent} --payment-method 3ds',
        summary: 'one that asks the customer first',
        given: ['payintent create --amount 1099 --currency eur'],
      },
      {
        command: 'payintent confirm {intent} --payment-method declined',
        summary: 'one that is declined',
        given: ['payintent create --amount 1099 --currency eur'],
        exit: 3,
      },
      {
        command: 'payintent confirm {intent} --payment-method visa --expect succeeded',
        summary: 'fail a script unless it was paid',
        given: ['payintent create --amount 1099 --currency eur'],
      },
    ],
    fields: intentFields,
    columns: intentColumns,
    exits: [3, 4, 5, 6, 8],
    related: ['methods', 'authenticate', 'capture', 'explain'],
  },
  async run(context, input) {
    const gateway = await context.gateway();
    const id = input.argument('intent') ?? '';
    const typed = await resolvePaymentMethod(context, input.params(), true);
    const intent = (await gateway.request('GET', pathTo('payment_intents', id))).object;
    const chosen = await completed(context, typed, intent);
    const params = withReturnUrl(context, input, chosen, intent);
    const answer = await gateway.request('POST', pathTo('payment_intents', id, 'confirm'), params, {
      idempotencyKey: input.text('idempotency-key'),
    });
    return intentAnswer(context, input, gateway, answer, 'Confirmed');
  },
};

/** Asks for a test method where none is known and somebody is there to answer. */
async function completed(context: Context, params: ApiRecord, intent: ApiRecord): Promise<ApiRecord> {
  const given = ['payment_method', 'payment_method_data', 'confirmation_token'].some(
    (name) => params[name] !== undefined,
  );
  if (given || intent['status'] !== 'requires_payment_method' || !context.canAsk) return params;
  const method = await askPaymentMethod(await context.ask('--payment-method'));
  return method === undefined ? params : methodParams(context, params, method, true);
}
