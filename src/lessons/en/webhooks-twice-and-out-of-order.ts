import type { LessonText } from '../text.ts';

export const webhooksTwiceAndOutOfOrder: LessonText = {
  title: 'Events come twice, late and out of order',
  summary: 'Verify the signature, answer fast, do the work once, and let the API say what is so now.',
  intro: `Stripe tells your server what happened by [webhooks](term:webhook): one request for each [event](term:event), to an
address of yours. What your server does not answer with 2xx is sent again, and nobody promises an order.

A small handler of such events runs on your machine, at \`$SHOP\`. It believes everything. You will see what that costs, and then
mend it.`,
  rounds: {
    twice: {
      title: 'The same event again',
      setting:
        'A customer has paid $50.00 for `order_1`. The handler sends a parcel when `payment_intent.succeeded` arrives, and says at `GET /orders` what it has done.',
      predict: {
        question:
          'Stripe delivers `payment_intent.succeeded`. The answer of your server gets lost, so Stripe delivers the event again. How many parcels leave the house?',
        choices: {
          one: {
            label: 'One',
            because:
              'It would be one if the handler knew what it has done already. This one sends a parcel whenever the event comes.',
          },
          two: {
            label: 'Two',
            because: 'To this handler, the second delivery looks exactly like the first.',
          },
          refused: {
            label: 'One: Stripe never sends the same event twice',
            because:
              'It does: a delivery without a 2xx answer has failed, even if the work was done. And it can happen without that.',
          },
        },
      },
      task: 'Deliver the event to `$SHOP/webhook` twice, then look at `$SHOP/orders`.',
      checks: {
        delivered: {
          met: 'The event arrived twice, and was accepted both times.',
          missing:
            'The event has not arrived twice yet. Type this twice: `payintent events replay --last 1 --types payment_intent.succeeded --to $SHOP/webhook`',
        },
        parcels: {
          met: 'Two parcels were sent for one payment.',
          missing: '`order_1` has fewer than two parcels.',
        },
      },
      explain: `A delivery can fail after the work was done: the answer was lost, or came too late. Stripe cannot tell that from work
that was never done, so it sends the event again, in live mode for up to three days.

A handler has to come to the same result however often an event arrives. The word for that is idempotent.`,
    },
    late: {
      title: 'The past comes last',
      setting:
        'For `order_2` the first card was declined, and the second one paid. So there are two events: `payment_intent.payment_failed`, and after it `payment_intent.succeeded`.',
      predict: {
        question:
          'The newer event overtakes the older one: the handler hears of the success first, and of the failure after it. What does it say about `order_2` in the end?',
        choices: {
          paid: {
            label: '`paid`: the newer event counts',
            because:
              'Nothing in this handler asks which event is newer. It writes down whatever arrives last.',
          },
          unpaid: {
            label: '`unpaid`',
            because: 'What arrived last was true once. It is not any more.',
          },
          cannot: {
            label: 'That cannot happen: events arrive in their order',
            because: 'No order is promised. An event that has to be sent again arrives later still.',
          },
        },
      },
      task: 'Deliver `payment_intent.succeeded` first and `payment_intent.payment_failed` after it. Then look at `$SHOP/orders`.',
      checks: {
        delivered: {
          met: 'The older event arrived last.',
          missing:
            'Deliver `payment_intent.succeeded` to `$SHOP/webhook`, and then `payment_intent.payment_failed`.',
        },
        wrong: {
          met: 'The intent has succeeded, and the shop calls `order_2` `unpaid`.',
          missing: 'The shop does not call `order_2` `unpaid`. The failure has to arrive after the success.',
        },
      },
      explain: `An event carries a copy of the intent as it was at that moment. This shop will now ask somebody for money who has paid.

To compare \`created\` of the two events would not settle it: it counts whole seconds, and both may have happened in the same one.`,
    },
    mend: {
      title: 'A handler that can be trusted',
      predict: {
        question: 'By what should the handler decide whether `order_2` is paid?',
        choices: {
          ids: {
            label: 'By the ids of the events it has seen',
            because:
              'They stop the second parcel. Here they do not help: these are two events with two ids, and each came once.',
          },
          wait: {
            label: 'By the last event, after a minute of waiting for late ones',
            because: 'A minute is not enough: what failed is sent again for days.',
          },
          ask: {
            label: 'By the status that the API tells',
            because:
              'The event says that something happened. The API says what is so now, in whatever order the events come.',
          },
        },
      },
      task: `The program is yours now: \`receiver.mjs\`. Change \`webhook\` until all of this holds:

- What Stripe did not [sign](term:signature) changes nothing. \`isSigned\` is there already.
- An event that comes twice sends one parcel.
- An old event that comes late changes nothing. \`readIntent\` is there already.
- The answer leaves within 0.8 seconds, though the mail takes longer.

The checks read \`GET /orders\`, so leave that as it is.`,
      checks: {
        runs: {
          met: 'Your program runs, and accepts what is genuine.',
          missing: 'Your program has to run, and to answer every genuine event with 2xx.',
        },
        once: {
          met: 'Delivered twice, one parcel.',
          missing: '`order_twice` is paid, and its event came twice: it should have exactly one parcel.',
        },
        order: {
          met: 'Older events came last, and changed nothing.',
          missing:
            'For `order_late` the success arrived first, then a failure and a creation from before it: it should stay `paid`, with one parcel.',
        },
        signed: {
          met: 'Nothing was sent for what Stripe did not sign.',
          missing:
            'Something was sent for an event without a signature, with the signature of somebody else, or with a body that was changed on the way.',
        },
        fast: {
          met: 'The answer does not wait for the mail.',
          missing:
            'There was an answer that took longer than 0.8 seconds, or none. Answer first, then send the mail.',
        },
      },
      explain: `Three lines do most of it: verify the signature with the [signing secret](term:signing_secret), retrieve the intent, and
do what its status asks for, unless that was done.

With Stripe’s library, \`constructEvent\` does what \`isSigned\` does here. It wants the body byte for byte as it arrived, so nothing
may parse it before. And work that is put off must survive a restart: a real shop writes it into its database before it answers.`,
    },
    'at-once': {
      title: 'All at the same moment',
      predict: {
        question:
          'A handler asks whether the parcel was sent, awaits something, and then notes that it sends it. Eight copies of one event arrive at the same moment. How many parcels?',
        choices: {
          one: {
            label: 'One: each of them asks first',
            because:
              'All eight ask before the first of them has noted anything, and all get the same answer.',
          },
          more: {
            label: 'Up to eight',
            because: 'While the first one waits, the others ask, and nothing is noted yet.',
          },
          queue: {
            label: 'One: Node handles one request after the other',
            because: 'Only up to the next `await`. There another request gets its turn.',
          },
        },
      },
      task: 'Nothing is to be typed here. When you check, your program gets one event eight times at the same moment, and once more afterwards. If it sends more than one parcel, change it.',
      checks: {
        runs: {
          met: 'Your program runs, and accepts what is genuine.',
          missing: 'Your program has to run, and to accept a genuine event.',
        },
        once: {
          met: 'Nine deliveries, one parcel.',
          missing:
            '`order_together` should have exactly one parcel. Ask and note in one go, without an `await` in between.',
        },
      },
      explain: `Within one process it is enough that nothing is awaited between the question and the note. Several servers do not share
their memory: there the database has to refuse the second note, by a unique key on the order or on the id of the event.`,
    },
  },
  outro: `Verify, note, answer, then work. Take an event as word that something changed, and ask the API what is so now.

\`payintent webhook test\` puts the handler of your own [endpoint](term:webhook_endpoint) through all of this, and more.`,
};
