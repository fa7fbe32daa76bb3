import type { LessonText } from '../text.ts';

export const nobodyListens: LessonText = {
  title: 'Paid, and nobody listens',
  summary: 'A payment succeeds at Stripe, not on your page. The event tells your server, whoever comes back.',
  intro: `The second classic mistake looks as harmless as the first. The customer pays at the bank and comes back to the shop, and the
page they come back to sends the goods. In every test the customer comes back. In life they close the tab, lose the connection, or
pay in a way that takes days.

A shop with this mistake runs at \`$SHOP\`. It sells a poster for €20.00, paid with iDEAL: a [redirect](term:redirect) leads to the
bank, and from there back to \`$SHOP/return\`.`,
  rounds: {
    closed: {
      title: 'The customer closes the tab',
      predict: {
        question:
          'A customer orders, approves at the bank, and closes the tab before the bank leads them back. What becomes of the poster?',
        choices: {
          sent: {
            label: 'It is sent: the payment has succeeded',
            because:
              'At Stripe it has. The shop would hear of it on its return page, and nobody opened that.',
          },
          nothing: {
            label: 'Nothing: it is paid and never sent',
            because: 'The money is there, and no line of the shop runs.',
          },
          refunded: {
            label: 'Nothing, and the money goes back by itself',
            because: 'To Stripe this payment is complete. Nobody there knows of a poster.',
          },
        },
      },
      task: `Order with \`curl -X POST $SHOP/checkout\`. Choose iDEAL and approve at the bank, as shown. Do not open the return page.
Then look at \`$SHOP/orders\`.`,
      checks: {
        paid: {
          met: 'The intent has `succeeded`. The money is the shop’s.',
          missing:
            'No order of this shop is paid yet. Confirm its intent with iDEAL, then approve: `payintent authenticate pi_…`',
        },
        forgotten: {
          met: 'And the shop has sent nothing.',
          missing:
            'There is no order that is paid and was not sent. If you opened the return page, order once more and leave it closed.',
        },
      },
      explain: `Somebody has paid, and waits. The return page is a courtesy to the customer and no message to your server: it is opened
late, never, or twice.

The message was sent: it is the [event](term:event) \`payment_intent.succeeded\`. This shop has nobody who takes it.`,
    },
    mend: {
      title: 'Somebody listens',
      predict: {
        question: 'What should make the shop send the poster?',
        choices: {
          longer: {
            label: 'The page, which asks again and again until it is paid',
            because: 'What runs in a tab ends with the tab.',
          },
          event: {
            label: '`payment_intent.succeeded`, sent to the server',
            because: 'It comes whatever became of the tab, and comes again if the server does not take it.',
          },
          created: {
            label: '`payment_intent.created`: whoever orders will pay',
            because: 'Some never do: their bank refuses, or they change their mind.',
          },
        },
      },
      task: `The program is yours now: \`fulfilment.mjs\`. Let it take events at \`POST /webhook\`:

- \`payment_intent.succeeded\` sends the poster of the order in \`metadata.order\`.
- That counts only if it is [signed](term:signature). \`isSigned\` is there already.
- Each order is sent once, however often the event comes and the return page is opened.
- Other events are answered with 2xx, and do nothing.

The checks read \`GET /orders\`, so leave that as it is.`,
      checks: {
        runs: {
          met: 'Your program runs.',
          missing: 'Your program has to run, and to answer.',
        },
        heard: {
          met: 'The customer closed the tab, and the poster was sent.',
          missing:
            'A genuine `payment_intent.succeeded` should send the poster, and every genuine event should be answered with 2xx.',
        },
        once: {
          met: 'The event twice and the return page twice: one poster.',
          missing:
            'The event came twice, and the customer came back as well: that should be one poster, whoever is first.',
        },
        unpaid: {
          met: 'Nothing was sent for an order that nobody paid.',
          missing:
            'A poster was sent that nobody paid: for an event that Stripe did not sign, or for one that tells of something else than a payment.',
        },
      },
      explain: `[Fulfillment](term:fulfillment) has one door now and two ways to it. Whoever comes first does the work, and whoever comes
second finds it done. The return page may say “Thank you”, and may even send the poster; it must not be the only one who does.`,
    },
    forge: {
      title: 'A letter from Stripe, not by Stripe',
      predict: {
        question:
          'Everybody can guess the address of a webhook. You send yours a `payment_intent.succeeded` that you wrote yourself, about an order you did not pay. What does your shop do?',
        choices: {
          sends: {
            label: 'It sends the poster',
            because: 'It would, if it believed what it is told.',
          },
          refuses: {
            label: 'It refuses the event',
            because:
              'Only Stripe and your server know the [signing secret](term:signing_secret). Without it nobody can make a signature that fits.',
          },
          asks: {
            label: 'It asks Stripe whether the event is genuine',
            because: 'It need not: the signature shows that without any request.',
          },
        },
      },
      task: 'Order a poster, do not pay it, and pretend to be Stripe: the request is shown below. Then look at `$SHOP/orders`.',
      checks: {
        tried: {
          met: 'Your forged event arrived.',
          missing: 'No event of yours arrived yet. Send a `payment_intent.succeeded` to `$SHOP/webhook`.',
        },
        unmoved: {
          met: 'Nothing was sent for it.',
          missing: 'A poster was sent that nobody paid. Look at the signature before anything else.',
        },
        listening: {
          met: 'Genuine events are still taken.',
          missing: 'A genuine `payment_intent.succeeded` should still send the poster.',
        },
      },
      explain: `Without the signature, this address would be a door through which posters leave the house. The signature covers the time
and the whole body, so nobody can change a genuine event on its way, and an old one cannot be used again for long.`,
    },
  },
  outro: `Register a [webhook endpoint](term:webhook_endpoint) for \`payment_intent.succeeded\` and
\`payment_intent.payment_failed\`, and fulfil there. And compare now and then the intents that succeeded with the orders that were
sent: what an outage has swallowed shows there.`,
};
