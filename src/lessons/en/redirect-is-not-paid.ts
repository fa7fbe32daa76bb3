import type { LessonText } from '../text.ts';

export const redirectIsNotPaid: LessonText = {
  title: 'Coming back is not paying',
  summary: 'The return to your page proves nothing: ship when the intent has succeeded.',
  intro: `Some ways to pay send the customer away, to a bank or a wallet, and back to your \`return_url\`. It is tempting to print
“Thank you” there, and to ship. In this lesson customers come back without having paid, pay without coming back, and come back
before it is known whether they paid.`,
  rounds: {
    leave: {
      title: 'The customer leaves',
      predict: {
        question:
          'The customer chose iDEAL and is on the page of the bank. What is the status of the intent?',
        choices: {
          succeeded: {
            label: '`succeeded`: a bank is trusted',
            because: 'The customer has only just arrived there, and has decided nothing.',
          },
          processing: {
            label: '`processing`: the bank is at work',
            because: 'That would mean that the customer’s part is done. It has not begun.',
          },
          action: {
            label: '`requires_action`: the customer has something to do',
            because: 'And `next_action` says what: go to this address, and approve.',
          },
        },
      },
      task: `Create an intent in euros and confirm it with iDEAL, or with another method that sends the customer away, such as
Bancontact. The confirmation needs a \`return_url\`; payintent adds one.`,
      checks: {
        away: {
          met: 'The intent waits in `requires_action`, and `next_action` sends the customer away.',
          missing:
            'No customer was sent anywhere yet. Type: `payintent create --amount 2000 --currency eur --payment-method ideal --confirm`',
        },
      },
      explain: `[next_action](term:next_action) holds two addresses, under \`redirect_to_url\`: \`url\`, where the customer goes, and
\`return_url\`, where they come back to. On the way back Stripe appends \`payment_intent\`, \`payment_intent_client_secret\` and \`redirect_status\`.

This is a [redirect](term:redirect). Whether it ends in a payment, nobody knows yet.`,
    },
    unpaid: {
      title: 'Back, and nothing paid',
      predict: {
        question:
          'Your page at `return_url` was opened, with `redirect_status=succeeded` in the address. What does that prove?',
        choices: {
          paid: {
            label: 'That the customer has paid',
            because:
              'The page is opened in a browser, and whoever sits there can write into the address what they like.',
          },
          bank: {
            label: 'That the customer was at the bank',
            because: 'Not even that. The address can be typed in by hand.',
          },
          opened: {
            label: 'That somebody opened this address',
            because: 'The truth lies with the intent, and your server can ask for it.',
          },
        },
      },
      task: 'Be a customer who changes their mind: refuse at the bank. From there the bank sends them back to the same `return_url`.',
      checks: {
        back: {
          met: 'The intent is back in `requires_payment_method`.',
          missing: 'Nobody has refused yet. Type: `payintent authenticate pi_… --fail`',
        },
        told: {
          met: 'Your server is told with the event `payment_intent.payment_failed`.',
          missing: 'The event `payment_intent.payment_failed` is sent when the customer refuses.',
        },
      },
      explain: `The customer comes back to your page as a paying one does, so coming back proves nothing. What that page may say, it has to ask: it looks up the intent
and shows its status.

Other customers decide nothing at all, and close the page of the bank. Their intent may stay in \`requires_action\` for a long
time.`,
    },
    closed: {
      title: 'Paid, and the tab is closed',
      predict: {
        question:
          'Now the customer approves at the bank, and then closes the tab. How does your shop hear of the payment?',
        choices: {
          nothing: {
            label: 'Not at all: the page was never opened',
            because: 'That is the fate of a shop that listens to nothing but its page. There is another way.',
          },
          address: {
            label: 'Stripe opens the `return_url` itself',
            because: 'Stripe sends the browser of the customer there, and this browser is gone.',
          },
          event: {
            label: 'Stripe sends it an event',
            because: 'Events go from Stripe to your server, and need no browser.',
          },
        },
      },
      task: 'Send the same intent to the bank once more, and approve as the customer. Nobody opens the return page.',
      checks: {
        asked: {
          met: 'The customer was at the bank.',
          missing:
            'The customer was not sent to the bank again. Type: `payintent confirm pi_… --payment-method ideal`',
        },
        paid: {
          met: 'It is paid, and the event `payment_intent.succeeded` was sent.',
          missing: 'The customer has not approved yet. Type: `payintent authenticate pi_… --succeed`',
        },
      },
      explain: `The money is there, and your page has never been called. A shop that ships from its return page would keep the money and
ship nothing. A shop that ships on \`payment_intent.succeeded\` has shipped.`,
    },
    bounced: {
      title: 'Ship on the way back',
      predict: {
        question:
          'A customer pays by SEPA debit and comes back to your page. The intent is `processing`. Do you ship?',
        choices: {
          ship: {
            label: 'Yes: the customer has done everything',
            because: 'The customer has, the bank has not. A debit can fail days later.',
          },
          cancel: {
            label: 'No, and I cancel: something is wrong',
            because: 'Nothing is wrong. Most debits are paid; it takes time.',
          },
          wait: {
            label: 'Not yet',
            because: '`processing` means that nobody knows. An event will tell.',
          },
        },
      },
      task: `Pay with a bank debit that bounces (payintent calls one \`sepa-failed\`). Suppose that you ship at once. Then wait for the
bank: here seconds, in production days.`,
      checks: {
        processing: {
          met: 'The payment was `processing`: the moment at which the hasty shop ships.',
          missing:
            'No payment was `processing` yet. Type: `payintent create --amount 2000 --currency eur --payment-method sepa-failed --confirm`',
        },
        bounced: {
          met: 'The bank has refused: `payment_intent.payment_failed`. The goods are gone, and nobody has paid.',
          missing:
            'The bank has not refused yet. Wait for it: `payintent retrieve pi_… --wait 30s`. If it was paid, take a debit that fails.',
        },
      },
      explain: `A [delayed payment method](term:delayed_payment_method) tells its result hours or days later. Until then the order waits:
thank the customer, say that the payment is on its way, and keep the goods.`,
    },
  },
  outro: `The return page is for the customer: it asks for the status and shows it. [Fulfillment](term:fulfillment) belongs to your
server, on \`payment_intent.succeeded\`, whatever the browser does.

In production the event comes as a [webhook](term:webhook), whose signature your server checks. A later lesson is about that.`,
};
