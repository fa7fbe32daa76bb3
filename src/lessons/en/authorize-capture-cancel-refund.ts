import type { LessonText } from '../text.ts';

export const authorizeCaptureCancelRefund: LessonText = {
  title: 'Authorize, capture, cancel, refund',
  summary:
    'Reserved money is captured or canceled; captured money is refunded; a hold that is forgotten is lost.',
  intro: `Sometimes you know the price only later: a hotel, a rented car, goods that may be out of stock. Then you
[authorize](term:authorize) first: the bank sets the money aside. Later you [capture](term:capture) it, all or a part. This
lesson takes money in both ways, gives it back in both ways, and forgets it once.`,
  rounds: {
    capture: {
      title: 'Reserve, then take a part',
      predict: {
        question: 'A hotel reserves $80.00 and later captures $50.00. What becomes of the other $30.00?',
        choices: {
          kept: {
            label: 'It stays reserved and can be captured later',
            because: 'For an ordinary card payment there is one capture. What it leaves over is given up.',
          },
          released: {
            label: 'It is released, and was never taken',
            because: 'The capture says how much is taken. The bank lets go of the rest.',
          },
          refunded: {
            label: 'It is taken and refunded',
            because: 'Only what is captured is taken. Where nothing was taken, nothing has to be refunded.',
          },
        },
      },
      task: `Reserve an amount with [manual capture](term:manual_capture): create and confirm an intent with
\`capture_method=manual\`. Then capture less than you reserved.`,
      checks: {
        held: {
          met: 'Money was reserved: the event `payment_intent.amount_capturable_updated` tells of it.',
          missing:
            'No money was reserved yet. Type: `payintent create --amount 8000 --currency usd --capture-method manual --payment-method visa --confirm`',
        },
        captured: {
          met: 'It was captured: the status is `succeeded`.',
          missing: 'It is not captured yet. Type: `payintent capture pi_… --amount-to-capture 5000`',
        },
        part: {
          met: '`amount_received` is less than `amount`: the rest was released.',
          missing:
            'No part was captured yet. Reserve money, and capture less than that with `--amount-to-capture`.',
        },
      },
      explain: `Between the two steps the status was \`requires_capture\`. The event \`charge.succeeded\` came already with the hold,
although you had no money yet. So ship on \`payment_intent.succeeded\`, which comes with the capture.

\`amount\` still says what was reserved. What you have is in \`amount_received\`.`,
    },
    refund: {
      title: 'Give captured money back',
      setting: 'You have captured a part of your hold. Now the customer wants some of that back.',
      predict: {
        question:
          'You captured $50.00 and [refund](term:refund) $10.00. Then somebody types a refund of $50.00, more than is left. What happens?',
        choices: {
          'from-you': {
            label: 'The customer gets $50.00, and you pay the difference',
            because: 'Refunds of a payment never add up to more than was captured.',
          },
          'the-rest': {
            label: 'The customer gets the remaining $40.00',
            because:
              'The API does not guess what you meant. Only a refund without an amount gives back the rest.',
          },
          refused: {
            label: 'It is refused',
            because: 'There are $40.00 left to refund, and the API says so. The refund of $10.00 stays.',
          },
        },
      },
      task: 'Refund a part of what you captured. Then try to refund more than is left.',
      checks: {
        'part-back': {
          met: 'A part went back: there is an event `refund.created`.',
          missing: 'Nothing was refunded yet. Type: `payintent refund pi_… --amount 1000`',
        },
        'too-much': {
          met: 'The second refund was refused, because there was not that much left.',
          missing:
            'Nobody has tried to refund more than is left yet. Type: `payintent refund pi_… --amount 5000`',
        },
      },
      explain: `The intent is still \`succeeded\`, and will stay so. A refund is an object of its own that belongs to the
[charge](term:charge): \`amount_refunded\` there adds them up, and \`refunded\` turns \`true\` when everything is back.

The money comes from your balance, and it takes some days until the customer sees it. Whether Stripe keeps the fee of the
payment depends on your contract.`,
    },
    cancel: {
      title: 'Give reserved money back',
      setting: 'The lesson has reserved $80.00 for a guest who will not come. The hold is a new intent.',
      predict: {
        question: 'Which call frees the money of the guest now?',
        choices: {
          refund: {
            label: 'A refund',
            because:
              'Nothing was captured, so there is nothing to give back. The API refuses, and says what to do instead.',
          },
          cancel: {
            label: 'Cancel the intent',
            because: 'A canceled hold is released. The guest was never charged.',
          },
          either: {
            label: 'Either of the two',
            because:
              'They do not overlap: a hold cannot be refunded, and a payment that succeeded cannot be canceled.',
          },
        },
      },
      task: 'Try to refund the hold. Then [cancel](term:cancel) it.',
      checks: {
        'no-refund': {
          met: 'The refund was refused: nothing was captured.',
          missing: 'Nobody has tried to refund the hold yet. Type: `payintent refund pi_…`',
        },
        canceled: {
          met: 'The intent is `canceled`, and the money is free.',
          missing: 'The hold is not canceled yet. Type: `payintent cancel pi_…`',
        },
      },
      explain: `The rule: before the capture cancel, after the capture refund. A canceled hold disappears from the statement of the
customer, sooner or later depending on their bank. A refund shows as a second line.

Cancel a hold as soon as you know that you will not need it. As long as it lasts, the customer cannot spend that money.`,
    },
    forget: {
      title: 'Forget the capture',
      predict: {
        question: 'Money is reserved on a card, and nobody captures it. What has happened after seven days?',
        choices: {
          captured: {
            label: 'It was captured by itself',
            because: '`manual` means that you do it. Nobody does it for you.',
          },
          waits: {
            label: 'Nothing: it waits for you',
            because:
              'A bank does not keep money aside for ever. For cards on the internet seven days are usual.',
          },
          canceled: {
            label: 'The hold is gone, and the intent is canceled',
            because: 'The hold expired. Stripe cancels the intent, because there is nothing left to capture.',
          },
        },
      },
      task: `Reserve money once more. Let seven days pass: the clock of the emulator can be moved forward. Then try to capture.`,
      checks: {
        expired: {
          met: 'The hold expired: the intent is `canceled`, with the reason `automatic`.',
          missing:
            'No hold has expired in this round. Type first `payintent create --amount 8000 --currency usd --capture-method manual --payment-method visa --confirm` and then `payintent emulator advance 7d`',
        },
        'too-late': {
          met: 'The capture came too late: 400 with the code `payment_intent_unexpected_state`.',
          missing: 'No capture was refused yet. Try to capture the expired hold: `payintent capture pi_…`',
        },
      },
      explain: `The goods may be on their way, and the money is not yours. The only way to get it now is a new payment, to which the
customer has to agree.

How long a hold lasts depends on the card and on how it was used. The charge of a hold says until when, in
\`payment_method_details.card.capture_before\`. Read it there, and capture a day earlier.`,
    },
  },
  outro: `Reserve when the price is not known yet, otherwise capture at once. Note \`capture_before\` with the order, and let a job
capture or cancel before that time. In production listen to \`payment_intent.canceled\`: it also tells of holds that expired.`,
};
