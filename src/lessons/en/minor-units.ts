import type { LessonText } from '../text.ts';

export const minorUnits: LessonText = {
  title: 'Minor units',
  summary:
    'Amounts are whole numbers in the smallest unit of their currency, and that is not always a hundredth.',
  intro: `An amount in the API is never \`10.99\`. It is a whole number, counted in the
[smallest unit of the currency](term:smallest_currency_unit): \`1099\` cents. The currency says what the smallest unit is.
Whoever gets it wrong is off by a factor of ten, a hundred or a thousand, in one direction or the other. Only some of these
mistakes are refused.`,
  rounds: {
    yen: {
      title: 'A currency without cents',
      predict: {
        question:
          'A coffee costs ¥500. A shop multiplies every price by 100, because that was right for dollars, and sends `amount=50000` and `currency=jpy`. What is the customer asked to pay?',
        choices: {
          'five-hundred': {
            label: '¥500',
            because:
              'Nothing divides by 100 again. The yen has no smaller unit, so the number that is sent is the number of yen.',
          },
          'fifty-thousand': {
            label: '¥50,000',
            because:
              'The yen has no smaller unit, so `50000` is fifty thousand yen: a hundred times too much, and nothing warns you.',
          },
          refused: {
            label: 'Nothing: the API refuses the amount',
            because:
              '¥50,000 is an ordinary price for many goods. The API cannot know that this one is a coffee.',
          },
        },
      },
      task: 'Create an intent for the coffee, with the right amount for ¥500. The currency code is `jpy`.',
      checks: {
        yen: {
          met: 'There is an intent in yen.',
          missing: 'There is no new intent in yen yet. Type: `payintent create --amount 500 --currency jpy`',
        },
        amount: {
          met: 'Its amount is `500`, which is ¥500.',
          missing: 'Its amount is not ¥500. Yen are not multiplied: create one with `--amount 500`.',
        },
      },
      explain: `The won and the dong are like the yen: one is the smallest there is. So the factor between the price a person reads
and the number you send is a property of the currency. It belongs in one table, looked up by the currency code, and not in a
\`* 100\` somewhere in the code.`,
    },
    dinar: {
      title: 'A currency with a thousand parts',
      predict: {
        question: 'A book costs 1.500 Kuwaiti dinars. Which amount do you send with `currency=kwd`?',
        choices: {
          hundredths: {
            label: '`150`',
            because:
              'That would be right with a hundred parts. A dinar has a thousand fils, so `150` is 0.150 dinars, a tenth of the price.',
          },
          thousandths: {
            label: '`1500`',
            because: 'A dinar has a thousand fils, and the price is one thousand five hundred of them.',
          },
          whole: {
            label: '`2`, rounded to whole dinars',
            because: 'Nothing is rounded to whole dinars. `2` would be two fils.',
          },
        },
      },
      task: 'Create an intent for 1.500 Kuwaiti dinars. The currency code is `kwd`.',
      checks: {
        dinar: {
          met: 'There is an intent in dinars.',
          missing:
            'There is no new intent in dinars yet. Type: `payintent create --amount 1500 --currency kwd`',
        },
        amount: {
          met: 'Its amount is `1500`: one dinar and a half.',
          missing: 'Its amount is not 1.500 dinars. Create one with `--amount 1500`.',
        },
      },
      explain: `The dinars of Bahrain, Jordan, Kuwait and Tunisia and the rial of Oman have three decimals. Cards are charged in tens of
the smallest unit, so the last digit of such an amount has to be 0. In production, which currencies you may charge also
depends on the country of your account.`,
    },
    silent: {
      title: 'The mistake that nobody refuses',
      predict: {
        question:
          'A price of $75.00 stands in your database as `75`. Your code sends it as it is: `amount=75`, `currency=usd`. What happens?',
        choices: {
          refused: {
            label: 'The API refuses it',
            because:
              'The least amount in dollars is 50 cents, and 75 cents are more than that. It is a valid payment.',
          },
          cents: {
            label: 'The customer pays $0.75',
            because:
              'It is a valid payment of 75 cents. The customer pays it gladly, and you notice when somebody adds up the month.',
          },
          dollars: {
            label: 'The customer pays $75.00',
            because: 'The API does not guess. `75` in dollars is 75 cents.',
          },
        },
      },
      task: 'Make the mistake: create an intent with `amount=75` in dollars. Then mend that intent, so that it asks for $75.00.',
      checks: {
        mistaken: {
          met: 'An intent of 75 cents was created, and nothing complained.',
          missing: 'Make the mistake first. Type: `payintent create --amount 75 --currency usd`',
        },
        mended: {
          met: 'It asks for `7500` now, which is $75.00.',
          missing: 'It does not ask for $75.00 yet. Type: `payintent update pi_… --amount 7500`',
        },
      },
      explain: `As long as nobody has paid, the amount can be changed. Afterwards the way back is a refund, or a letter that asks for the
rest.

What helps is to keep prices as whole numbers of the smallest unit from the database to the request, and to turn them into
\`$75.00\` only where a person reads them. Multiplying decimal numbers is the next trap: in JavaScript \`19.99 * 100\` is
\`1998.9999999999998\`.`,
    },
    refused: {
      title: 'Amounts that are refused',
      predict: {
        question: 'Thirty cents: `amount=30`, `currency=usd`. What becomes of it?',
        choices: {
          taken: {
            label: 'The intent is created',
            because:
              'A payment costs a fee, so every currency has a least amount. For dollars it is 50 cents.',
          },
          refused: {
            label: 'The request is refused',
            because: 'It is below the least amount in dollars, 50 cents. No intent is made.',
          },
          later: {
            label: 'The intent is created, and the bank declines it',
            because: 'It does not come that far. The amount is looked at when the intent is created.',
          },
        },
      },
      task: `Get three refusals:

- an amount below the minimum
- an amount with a decimal point
- an amount in Kuwaiti dinars that does not end in 0`,
      checks: {
        'too-small': {
          met: 'Too little: the answer was 400 with the code `amount_too_small`.',
          missing: 'No amount was too small yet. Type: `payintent create --amount 30 --currency usd`',
        },
        decimals: {
          met: 'A decimal point: the answer was 400 with the code `parameter_invalid_integer`.',
          missing:
            'No amount with a decimal point reached the API. `--amount` does not even send one; this does: `payintent create -d amount=10.99 --currency usd`',
        },
        'last-digit': {
          met: 'An amount in fils that does not end in 0: the answer was 400.',
          missing: 'No amount in fils was refused yet. Type: `payintent create --amount 1505 --currency kwd`',
        },
      },
      explain: `These are the kind mistakes, because you hear of them. The emulator keeps the minimums that Stripe publishes. In
production the limit is that of the currency your account is paid out in: an amount in another currency is converted first.`,
    },
  },
  outro: `Keep amounts as whole numbers, next to their currency, everywhere. Look up how many decimals a currency has. Test one
currency of each kind: \`usd\`, \`jpy\` and \`kwd\`. A test that creates an intent and compares its \`amount\` with the price on the
page finds what the API cannot.`,
};
