import type { LessonText } from '../text.ts';

export const aDeclineIsNotTheEnd: LessonText = {
  title: 'A decline is not the end',
  summary:
    'A declined card sends the intent back to wait for another one, and the decline code says what to tell the customer.',
  intro: `Cards are declined every day: no money, a wrong number, a careful bank. Many of these customers still want to pay. In this
lesson you let a bank say no, read its reason, and pay the same intent with another card.`,
  rounds: {
    decline: {
      title: 'The bank says no',
      predict: {
        question: 'You confirm an intent and the bank declines the card. What becomes of the intent?',
        choices: {
          failed: {
            label: 'Its status is `failed`',
            because: 'An intent has no such status. The one try has failed, the payment has not.',
          },
          canceled: {
            label: 'It is `canceled`',
            because: 'A bank’s no closes nothing. Canceled is what you no longer want to be paid.',
          },
          waits: {
            label: 'It waits in `requires_payment_method`',
            because: 'The declined card is taken off, and the intent waits for another one.',
          },
        },
      },
      task: 'Pay with a card that is short of money (payintent calls it `insufficient-funds`), or with any other card that is declined.',
      checks: {
        declined: {
          met: 'The card was declined, and the intent waits in `requires_payment_method`.',
          missing:
            'No card was declined yet. Type: `payintent create --amount 4500 --currency usd --payment-method insufficient-funds --confirm`',
        },
        told: {
          met: 'Your server is told with the event `payment_intent.payment_failed`.',
          missing: 'The event `payment_intent.payment_failed` is sent when a try fails.',
        },
      },
      explain: `The API answers 402. Inside the error, \`code\` says what went wrong, mostly \`card_declined\`, and
[decline_code](term:decline_code) says why, as far as the bank tells. The intent keeps both in \`last_payment_error\`, and the
try is kept as a [charge](term:charge) with the status \`failed\`.`,
    },
    retry: {
      title: 'Another card',
      predict: {
        question: 'The customer still wants to pay. What does the second try need?',
        choices: {
          new: {
            label: 'A new intent: this one is spoiled',
            because:
              'It is as good as before. A new one would forget what happened, and leave two to be paid.',
          },
          same: {
            label: 'The same intent, and another card',
            because: 'One order, one intent, as many tries as it takes.',
          },
          card: {
            label: 'The same card, sent again at once',
            because: 'The bank has its reason still. Many such tries make it, and Stripe, suspicious.',
          },
        },
      },
      task: 'Confirm the declined intent with a card that works.',
      checks: {
        succeeded: {
          met: 'The same intent has `succeeded`.',
          missing:
            'The declined intent is not paid yet. Type: `payintent confirm pi_… --payment-method visa`',
        },
        clean: {
          met: 'Its `last_payment_error` is `null` again.',
          missing:
            'The error of the last try is still there: `last_payment_error`. Pay the intent with another card.',
        },
      },
      explain: `The customer paid once, after two tries. The intent has one id and one story: \`payintent timeline pi_…\` shows both
tries. Your order needs no more than that id.`,
    },
    tell: {
      title: 'What the customer may hear',
      predict: {
        question: 'The `decline_code` is `lost_card`. What does your page say?',
        choices: {
          reason: {
            label: '“This card was reported lost.”',
            because:
              'Perhaps it is not the owner who is reading this. A thief would know now to use another card.',
          },
          code: {
            label: '“Declined: lost_card”',
            because: 'This gives the same away, in a form that no customer can do anything with.',
          },
          plain: {
            label: '“Your card was declined. Please pay another way.”',
            because: 'It is true, it says what to do, and it gives nothing away.',
          },
        },
      },
      task: `Pay with a card that was reported lost or stolen (payintent calls them \`lost\` and \`stolen\`). Compare \`message\` and
\`decline_code\` of the error.`,
      checks: {
        silent: {
          met: 'The `decline_code` names the reason, and the `message` does not.',
          missing:
            'No such card was declined yet. Type: `payintent create --amount 4500 --currency usd --payment-method lost --confirm`',
        },
      },
      explain: `\`message\` can be shown to customers: it is silent where it has to be. \`decline_code\` is for you, to choose the right
sentence:

- \`lost_card\`, \`stolen_card\`, \`fraudulent\`: say only that the card was declined
- \`expired_card\`, \`incorrect_cvc\`: ask to check the details of the card
- \`insufficient_funds\`: ask for another way to pay
- \`generic_decline\` and codes you do not know: another way to pay, or a call to the bank

\`payintent explain lost_card\` says this of one code, and knows the others too.`,
    },
    twice: {
      title: 'A new intent for every try',
      setting:
        'Order 6735 costs $45.00. Its intent was declined a moment ago, and waits for another card: `payintent list` shows it.',
      predict: {
        question:
          'A shop makes a new intent for the second try, and leaves the first one as it is. How often can order 6735 be paid?',
        choices: {
          once: {
            label: 'Once: Stripe knows the order from `metadata`',
            because: '`metadata` is your own note. Stripe keeps it, and compares nothing.',
          },
          moved: {
            label: 'Once: the new intent closes the old one',
            because: 'Intents know nothing of each other. The old one waits until it is paid or canceled.',
          },
          twice: {
            label: 'Twice',
            because: 'Both intents are good, and each of them is a payment.',
          },
        },
      },
      task: `Make a second intent for the order and pay it. Then pay the first one too, as would a customer who has the old page
still open in another tab.`,
      checks: {
        second: {
          met: 'The second intent is paid.',
          missing:
            'No second intent is paid yet. Type: `payintent create --amount 4500 --currency usd --payment-method visa --confirm`',
        },
        first: {
          met: 'The first one is paid too: $90.00 for an order of $45.00.',
          missing: 'The first intent still waits. Type: `payintent confirm pi_… --payment-method mastercard`',
        },
      },
      explain: `Stripe did nothing wrong: it was asked for two payments. The shop has to find this out, give one back with a
[refund](term:refund), and explain it to the customer.

Keep the id of the intent with the order, and go on with that intent when the customer comes back. Where it has to be a new
one, cancel the old one first: \`payintent cancel\`.`,
    },
  },
  outro: `A decline ends a try, not the payment. Show \`message\`, choose what to say by \`decline_code\`, and let the customer try again on
the same intent.

In production, limit how often one customer may try: somebody who tests stolen cards tries many. And decide by the codes, not by
the words of \`message\`: those may change.`,
};
