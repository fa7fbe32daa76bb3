import type { LessonText } from '../text.ts';

export const creatingIsNotCharging: LessonText = {
  title: 'Creating is not charging',
  summary: 'An intent says what is to be paid; money moves only when it is confirmed.',
  intro: `A [PaymentIntent](term:payment_intent) is often taken for a payment. It is the plan of one: an amount, a currency and a
status. This lesson makes one, looks at what it did to the customer's money, and then pays it.`,
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
            label: 'Nothing, but $50.00 is reserved',
            because:
              'Money is reserved by a confirmed intent with `capture_method=manual`, and this one is not confirmed.',
          },
        },
      },
      task: 'Create an intent of $50.00. Amounts are in the smallest unit of the currency, so that is `5000`.',
      checks: {
        created: {
          met: 'An intent is there, and waits in `requires_payment_method`.',
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
    pay: {
      title: 'Somebody says: go',
      task: 'Confirm your intent with the test card `pm_card_visa`.',
      checks: {
        succeeded: {
          met: 'Its status is `succeeded`.',
          missing: 'It has not succeeded yet. Confirm it with `pm_card_visa`.',
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
      title: 'Now break it: confirm twice',
      predict: {
        question: 'A nervous customer presses the button again. What does a second confirmation do?',
        choices: {
          twice: {
            label: 'The card pays $50.00 again',
            because: 'One intent is one payment. After `succeeded` there is nothing left to pay.',
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
          met: 'The answer was 400 with the code `payment_intent_unexpected_state`.',
          missing: 'No confirmation was refused yet. Confirm the intent that has succeeded.',
        },
      },
      explain: `This is why one order should keep one intent: the intent itself guards against paying twice. A shop that makes a new
intent for each press of the button throws that guard away.`,
    },
  },
  outro: `Create the intent when the customer starts to pay, keep its id with the order, and ship when it has succeeded, never
when it was created.`,
};
