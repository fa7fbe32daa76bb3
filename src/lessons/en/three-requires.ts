import type { LessonText } from '../text.ts';

export const threeRequires: LessonText = {
  title: 'The three that wait',
  summary:
    'What requires_payment_method, requires_confirmation and requires_action wait for, and who has to act.',
  intro: `An intent that can still be paid has one of three statuses that begin with \`requires_\`. They look alike in code, and are
often treated alike. But each waits for somebody else, and whoever knows that knows what to do next.

There is a fourth with that beginning. It is of another kind: you will see it at the end.`,
  rounds: {
    choose: {
      title: 'Waiting for a way to pay',
      setting: 'An intent of $20.00 has been created. It has no payment method.',
      predict: {
        question: 'Its status is `requires_payment_method`. Who has to act?',
        choices: {
          stripe: {
            label: 'Nobody: Stripe is still working on it',
            because: 'The status for that is `processing`. Here there is nothing to work on yet.',
          },
          customer: {
            label: 'The customer, who chooses how to pay',
            because: 'The intent needs a card, a bank account or a wallet. Show the payment form.',
          },
          server: {
            label: 'Your server, which confirms',
            because:
              'Confirmed with what? Without a payment method the confirmation is refused: `payment_intent_unexpected_state`.',
          },
        },
      },
      task: 'Choose for the customer: put a card on the intent, but do not confirm it.',
      checks: {
        chosen: {
          met: 'The status is `requires_confirmation`: a card is there, and nobody has said go.',
          missing:
            'No intent has a card and waits to be confirmed. Type: `payintent update pi_… --payment-method visa`',
        },
      },
      explain: `[requires_payment_method](term:requires_payment_method) waited for the customer’s choice, and now it is made.
[requires_confirmation](term:requires_confirmation) waits for the one who says go. In most shops that is the
customer, who presses the button; with saved cards it is your server.

You may never meet this status. Whoever sends the card together with the confirmation jumps over it.`,
    },
    challenge: {
      title: 'Waiting for the customer at the bank',
      predict: {
        question: 'The bank behind the card wants 3D Secure. You confirm. What is the answer?',
        choices: {
          error: {
            label: 'An error: the payment failed',
            because: 'Nothing has failed. The answer is a good one, and the payment goes on elsewhere.',
          },
          processing: {
            label: 'The intent, with the status `processing`',
            because:
              '`processing` waits for a bank, and nobody can hurry it. Here the customer has something to do.',
          },
          action: {
            label: 'The intent, with the status `requires_action`',
            because: 'The customer has something to do first, and `next_action` says what.',
          },
        },
      },
      task: `Confirm with a card that asks for [3D Secure](term:three_d_secure) (payintent calls one \`3ds\`), and look at
\`next_action\`. Then be the customer, and pass the check.`,
      checks: {
        asked: {
          met: 'The customer was asked: there was the event `payment_intent.requires_action`.',
          missing:
            'No customer was asked for anything yet. Type: `payintent confirm pi_… --payment-method 3ds`',
        },
        passed: {
          met: 'The customer passed, and the status is `succeeded`.',
          missing: 'The customer has not passed yet. Type: `payintent authenticate pi_… --succeed`',
        },
      },
      explain: `[requires_action](term:requires_action) waits for the customer. Stripe.js shows them what
[next_action](term:next_action) asks for: a page of the bank, a code to scan, a voucher. Your server waits for an event and
ships nothing. It cannot answer in the customer’s place.

A customer who fails the check brings the intent back to \`requires_payment_method\`, and can try again.`,
    },
    hold: {
      title: 'The fourth one waits for you',
      predict: {
        question:
          'With `capture_method=manual` a confirmed intent becomes `requires_capture`. Who has to act?',
        choices: {
          customer: {
            label: 'The customer, who has to approve something',
            because: 'The customer’s part is done, and the bank has said yes.',
          },
          nobody: {
            label: 'Nobody: Stripe takes the money after a week',
            because:
              'The other way round. When the time is over, the money is let go and the intent is canceled.',
          },
          you: {
            label: 'You, who take the money or let it go',
            because: 'The bank holds the amount for you. Capture takes it, cancel lets it go.',
          },
        },
      },
      task: 'Reserve money: create an intent with `capture_method=manual` and confirm it with a card that works.',
      checks: {
        held: {
          met: 'The status is `requires_capture`.',
          missing:
            'No money is reserved. Type: `payintent create --amount 2000 --currency usd --payment-method visa --capture-method manual --confirm`',
        },
        untaken: {
          met: 'Its `amount_received` is `0`: reserved is not taken.',
          missing:
            'What was taken already is not reserved any more. Reserve once more, and do not capture yet.',
        },
      },
      explain: `The three others wait for a payment to be made. [requires_capture](term:requires_capture) comes after the bank’s
yes: the money is [reserved](term:authorize), and you decide. For most cards used online you have seven days.`,
    },
    'wrong-move': {
      title: 'The wrong move',
      predict: {
        question: 'You want the reserved money, and confirm the intent once more. What happens?',
        choices: {
          takes: {
            label: 'The money is taken',
            because: 'Confirming asks the bank. Taking what it reserved is another request: capture.',
          },
          twice: {
            label: 'The amount is reserved a second time',
            because: 'The bank has agreed already, and an intent does not ask again for what it was granted.',
          },
          refused: {
            label: 'It is refused',
            because: 'Each status allows certain moves, and `requires_capture` does not allow to confirm.',
          },
        },
      },
      task: 'Confirm the intent whose money is reserved. When that is refused, make a move that fits: capture or cancel.',
      checks: {
        refused: {
          met: 'The confirmation was refused with `payment_intent_unexpected_state`.',
          missing: 'No confirmation was refused yet. Type: `payintent confirm pi_…`',
        },
        ended: {
          met: 'The money was taken or let go: nothing is reserved any more.',
          missing: 'The money is still reserved. Type: `payintent capture pi_…`',
        },
      },
      explain: `\`payment_intent_unexpected_state\` says: this intent is not where you think it is. Look at its status and make the move
that fits. \`payintent explain pi_…\` says which those are, and \`payintent help statuses\` lists all of them.`,
    },
  },
  outro: `Who has to act:

- \`requires_payment_method\`: the customer chooses how to pay
- \`requires_confirmation\`: the customer or your server says go
- \`requires_action\`: the customer does what \`next_action\` asks for
- \`requires_capture\`: you take the reserved money or let it go

In production, treat each of them by its name. “Not \`succeeded\`” is not one status, and what helps in one of them is refused in
another.`,
};
