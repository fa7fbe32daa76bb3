import type { Context } from '../cli/context.ts';
import { CliError } from '../cli/errors.ts';
import { mutationOptions } from '../cli/global-options.ts';
import { intentAnswer } from '../cli/intent-answer.ts';
import { intentFields } from '../cli/intent-fields.ts';
import { intentOptions } from '../cli/intent-options.ts';
import { resolvePaymentMethod } from '../cli/payment-method-name.ts';
import { withReturnUrl } from '../cli/return-url.ts';
import { settleOptions } from '../cli/settle.ts';
import type { Command } from '../cli/spec.ts';
import { intentColumns } from '../cli/views/intent-view.ts';
import { type ApiRecord, pathTo } from '../gateway/gateway.ts';

export const createCommand: Command = {
  spec: {
    name: 'create',
    description:
      'Creates a PaymentIntent. Without a payment method it is requires_payment_method, with one requires_confirmation. With --confirm it is attempted at once and answers succeeded, requires_action, requires_capture or processing; a decline exits 3 and leaves requires_payment_method. On a terminal, create without an amount asks for what it needs.',
    options: [
      {
        name: 'amount',
        kind: 'amount',
        value: 'integer',
        param: 'amount',
        summary: 'amount in minor units: 1099 is €10.99',
        common: true,
      },
      {
        name: 'currency',
        kind: 'text',
        value: 'code',
        param: 'currency',
        summary: 'three-letter currency code: eur',
        complete: 'currencies',
        common: true,
      },
      {
        name: 'confirm',
        kind: 'flag',
        param: 'confirm',
        summary: 'attempt the payment at once',
        common: true,
      },
      ...intentOptions,
      ...settleOptions,
      ...mutationOptions,
    ],
    examples: [
      { command: 'payintent create --amount 1099 --currency eur', summary: 'a payment to be paid later' },
      {
        command: 'payintent create --amount 1099 --currency eur --payment-method visa --confirm',
        summary: 'a payment that succeeds at once',
      },
      {
        command:
          'payintent create --amount 2000 --currency usd --payment-method visa --capture-method manual --confirm',
        summary: 'reserve now, capture later',
      },
      {
        command:
          'payintent create --amount 1099 --currency eur --payment-method insufficient-funds --confirm',
        summary: 'see a decline',
        exit: 3,
      },
    ],
    fields: intentFields,
    columns: intentColumns,
    exits: [3, 4, 5, 6, 8],
    related: ['confirm', 'update', 'methods', 'explain'],
  },
  async run(context, input) {
    const asked = await completed(context, input.params());
    const gateway = await context.gateway();
    const params = isConfirming(asked) ? withReturnUrl(context, input, asked, undefined) : asked;
    const answer = await gateway.request('POST', pathTo('payment_intents'), params, {
      idempotencyKey: input.text('idempotency-key'),
    });
    return intentAnswer(context, input, gateway, answer, 'Created');
  },
};

function isConfirming(params: ApiRecord): boolean {
  return params['confirm'] === true || params['confirm'] === 'true';
}

/** The parameters as typed, or, on a terminal and without an amount, completed by asking. */
async function completed(context: Context, params: ApiRecord): Promise<ApiRecord> {
  const missing = ['amount', 'currency'].filter((name) => params[name] === undefined);
  if (missing.length === 0) return resolvePaymentMethod(context, params, isConfirming(params));
  if (!context.canAsk) {
    throw new CliError('ANSWER_NEEDED', `create needs ${missing.map((name) => `--${name}`).join(' and ')}`, {
      fix: ['payintent create --amount 1099 --currency eur'],
    });
  }
  const { askCreate } = await import('../cli/ask-create.ts');
  return askCreate(context, await resolvePaymentMethod(context, params, isConfirming(params)));
}
