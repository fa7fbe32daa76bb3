import type { LessonText } from '../text.ts';

export const idempotencyKeys: LessonText = {
  title: 'Idempotency keys',
  summary:
    'A request that is repeated under the same key is done once, so a lost answer is no reason to charge twice.',
  intro: `Your server sends a payment, and the network breaks before the answer arrives. Was the card charged? You cannot know: the
request may have been lost on its way there, or the answer on its way back. Doing nothing may lose the order. Sending again may
charge twice, unless both requests carry the same [idempotency key](term:idempotency_key).`,
  rounds: {
    retry: {
      title: 'The same request, the same key',
      setting:
        'The lesson has made a customer, so that there is an id from which to make a key. Use any other key if you like.',
      predict: {
        question:
          'You pay $20.00 under a key. Suppose that the answer was lost. You send exactly the same request again, with the same key. What happens?',
        choices: {
          second: {
            label: 'The card is charged a second time',
            because: 'The key is known. The request is not carried out again.',
          },
          error: {
            label: 'An error: this key was used before',
            because:
              'That would help nobody, since you want to know how the first one ended. You get the answer of the first.',
          },
          replayed: {
            label: 'The answer of the first request comes again',
            because: 'Stripe kept the answer under the key. It is the same intent, and nothing new was done.',
          },
        },
      },
      task: `Create and confirm a payment under an idempotency key of your own. Then imagine that you never saw the answer, and send
exactly the same request once more.`,
      checks: {
        keyed: {
          met: 'A payment was made under a key.',
          missing:
            'No payment was made under a key of yours yet. Type: `payintent create --amount 2000 --currency usd --payment-method visa --confirm --idempotency-key order-1001`',
        },
        replayed: {
          met: 'The second request was answered with the first answer. The card was charged once.',
          missing:
            'No answer was given again yet. Send the very same command once more, with the same key and the same parameters.',
        },
      },
      explain: `The second answer has the header \`Idempotent-Replayed: true\`, and its body is that of the first: the same id, the same
status. No second charge, and no second event. So a program that is not sure may simply send again.

The official SDKs can do this for you when a connection breaks: each call gets a random key, and their retries reuse it. That
key dies with the call. It does not help when your process crashes, or when the customer presses the button again.`,
    },
    'new-key': {
      title: 'The same request, another key',
      setting: 'The same situation with a new customer: the answer was lost.',
      predict: {
        question:
          'This time your program makes up a new random key for the second try. Customer, card and amount are the same. What happens?',
        choices: {
          noticed: {
            label: 'Stripe notices that it is the same payment',
            because:
              'Two equal payments of one customer may well be meant: two coffees. Only the key says that it is the same one.',
          },
          twice: {
            label: 'The card is charged twice',
            because: 'Another key is another request. There are two intents, and both are paid.',
          },
          error: {
            label: 'The second is refused, because the card is in use',
            because: 'Cards may be charged as often as one likes. Nothing is locked.',
          },
        },
      },
      task: 'Send the same payment twice, each time with another key, or with none.',
      checks: {
        twice: {
          met: 'There are two intents for one order, and both have succeeded.',
          missing:
            'There are no two equal payments in this round yet. Type twice, each time with a new key: `payintent create --amount 2000 --currency usd --payment-method visa --confirm --idempotency-key try-1`',
        },
      },
      explain: `So the key must not be made for the try. It has to come from what is to happen: from the order and the step, such as
\`order-1001-pay\`. Store it before you send, and a program that starts again after a crash finds the same key.`,
    },
    'other-params': {
      title: 'One key for two things',
      setting: 'A new customer. This time your program uses the id of the customer as the key.',
      predict: {
        question:
          'The customer pays $20.00 under this key. An hour later they order something for $30.00, under the same key. What happens?',
        choices: {
          charged: {
            label: '$30.00 are charged',
            because: 'The key is taken: it stands for the payment of $20.00.',
          },
          first: {
            label: 'The first answer comes again, for $20.00',
            because:
              'An old answer to a new question would be wrong. Stripe compares the parameters, and they differ.',
          },
          refused: {
            label: 'The request is refused',
            because: 'A key belongs to the parameters it was first used with. These are others.',
          },
        },
      },
      task: 'Pay under a key. Then ask for another amount under the same key.',
      checks: {
        refused: {
          met: 'The answer was 400, of the type `idempotency_error`.',
          missing:
            'Nothing was refused yet. Type this, and then the same with another amount: `payintent create --amount 2000 --currency usd --payment-method visa --confirm --idempotency-key customer-1`',
        },
      },
      explain: `You were lucky that the amounts differed. With a second order of exactly $20.00 the old answer would have come back: your
program sees \`succeeded\`, ships, and nothing was charged.`,
    },
  },
  outro: `Give every request that changes something a key, made from the order and the step, and stored before it is sent. A decline is
an answer too, and the same key repeats it: a new try of the customer gets a new key. Keys are kept for a day at least. Whoever
tries again later looks first for the intent, by the id or the \`metadata\` of the order.`,
};
