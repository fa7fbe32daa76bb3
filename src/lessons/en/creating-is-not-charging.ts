import type { LessonText } from '../text.ts';

export const creatingIsNotCharging: LessonText = {
  title: 'Creating is not charging',
  summary: 'An intent says what is to be paid; money moves only when it is confirmed.',
  intro: `A [PaymentIntent](term:payment_intent) is often taken for a payment. It is the plan of one: an amount, a currency and a
status. In this lesson you make one, put a card on it, and look each time at what that did to the customer’s money. Then you
pay it.`,
  rounds: {
    create: {
      title: 'A plan for $50.00',
      predict: {
        question:
          'Your server creates an intent with `amount=5000` and `currency=usd`. What has left the customer’s card?',
        choices: {
          fifty: {
            label: '$50.00',
            because:
              'Nobody has said yet which card it is. Without a payment method there is nothing to take from.',
          },
          nothing: {
            label: 'Nothing',
            because: 'The intent has no payment method and nobody confirmed it, so no bank was asked.',
          },
          hold: {
            label: 'Nothing, but $50.00 are reserved',
            because:
              'Money is reserved by a confirmed intent with `capture_method=manual`, and this one is not confirmed.',
          },
        },
      },
      task: 'Create an intent of $50.00, or of any other amount. Amounts are in the smallest unit of the currency, so $50.00 is `5000`.',
      checks: {
        created: {
          met: 'The intent is there.',
          missing: 'There is no new intent yet. Type: `payintent create --amount 5000 --currency usd`',
        },
        'no-charge': {
          met: 'Its `latest_charge` is `null`: no bank was asked for anything.',
          missing: 'This one was charged already, which `confirm=true` does. Create one without it.',
        },
      },
      explain: `The intent exists from now on and can be looked at, changed and canceled. It has cost nobody anything. Every try to
take the money would show as a [charge](term:charge), and there is none.`,
    },
    card: {
      title: 'A card is on it',
      predict: {
        question:
          'The customer chose a card, and your server put it on the intent with `payment_method=pm_card_visa`. What has the bank been asked?',
        choices: {
          asked: {
            label: 'Whether the card is good',
            because:
              'A card on an intent is only noted. One that the bank will decline is taken here as readily as any other.',
          },
          held: {
            label: 'To reserve $50.00',
            because: 'Reserving is asking the bank too, and that begins with the confirmation.',
          },
          noted: {
            label: 'Nothing',
            because: 'The intent knows now which card it would be. Nobody has said that it shall be charged.',
          },
        },
      },
      task: 'Update the intent: put the test card `pm_card_visa` on it, without confirming.',
      checks: {
        waits: {
          met: 'Its status is `requires_confirmation`.',
          missing: 'It does not wait for a confirmation. Type: `payintent update pi_… --payment-method visa`',
        },
        'no-charge': {
          met: 'Its `latest_charge` is still `null`.',
          missing:
            'There was a charge already. Begin again with a new one: `payintent create --amount 5000 --currency usd --payment-method visa`',
        },
      },
      explain: `\`requires_confirmation\` means: everything is known, and somebody has to say go. Until then the customer can choose
another card, and your server another amount.`,
    },
    pay: {
      title: 'Somebody says go',
      predict: {
        question: 'You confirm the intent. Where will the try to take the money show?',
        choices: {
          second: {
            label: 'In a second intent, made for the card',
            because: 'One intent is one payment, however many tries it takes.',
          },
          charge: {
            label: 'In a charge, to which `latest_charge` leads',
            because: 'Each try makes a charge of its own. `latest_charge` is the id of the last one.',
          },
          method: {
            label: 'In the payment method, which is now used up',
            because: 'A payment method says how to pay. What was paid stands elsewhere.',
          },
        },
      },
      task: 'Confirm your intent.',
      checks: {
        succeeded: {
          met: 'Its status is `succeeded`.',
          missing: 'It has not succeeded yet. Type: `payintent confirm pi_…`',
        },
        charged: {
          met: 'There was a charge, and the event `charge.succeeded` tells of it.',
          missing: 'There was no successful charge in this round.',
        },
      },
      explain: `[Confirming](term:confirm) is what asks the bank. The answer made a charge, and the charge moved the status of the
intent. Your server reads that from the event \`payment_intent.succeeded\`.`,
    },
    again: {
      title: 'Confirm twice',
      predict: {
        question: 'A nervous customer presses the button again. What does a second confirmation do?',
        choices: {
          twice: {
            label: 'The card pays $50.00 again',
            because: 'One intent is one payment. After `succeeded` there is nothing left to pay.',
          },
          same: {
            label: 'Nothing; the answer is the same as before',
            because:
              'Only a repeated request with the same idempotency key is answered that way. This one is a new request.',
          },
          refused: {
            label: 'It is refused',
            because: 'The status `succeeded` allows no confirmation, so the API answers with an error.',
          },
        },
      },
      task: 'Confirm the same intent again.',
      checks: {
        refused: {
          met: 'The answer was an error with the code `payment_intent_unexpected_state`.',
          missing:
            'No confirmation was refused yet. Confirm the intent that has succeeded: `payintent confirm pi_…`',
        },
      },
      explain: `This is why one order should keep one intent: the intent itself guards against paying twice. A shop that makes a new
intent for each press of the button throws that guard away.`,
    },
  },
  outro: `Create the intent when the customer starts to pay, and keep its id with the order. Count a sale and ship the goods when
the intent has succeeded, never when it was created.

In production many intents are created and never paid: customers look at the price and leave. Such an intent costs nothing.`,
};
