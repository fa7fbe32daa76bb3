import type { CallStep } from '../../scenario/format.ts';
import type { Lesson } from '../lesson.ts';
import { INTENTS, isPost, refusedWith } from '../looks.ts';
import type { Seen } from '../seen.ts';

function create(title: string, amount: number, currency: string): CallStep {
  return {
    title,
    call: 'payment_intents.create',
    params: { amount, currency },
  };
}

/** The first intent of the turn in a currency, the one with the right amount before others. */
function inCurrency(currency: string, amount: number) {
  return ({ intents }: Seen) => {
    const all = intents.filter((intent) => intent['currency'] === currency);
    return all.find((intent) => intent['amount'] === amount) ?? all[0];
  };
}

const amountIs =
  (name: string, amount: number) =>
  ({ objects }: Seen) =>
    objects.get(name)?.['amount'] === amount;

/** Amounts of the requests that create and fit. */
const wasAsked = ({ requests }: Seen, currency: string, fits: (amount: string, status: number) => boolean) =>
  requests
    .filter((request) => isPost(request) && request.path === INTENTS)
    .some(
      ({ params, status }) =>
        String(params['currency']).toLowerCase() === currency && fits(String(params['amount']), status),
    );

/** Amounts are counted in the smallest unit of their currency, which is not always a hundredth. */
export const minorUnits: Lesson = {
  id: 'minor-units',
  minutes: 7,
  terms: ['smallest_currency_unit'],
  rounds: [
    {
      id: 'yen',
      kind: 'try',
      predict: { choices: ['five-hundred', 'fifty-thousand', 'refused'], right: 'fifty-thousand' },
      task: {
        steps: [{ ...create('Create the payment in yen', 500, 'jpy'), as: 'intent' }],
        finds: { intent: inCurrency('jpy', 500) },
        checks: [
          { id: 'yen', met: ({ objects }) => objects.has('intent') },
          { id: 'amount', met: amountIs('intent', 500) },
        ],
      },
    },
    {
      id: 'dinar',
      kind: 'try',
      predict: { choices: ['hundredths', 'thousandths', 'whole'], right: 'thousandths' },
      task: {
        steps: [{ ...create('Create the payment in dinars', 1500, 'kwd'), as: 'intent' }],
        finds: { intent: inCurrency('kwd', 1500) },
        checks: [
          { id: 'dinar', met: ({ objects }) => objects.has('intent') },
          { id: 'amount', met: amountIs('intent', 1500) },
        ],
      },
    },
    {
      id: 'silent',
      kind: 'try',
      predict: { choices: ['refused', 'cents', 'dollars'], right: 'cents' },
      task: {
        steps: [
          { ...create('Forget the cents', 75, 'usd'), as: 'intent' },
          {
            title: 'Mend the amount',
            call: 'payment_intents.update',
            on: '${intent.id}',
            params: { amount: 7500 },
            expect: { status: 'requires_payment_method', events: [] },
          },
        ],
        finds: { intent: inCurrency('usd', 7500) },
        checks: [
          {
            id: 'mistaken',
            met: (seen) => wasAsked(seen, 'usd', (amount, status) => amount === '75' && status < 400),
          },
          { id: 'mended', met: amountIs('intent', 7500) },
        ],
      },
    },
    {
      id: 'refused',
      kind: 'break',
      predict: { choices: ['taken', 'refused', 'later'], right: 'refused' },
      task: {
        steps: [
          {
            ...create('Ask for too little', 30, 'usd'),
            expect: { error: { status: 400, code: 'amount_too_small' }, events: [] },
          },
          {
            title: 'Send a decimal point',
            call: 'payment_intents.create',
            params: { amount: '10.99', currency: 'usd' },
            expect: { error: { status: 400, code: 'parameter_invalid_integer' }, events: [] },
          },
          {
            ...create('Ask for single fils', 1505, 'kwd'),
            expect: { error: { status: 400 }, events: [] },
          },
        ],
        checks: [
          { id: 'too-small', met: refusedWith('amount_too_small') },
          {
            id: 'decimals',
            met: ({ requests }) =>
              requests.some(
                ({ error, params }) =>
                  error?.code === 'parameter_invalid_integer' && String(params['amount']).includes('.'),
              ),
          },
          {
            id: 'last-digit',
            met: (seen) =>
              wasAsked(seen, 'kwd', (amount, status) => /^\d+[1-9]$/.test(amount) && status === 400),
          },
        ],
      },
    },
  ],
};
