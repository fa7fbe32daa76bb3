import type { LessonText } from '../text.ts';

export const whatAnIntentIs: LessonText = {
  title: 'What an intent is',
  summary:
    'Your server creates the intent, the browser gets its client secret, the customer confirms, and Stripe moves the status.',
  intro: `A customer wants to pay once. That may take three tries, two cards, a visit to the bank’s page, and a few days. A
[PaymentIntent](term:payment_intent) is the object at Stripe that follows this one payment from the first try to the result.

Four parties take part: your server, the browser, the customer, and Stripe. In this lesson you play the first three.`,
  rounds: {
    create: {
      title: 'The server creates it',
      predict: {
        question: 'A basket holds goods for €24.00. Who should tell Stripe how much is to be paid?',
        choices: {
          page: {
            label: 'The page in the browser, which shows the price',
            because:
              'Whatever runs in a browser can be changed by the person in front of it. An amount from there is a suggestion.',
          },
          server: {
            label: 'Your server, which knows the prices',
            because:
              'It works out the amount from its own prices and creates the intent with the secret key, which is nowhere else.',
          },
          stripe: {
            label: 'Stripe, from what is in the basket',
            because: 'Stripe does not know your goods. It is told an `amount` and a `currency`.',
          },
        },
      },
      task: `Be the server: create an intent, of any amount and in any currency, and do not confirm it yet. Amounts are counted
in the [smallest currency unit](term:smallest_currency_unit), so €24.00 is \`2400\`.`,
      checks: {
        created: {
          met: 'The intent is there, and nobody has tried to pay it.',
          missing: 'There is no new, unpaid intent. Type: `payintent create --amount 2400 --currency eur`',
        },
        told: {
          met: 'Stripe told of it with the event `payment_intent.created`.',
          missing: 'The event `payment_intent.created` comes as soon as there is an intent.',
        },
      },
      explain: `Only your server can create an intent, since that takes the secret key. So it is your server that says how much.

The intent has an id that begins with \`pi_\`, an amount, a currency and a status. Keep the id with your order: it
leads to everything that happens to this payment.`,
    },
    secret: {
      title: 'The browser gets the client secret',
      predict: {
        question: 'The customer’s browser is to finish the payment. What does your server send to the page?',
        choices: {
          key: {
            label: 'The secret key, so that the page can ask Stripe itself',
            because:
              'That key can do everything in your account, such as giving refunds. It never leaves the server.',
          },
          id: {
            label: 'The id of the intent',
            because: 'An id is a name and not a permission: it stands in logs and in messages to support.',
          },
          secret: {
            label: 'The `client_secret` of this one intent',
            because:
              'It opens this one payment. With it and the publishable key a page can look at the intent and confirm it, but not change the amount.',
          },
        },
      },
      task: `Look your intent up and find its [client secret](term:client_secret). payintent hides it from onlookers until it is
asked with \`--show-secrets\`.`,
      checks: {
        looked: {
          met: 'You looked it up. The `client_secret` begins with the id of its intent.',
          missing: 'The intent was not looked up yet. Type: `payintent retrieve pi_… --show-secrets`',
        },
      },
      explain: `Your server hands the client secret to the page of the customer who pays, and to nobody else. The page gives it to
Stripe.js, together with the [publishable key](term:publishable_key). Keep it out of logs.`,
    },
    confirm: {
      title: 'The customer confirms, Stripe moves the status',
      predict: {
        question: 'The customer presses the button. Who sets the status to `succeeded`?',
        choices: {
          page: {
            label: 'The page, when the card has been typed in',
            because: 'A page can only ask, and show the answer. If it could set the status, it could lie.',
          },
          server: {
            label: 'Your server, by updating the intent',
            because:
              'The API takes no `status` from anybody: whoever sends one gets the error `parameter_unknown`.',
          },
          stripe: {
            label: 'Stripe, when the bank has said yes',
            because: 'Others ask for things to happen. What has happened, only Stripe writes down.',
          },
        },
      },
      task: `Be the customer: [confirm](term:confirm) the intent with a card that works, such as \`pm_card_visa\`. In a shop
Stripe.js sends this request from the browser, with the publishable key and the client secret. Here your terminal stands in
for it.`,
      checks: {
        succeeded: {
          met: 'The status is `succeeded`.',
          missing: 'The intent is not paid yet. Type: `payintent confirm pi_… --payment-method visa`',
        },
        told: {
          met: 'Stripe told of it with the event `payment_intent.succeeded`.',
          missing: 'The event `payment_intent.succeeded` is sent when the intent has been paid.',
        },
      },
      explain: `The bank’s yes became a [charge](term:charge), and Stripe moved the status. Both were told as
[events](term:event): first \`charge.succeeded\`, then \`payment_intent.succeeded\`. The second is the one a shop waits for.

\`payintent timeline pi_…\` shows the whole story: requests, statuses, events.`,
    },
    change: {
      title: 'Another price afterwards',
      predict: {
        question:
          'The intent is paid. Your server remembers the shipping costs and raises the `amount`. What happens?',
        choices: {
          pays: {
            label: 'The card pays the difference',
            because:
              'The customer agreed to the old amount, and that was collected. More money is a new payment.',
          },
          number: {
            label: 'The number changes, and no money moves',
            because: 'Then the intent would tell of a payment that never was. It keeps what happened.',
          },
          refused: {
            label: 'The change is refused',
            because: 'Once the status is `succeeded`, the amount cannot be changed any more.',
          },
        },
      },
      task: 'Try it: change the amount of the paid intent.',
      checks: {
        refused: {
          met: 'The answer was an error with the code `payment_intent_unexpected_state`.',
          missing:
            'No change of the paid intent was refused yet. Type: `payintent update pi_… --amount 2900`',
        },
        same: {
          met: 'The `amount` is still what was paid.',
          missing: 'The `amount` is not the one that was paid. Go on with the intent that has succeeded.',
        },
      },
      explain: `Your server may change the amount for as long as the intent waits to be paid: in \`requires_payment_method\`,
\`requires_confirmation\` and \`requires_action\`. Afterwards, what is missing needs a new intent, and what was too much is given
back with a [refund](term:refund). Your own notes, \`description\` and \`metadata\`, can be changed at any time.`,
    },
  },
  outro: `Four parties, one object:

- your server creates the intent, with amount and currency
- the browser gets the client secret
- the customer confirms
- Stripe moves the status, and tells your server with events

In production the page confirms with Stripe.js, and the events reach your server as [webhooks](term:webhook). The intent is the
same.`,
};
