import type { LessonText } from '../text.ts';

export const offSession3ds: LessonText = {
  title: 'Off-session 3D Secure',
  summary: 'A saved card can be charged while the customer is away, and the bank can insist on seeing them.',
  intro: `A subscription is charged at night, and the customer sleeps. That is an [off-session](term:off_session) payment. Nobody can
pass [3D Secure](term:three_d_secure) then. This lesson saves a card, charges it without the customer, and brings the customer
back when the bank insists.`,
  rounds: {
    save: {
      title: 'Save the card while the customer is there',
      setting: 'The lesson has made a [customer](term:customer), `cus_…`, for whom the card will be saved.',
      predict: {
        question:
          'The customer pays the first month now. Your server is to charge the card alone in the following months. What makes that possible?',
        choices: {
          number: {
            label: 'You keep the card number in your database',
            because:
              'Numbers on your servers bring the strictest security rules with them, and the bank would still not know that the customer agreed.',
          },
          said: {
            label: 'The first payment says what the card will be used for',
            because:
              'With `setup_future_usage=off_session` the card stays with the customer, and the bank is asked for what it wants while they are there.',
          },
          nothing: {
            label: 'Nothing: a card that has paid once can be charged again',
            because: 'A payment method that belongs to no customer can be used once. After that it is spent.',
          },
        },
      },
      task: `Take a payment from the customer with the test card \`3ds-unless-set-up\`, and say that the card will be charged later:
\`setup_future_usage=off_session\`. The bank asks for 3D Secure; pass it for the customer. A
[SetupIntent](term:setup_intent) with \`usage=off_session\` will do as well.`,
      checks: {
        attached: {
          met: 'The card belongs to the customer: the event `payment_method.attached` tells of it.',
          missing:
            'No card was saved for the customer yet. Type first `payintent create --amount 2000 --currency usd --customer cus_… --payment-method 3ds-unless-set-up --setup-future-usage off_session --confirm` and then `payintent authenticate pi_… --succeed`',
        },
        permitted: {
          met: 'It was saved for payments without the customer.',
          missing:
            'No card was saved for payments without the customer. Take a payment with `--customer cus_…` and `--setup-future-usage off_session`, and let it succeed.',
        },
      },
      explain: `The challenge came at the right moment: now, while there was somebody to answer it. That is the point of saying early what
you will do later.

You also owe the customer a sentence on the page: what will be charged, and when. The bank may ask you for it.`,
    },
    away: {
      title: 'Charge it while the customer is away',
      predict: {
        question:
          'The same card asked for 3D Secure in the first payment. A month later, at night, you charge it with `off_session=true`. What happens?',
        choices: {
          challenged: {
            label: 'It asks for 3D Secure again, with `requires_action`',
            because: '`off_session=true` says that nobody is there to answer. A challenge would be no use.',
          },
          paid: {
            label: 'It is paid',
            because: 'The customer agreed when the card was saved, and this bank is content with that.',
          },
          declined: {
            label: 'It is declined',
            because:
              'That happens with banks that want to see the customer each time. This card was set up, and its bank is content.',
          },
        },
      },
      task: 'Charge the saved card for the same customer, with `off_session=true`.',
      checks: {
        'said-away': {
          met: 'You said that the customer is away: `off_session=true`.',
          missing:
            'No confirmation said that the customer is away. Type: `payintent create --amount 2000 --currency usd --customer cus_… --payment-method pm_… --off-session --confirm`',
        },
        paid: {
          met: 'The payment has succeeded, and nobody was there.',
          missing:
            'No off-session payment of this customer has succeeded. Charge the card that was saved with `3ds-unless-set-up`: other test cards may want the customer each time.',
        },
      },
      explain: `\`off_session=true\` does two things. It tells the bank that you act on an earlier agreement, so that it may let the payment
pass. And it tells Stripe not to wait for a customer who is not there.

The bank decides anew each time. Whether this goes well is nothing you can promise, which is what the next round is about.`,
    },
    insists: {
      title: 'The bank insists',
      setting:
        'The lesson has saved a second card for the same customer, `pm_…`. The bank behind it wants to see the customer every time.',
      predict: {
        question: 'You charge this second card with `off_session=true`. What happens?',
        choices: {
          mail: {
            label: 'Stripe waits, and the customer is asked to authenticate',
            because:
              'Nobody waits: `off_session=true` said that there is nobody. Calling the customer back is up to you.',
          },
          declined: {
            label: 'It is declined with `authentication_required`',
            because:
              'The bank wants the customer, and they are away. So it is a decline, and it says what is missing.',
          },
          waits: {
            label: 'The intent goes to `requires_action`',
            because:
              'It would, if the customer were there. With `off_session=true` it is a decline, and the intent is back in `requires_payment_method`.',
          },
        },
      },
      task: `Charge the second card with \`off_session=true\`. Then the customer comes back: confirm **the same intent** with the same
card, this time without \`off_session\`, and pass 3D Secure.`,
      checks: {
        declined: {
          met: 'The answer was 402 with the code `authentication_required`.',
          missing:
            'Nothing was declined for want of the customer yet. Type: `payintent create --amount 2000 --currency usd --customer cus_… --payment-method pm_… --off-session --confirm`',
        },
        asked: {
          met: 'With the customer there, the same intent asked for 3D Secure.',
          missing:
            'The intent that was declined has not asked the customer yet. Type: `payintent confirm pi_… --payment-method pm_…`',
        },
        paid: {
          met: 'The customer passed, and that intent has succeeded.',
          missing:
            'The intent that was declined is not paid yet. Type: `payintent authenticate pi_… --succeed`',
        },
      },
      explain: `The decline left the intent open, in \`requires_payment_method\`. So bring the customer back to exactly this intent: send them
a link to a page of yours. There Stripe.js confirms it with the [client_secret](term:client_secret),
[on-session](term:on_session). The order keeps its one intent, and cannot be paid twice.

After a decline the intent has no payment method any more. The page has to name the card again, or let the customer choose
another.`,
    },
    forgotten: {
      title: 'Forget the flag',
      predict: {
        question: 'The same card, the same night, but your server forgets `off_session=true`. What happens?',
        choices: {
          declined: {
            label: 'It is declined, as before',
            because: 'Nobody has said that the customer is away. Then it is worth asking them.',
          },
          stuck: {
            label: 'It waits in `requires_action` for a customer who sleeps',
            because:
              'For Stripe the customer sits in front of the page and is asked to authenticate. They will not answer.',
          },
          paid: {
            label: 'It is paid',
            because: 'This bank wants to see the customer every time. The flag does not change that.',
          },
        },
      },
      task: 'Charge the second card once more, without `off_session`.',
      checks: {
        'not-said': {
          met: 'Nothing said that the customer is away, and the request was accepted.',
          missing:
            'There was no such payment yet. Type: `payintent create --amount 2000 --currency usd --customer cus_… --payment-method pm_… --confirm`',
        },
        stuck: {
          met: 'The intent waits in `requires_action`. Nobody is going to answer.',
          missing:
            'No payment of this customer waits in `requires_action`. Charge the second card, the one of the round before.',
        },
      },
      explain: `There is no error, no decline and no \`payment_intent.payment_failed\`. A job that looks only for failures takes this one for
good. The month is not paid, and nobody knows.

The reverse is a mistake too: \`off_session=true\` while the customer sits there declines payments that a challenge would have
saved.`,
    },
  },
  outro: `Save cards with \`setup_future_usage\` or a SetupIntent while the customer is there. Charge them with \`off_session=true\`. Handle
\`authentication_required\` like a to-do: keep the intent, write to the customer, confirm it with them. In production listen to
\`payment_intent.payment_failed\` and look into \`last_payment_error\`.`,
};
