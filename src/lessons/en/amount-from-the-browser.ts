import type { LessonText } from '../text.ts';

export const amountFromTheBrowser: LessonText = {
  title: 'The amount from the browser',
  summary: 'Whoever sends the price decides it. The server looks it up, and takes names and numbers only.',
  intro: `This is the first of the two classic mistakes. A page knows what is in the cart and what it costs, so it sends the amount
along, and the server creates the [PaymentIntent](term:payment_intent) with it. That passes every test, until somebody sends the
request without the page.

A shop with this mistake runs at \`$SHOP\`. It sells a shirt for $50.00 and a mug for $12.00. You are a customer who knows curl.`,
  rounds: {
    attack: {
      title: 'A shirt for 50 cents',
      predict: {
        question:
          'The page would send `item=shirt`, `quantity=1` and `amount=5000`. You send `amount=50`. What will the shirt cost you?',
        choices: {
          full: {
            label: '$50.00: the server knows what a shirt costs',
            because: 'It does, the price stands in `PRICES`. It never looks there.',
          },
          fifty: {
            label: '$0.50',
            because:
              'The server puts the number it was sent into the intent, and an intent costs what it says.',
          },
          refused: {
            label: 'Nothing: Stripe refuses the payment',
            because: 'Stripe knows nothing of shirts. To Stripe, 50 cents are an amount like any other.',
          },
        },
      },
      task: `Buy the shirt for 50 cents: send \`item=shirt\`, \`quantity=1\` and \`amount=50\` to \`$SHOP/checkout\`. The answer holds the
id of the intent. Then pay it with \`pm_card_visa\`; \`payintent confirm\` plays the browser.`,
      checks: {
        begun: {
          met: 'The shop has created an intent for a shirt, of less than $50.00.',
          missing:
            'There is no cheaper shirt yet. Type: `curl $SHOP/checkout -d item=shirt -d quantity=1 -d amount=50`',
        },
        paid: {
          met: 'It has `succeeded`. The shirt is yours.',
          missing: 'It is not paid yet. Confirm it with `pm_card_visa`; the id is in the answer of the shop.',
        },
      },
      explain: `Nothing broke, and no alarm will ring: the intent is genuine, its status is \`succeeded\`, its event was sent.

Whatever a browser sends was chosen by whoever sits in front of it. Hidden fields, checks in the page and HTTPS do not change that:
the browser is theirs.`,
    },
    mend: {
      title: 'The server knows the price',
      predict: {
        question: 'Where should the amount come from?',
        choices: {
          hide: {
            label: 'From the page, in a hidden or encoded field',
            because: 'What the page can write, its reader can write too.',
          },
          key: {
            label: 'From the page, which creates the intent itself',
            because:
              'Stripe refuses that to a [publishable key](term:publishable_key). And a page that holds the [secret key](term:secret_key) gives the whole account away.',
          },
          lookup: {
            label: 'From the server: the page says which things and how many',
            because: 'That is all a customer decides. What things cost, the shop decides.',
          },
        },
      },
      task: `The program is yours now: \`checkout.mjs\`. Let the server work out the amount from \`PRICES\`, the item and the quantity,
whatever amount the browser sends.

When you check, your program is started. Two honest customers come, then one with \`amount=50\`, then one who sends the price of a mug
for a shirt.`,
      checks: {
        runs: {
          met: 'Your program runs.',
          missing: 'Your program has to run, and to answer.',
        },
        honest: {
          met: 'Honest customers pay what is right: $50.00 for a shirt, $24.00 for two mugs.',
          missing: 'An honest customer should pay $50.00 for a shirt, and $24.00 for two mugs.',
        },
        tampered: {
          met: 'A shirt costs $50.00, whatever the browser says.',
          missing: 'Somebody still began to pay another amount than $50.00 for a shirt.',
        },
      },
      explain: `The amount does not travel through the browser any more. The page may show it, but learns it from the server, not the
other way round.

Refusing an amount that differs is as safe. It only keeps a number in the request that nobody needs.`,
    },
    quantity: {
      title: 'A hundredth of a shirt',
      predict: {
        question:
          'A server looks up the price and multiplies it by `quantity`, as that was sent. What does `quantity=0.01` cost?',
        choices: {
          refused: {
            label: 'Nothing: Stripe refuses fractions',
            because: 'Of a cent, yes. But a hundredth of 5000 is 50, and that is a whole number.',
          },
          shirt: {
            label: '$50.00: nobody can sell less than one shirt',
            because: 'People know that. A multiplication does not.',
          },
          cents: {
            label: '$0.50',
            because: '5000 × 0.01 is 50. The price came from the server, and the discount from the browser.',
          },
        },
      },
      task: 'Attack your own program: `curl $SHOP/checkout -d item=shirt -d quantity=0.01`. Try other quantities and other items too, and mend what you find. When you check, a few more are tried.',
      checks: {
        tried: {
          met: 'You have tried a quantity that no page would send.',
          missing: 'Send your shop a quantity that is no whole number from 1 on.',
        },
        odd: {
          met: 'No strange quantity makes a shirt cheaper, and no strange item is sold.',
          missing:
            'A strange quantity or item still began a payment of less than $50.00. Take whole numbers from 1 on, and items that are for sale.',
        },
        honest: {
          met: 'Honest customers pay what is right.',
          missing: 'An honest customer should still pay $50.00 for a shirt, and $24.00 for two mugs.',
        },
      },
      explain: `To look up the price was half of it. Everything else from outside is a claim as well: check that it is a thing you sell,
and a whole number within bounds, before you count with it. \`PRICES['constructor']\` is something too, and not for sale.

The same goes for the currency, for coupons and for shipping.`,
    },
  },
  outro: `Create intents on your server, with amounts of your own. The browser gets the [client secret](term:client_secret): with it
the customer can confirm this payment, and cannot change its [amount](term:smallest_currency_unit). Before you ship, compare
\`amount_received\` with what the order costs.`,
};
