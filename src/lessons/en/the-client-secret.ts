import type { LessonText } from '../text.ts';

export const theClientSecret: LessonText = {
  title: 'The client secret',
  summary:
    'It lets a page look at one payment and confirm it, and nothing else; whoever has it can do the same.',
  intro: `Your server uses the [secret key](term:secret_key), which can do everything. A page in the browser has only the
[publishable key](term:publishable_key), which everybody may read. So that the page can finish its payment, your server gives it
the [client secret](term:client_secret) of one intent. In this lesson you are the browser, and try how far that goes.

Browsers do this with Stripe.js. The same requests can be sent with curl, and the key goes where the secret key usually stands:
\`-u "$STRIPE_PUBLISHABLE_KEY:"\`. Any key that begins with \`pk_test_\` will do here.`,
  rounds: {
    'be-the-browser': {
      title: 'What the page may do',
      setting:
        'Your server has created an intent of $30.00, with the number of the order in its `metadata`, and has given its `client_secret` to the page. `payintent retrieve pi_… --fields client_secret --show-secrets` shows it. Requests shown by the lesson have `$SECRET` or stars in its place.',
      predict: {
        question:
          'The page retrieves its intent, with the publishable key and the client secret. What does it get to see?',
        choices: {
          everything: {
            label: 'The whole intent, as your server does',
            because:
              'A page is not yours alone: everybody can read what it gets. So some fields are left out, such as `metadata` and `customer`.',
          },
          some: {
            label: 'A part: amount, status, what to do next',
            because:
              'It gets what it needs to finish the payment. `metadata`, `customer` and `latest_charge` are left out.',
          },
          nothing: {
            label: 'Nothing: it may only confirm',
            because:
              'It has to know the status and the next action, so it may look. But it does not see everything.',
          },
        },
      },
      task: 'Be the browser: retrieve the intent with the publishable key and its client secret. Then confirm it in the same way, with `pm_card_visa`.',
      checks: {
        looked: {
          met: 'The page has seen its intent, without the secret key.',
          missing:
            'No browser has looked at the intent yet. Type: `curl "$STRIPE_API_BASE/v1/payment_intents/pi_…" -u "$STRIPE_PUBLISHABLE_KEY:" --get -d client_secret=$SECRET`',
        },
        confirmed: {
          met: 'The page has confirmed it, without the secret key.',
          missing:
            'No browser has confirmed the intent yet. Type: `curl "$STRIPE_API_BASE/v1/payment_intents/pi_…/confirm" -u "$STRIPE_PUBLISHABLE_KEY:" -d client_secret=$SECRET -d payment_method=pm_card_visa`',
        },
      },
      explain: `The publishable key alone opens nothing. Together with the client secret it opens one intent: to look at its public part,
and to confirm it. That is why the price has to be fixed on your server before the page gets the secret.`,
    },
    'another-intent': {
      title: 'A secret for one payment',
      setting: 'Meanwhile somebody else has opened a payment in your shop: a second intent.',
      predict: {
        question:
          'The page knows the id of that other intent, and sends it with its own client secret. What happens?',
        choices: {
          'same-account': {
            label: 'It works: both belong to the same account',
            because:
              'The account does not matter. The secret was made for one intent, and is compared with that of the intent asked for.',
          },
          'look-only': {
            label: 'It may look, but not confirm',
            because: 'There is nothing in between: without the right secret the page may not even look.',
          },
          refused: {
            label: 'It is refused',
            because: 'Each intent has a client secret of its own, and this one does not fit.',
          },
        },
      },
      task: 'Ask for the second intent with the publishable key and the client secret of the first.',
      checks: {
        refused: {
          met: 'The answer was 400 with the code `payment_intent_invalid_parameter`.',
          missing:
            'No wrong secret was refused for the second intent yet. Put its id into the address, and the secret of the first behind it: `curl "$STRIPE_API_BASE/v1/payment_intents/pi_…" -u "$STRIPE_PUBLISHABLE_KEY:" --get -d client_secret=$SECRET`',
        },
      },
      explain: `Ids are no secrets: they stand in receipts, in mails and in the addresses of your pages. That does no harm, as long as the
client secret does not travel with them.`,
    },
    'no-more': {
      title: 'Ask for more',
      setting: 'Suppose that the page is in bad hands, and has the right client secret of the second intent.',
      predict: {
        question: 'What can it do with the publishable key and the right client secret?',
        choices: {
          cheaper: {
            label: 'Lower the amount',
            because:
              'The amount is changed with the secret key only. Otherwise everybody could name a price.',
          },
          cancel: {
            label: 'Cancel the intent',
            because: 'Canceling is for your server, with the secret key.',
          },
          create: {
            label: 'Create intents of its own',
            because: 'Creating says what is to be paid, so it takes the secret key.',
          },
          none: {
            label: 'None of these',
            because: 'All three take the secret key. What remains is to look at this intent and to pay it.',
          },
        },
      },
      task: `Try with the publishable key:

- to change the amount of the second intent
- to cancel it
- to create another`,
      checks: {
        'no-change': {
          met: 'The amount could not be changed: 401.',
          missing:
            'Nobody has tried to change the amount yet. Type: `curl "$STRIPE_API_BASE/v1/payment_intents/pi_…" -u "$STRIPE_PUBLISHABLE_KEY:" -d client_secret=$SECRET -d amount=100`',
        },
        'no-cancel': {
          met: 'It could not be canceled: 401.',
          missing:
            'Nobody has tried to cancel it yet. Type: `curl "$STRIPE_API_BASE/v1/payment_intents/pi_…/cancel" -u "$STRIPE_PUBLISHABLE_KEY:" -d client_secret=$SECRET`',
        },
        'no-create': {
          met: 'No intent could be created: 401.',
          missing:
            'Nobody has tried to create one yet. Type: `curl "$STRIPE_API_BASE/v1/payment_intents" -u "$STRIPE_PUBLISHABLE_KEY:" -d amount=100 -d currency=usd`',
        },
      },
      explain: `So why is it a secret? Because the public part is not for the public. Whoever has the client secret sees the amount, and the e-mail address and the shipping address where you stored them in the intent. And they can try cards on it until one pays.

Keep it out of logs, databases, mails and addresses that you make: those are copied and kept. \`payintent\` masks it in
\`payintent logs\` for this reason. When it is needed again, your server retrieves the intent and takes it from there.`,
    },
  },
  outro: `Hand the client secret over TLS to the one page of the one customer who pays, and nowhere else. There is one address that you
cannot keep it out of: after a [redirect](term:redirect) Stripe itself adds it to your return page. Take the intent from it,
load no scripts of others there, and do not log the query. The secret key never leaves your server.`,
};
