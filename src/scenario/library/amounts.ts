import type { CallStep, Scenario } from '../format.ts';

function pay(amount: number, currency: string, why: string): CallStep {
  return {
    title: 'Create the payment and confirm it',
    why,
    call: 'payment_intents.create',
    as: 'intent',
    params: {
      amount,
      currency,
      payment_method_types: ['card'],
      confirm: true,
      payment_method: 'pm_card_visa',
      capture_method: 'automatic',
    },
    expect: {
      status: 'succeeded',
      events: ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded'],
    },
  };
}

/** Minor units, which not every currency has a hundred of. */
export const amountScenarios: readonly Scenario[] = [
  {
    id: 'zero-decimal-amount',
    title: 'A currency without decimals',
    teaches: 'Yen have no smaller unit: 2000 is ¥2,000, and multiplying by a hundred takes a hundredfold.',
    steps: [
      pay(2000, 'jpy', 'Amounts are counted in the smallest unit there is, and the yen is its own.'),
      {
        title: 'Give a quarter of it back',
        why: 'Refunds are counted in the same unit.',
        call: 'refunds.create',
        as: 'refund',
        params: { payment_intent: '${intent.id}', amount: '${intent.amount / 4}' },
        expect: { status: 'succeeded', events: ['refund.created', 'charge.refunded'] },
      },
    ],
  },
  {
    id: 'three-decimal-amount',
    title: 'A currency with three decimals',
    teaches:
      'A Kuwaiti dinar has a thousand fils, and card networks take only tens of them: 5120 is 5.120 KWD.',
    steps: [
      {
        title: 'Try an amount that ends in 4',
        why: 'The last digit of an amount with three decimals has to be a zero.',
        call: 'payment_intents.create',
        params: { amount: 5124, currency: 'kwd', payment_method_types: ['card'] },
        expect: { error: { status: 400 }, events: [] },
      },
      pay(5120, 'kwd', 'Rounded to the nearest ten, it is taken.'),
    ],
  },
  {
    id: 'amount-too-small',
    title: 'An amount below the minimum',
    teaches:
      'Every currency has a least amount, because a charge costs something: for dollars it is 50 cents.',
    steps: [
      {
        title: 'Try 30 cents',
        why: 'The request is refused before anything is made: 400, and no intent.',
        call: 'payment_intents.create',
        params: { amount: 30, currency: 'usd', payment_method_types: ['card'] },
        expect: { error: { status: 400, code: 'amount_too_small' }, events: [] },
      },
      pay(50, 'usd', 'Fifty cents are enough.'),
    ],
  },
];
