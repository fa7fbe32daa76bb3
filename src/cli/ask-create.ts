import { parseAmountArgument } from '../domain/amount-argument.ts';
import { findCurrency } from '../domain/currencies.ts';
import { formatAmount } from '../domain/money.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import { askPaymentMethod } from './ask-payment-method.ts';
import type { Context } from './context.ts';
import { methodParams } from './payment-method-name.ts';

/** Asks for what a create lacks: amount, currency, and which payment method to use when. */
export async function askCreate(context: Context, params: ApiRecord): Promise<ApiRecord> {
  await context.target();
  const prompter = await context.ask('--amount');
  const answers: Record<string, unknown> = { ...params };
  if (answers['currency'] === undefined) {
    answers['currency'] = (
      await prompter.input({
        message: 'Currency',
        initial: 'usd',
        validate: (value) =>
          findCurrency(value) !== undefined ||
          `${JSON.stringify(value)} is no currency Stripe knows: try usd, eur, jpy`,
      })
    ).toLowerCase();
  }
  if (answers['amount'] === undefined) {
    const currency = String(answers['currency']);
    const typed = await prompter.input({
      message: `Amount in minor units (1099 is ${formatAmount(1099, currency)})`,
      initial: '1099',
      validate: (value) => {
        const read = parseAmountArgument(value, currency);
        return read.ok || read.message;
      },
    });
    const read = parseAmountArgument(typed, currency);
    answers['amount'] = read.ok ? read.amount : typed;
  }
  if (answers['payment_method'] !== undefined || answers['payment_method_data'] !== undefined) return answers;
  const method = await askPaymentMethod(prompter, 'choose one later, with confirm');
  if (method === undefined) return answers;
  const confirm =
    answers['confirm'] ?? (await prompter.confirm({ message: 'Confirm it now?', initial: true }));
  return methodParams(
    context,
    confirm === true ? { ...answers, confirm } : answers,
    method,
    confirm === true,
  );
}
