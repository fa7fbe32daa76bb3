import { parseAmountArgument } from '../domain/amount-argument.ts';
import { findCurrency } from '../domain/currencies.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import { askPaymentMethod } from './ask-payment-method.ts';
import type { Context } from './context.ts';
import { CliError } from './errors.ts';
import type { Input } from './input.ts';
import { methodParams, resolvePaymentMethod } from './payment-method-name.ts';

/** The parameters of a create: as typed, or, on a terminal and without an amount, completed by asking. */
export async function completeCreate(context: Context, input: Input): Promise<ApiRecord> {
  const params = await resolvePaymentMethod(input.params());
  const missing = ['amount', 'currency'].filter((name) => params[name] === undefined);
  if (missing.length === 0) return params;
  if (!context.canAsk) {
    throw new CliError('ANSWER_NEEDED', `create needs ${missing.map((name) => `--${name}`).join(' and ')}`, {
      fix: ['payintent create --amount 1099 --currency eur'],
    });
  }
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
      message: 'Amount in minor units (1099 is 10.99)',
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
  const withMethod = methodParams(answers, method);
  if (answers['confirm'] !== undefined) return withMethod;
  const now = await prompter.confirm({ message: 'Confirm it now?', initial: true });
  return now ? { ...withMethod, confirm: true } : withMethod;
}
