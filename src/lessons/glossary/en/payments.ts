import type { TermText } from '../term.ts';

export const payments: Readonly<Record<string, TermText>> = {
  payment_intent: {
    name: 'PaymentIntent',
    definition: 'An object that follows one payment from the first try to the final result.',
    why: 'It is what keeps one order from being paid twice, and what remembers where a payment stands while the customer is away.',
    full: 'Your server creates it with an amount and a currency, because only your server knows the price. The customer’s browser gets its `client_secret` and finishes the payment with it. Stripe moves its status. Each try to take money is a charge inside it; at most one of them succeeds.',
    example:
      'One cart, one intent: it is created when the checkout opens and it is the same one after two declines and a 3D Secure check.',
    mistakes: [
      'Creating it in the browser, or with an amount that the browser sends: both let the customer choose the price.',
      'Creating one each time the page is loaded.',
      'Taking a created intent for a payment.',
    ],
  },
  payment_method: {
    name: 'payment method',
    definition: 'The card, bank account or wallet a customer pays with.',
    why: 'It decides how fast you know the result, whether the customer must act, and whether the money can be taken back.',
    full: 'An object with an id `pm_…` that holds the details without showing them. It may be used once, or be attached to a customer and used again. Test mode has ready ones, such as `pm_card_visa`, which behave as their names say.',
    example: '`pm_card_chargeDeclinedInsufficientFunds` is a card that is always declined for want of money.',
    mistakes: [
      'Sending card numbers to your own server: let Stripe.js make the payment method.',
      'Expecting one that was used without a customer to work a second time.',
    ],
  },
  customer: {
    name: 'customer',
    definition: 'A record of a buyer, to which payment methods and payments can be tied.',
    why: 'Without it a card cannot be used again later.',
    full: 'An object with an id `cus_…`. Payment methods attached to it can be listed, and be charged while the buyer is away. Keep its id beside your own user.',
    example: 'A subscriber’s card is attached to the customer in January and charged again in February.',
    mistakes: [
      'Making a new customer at every visit: the saved cards are then nowhere to be found.',
      'Confusing the customer, a person who shops, with the client, a program.',
    ],
  },
  charge: {
    name: 'charge',
    definition: 'One actual try to move money, made by a PaymentIntent.',
    why: 'It is where the details are: the fee, the receipt, the risk, the reason of a decline, what was refunded.',
    full: 'Every confirmation that reaches the bank makes a charge, `ch_…` or `py_…`. A failed one stays on record as failed. `latest_charge` of the intent names the newest.',
    example:
      'An order that was declined once and paid then has one intent and two charges, one of them failed.',
    mistakes: [
      'Creating charges directly, as old tutorials do: such payments cannot do 3D Secure.',
      'Counting charges as orders.',
    ],
  },
  confirm: {
    name: 'confirm',
    definition: 'Telling Stripe to go ahead and try the payment.',
    why: 'It is the step that costs money. Everything before it is a plan.',
    full: 'Usually the customer’s browser confirms with the client secret, so that the bank’s page can be shown at once. A server confirms payments of saved cards. The result is a status, not a yes or no: `succeeded`, `requires_action`, `processing`, `requires_capture`, or an error with the intent inside.',
    example:
      '`payintent confirm pi_… --payment-method visa` asks the emulated bank and answers with the new status.',
    mistakes: [
      'Confirming on the server without a `return_url`: methods that redirect are refused.',
      'Confirming again without looking at the status.',
    ],
  },
  authorize: {
    name: 'authorize',
    definition: 'Asking the bank to approve a payment and hold the money without taking it.',
    why: 'You know that the money is there before you know exactly how much you will take.',
    full: 'The bank sets the amount aside on the customer’s card. It stays there until you capture it, until you cancel, or until the hold expires.',
    example: 'A car rental authorizes $300.00 and captures what the tank of fuel really cost.',
    mistakes: [
      'Taking it for a payment: your balance has not grown.',
      'Confusing it with authentication, which asks who the customer is.',
    ],
  },
  capture: {
    name: 'capture',
    definition: 'Taking money that was authorized before.',
    why: 'Without it you are not paid.',
    full: 'It moves an intent from `requires_capture` to `succeeded`. You may take less than was held, with `amount_to_capture`; the rest is released and, for most cards, cannot be taken later.',
    example: 'Two of three items are in stock: capture their price, the rest is released.',
    mistakes: [
      'Capturing more than was held.',
      'Splitting one hold into several captures where the card does not allow it.',
    ],
  },
  manual_capture: {
    name: 'manual capture',
    definition: 'A setting where the payment is only authorized, and you capture it later yourself.',
    why: 'It separates the customer’s consent from the moment of taking the money.',
    full: '`capture_method=manual` at creation makes a successful confirmation end in `requires_capture`. Not every method can hold money: bank debits and many redirects cannot.',
    example:
      'A shop that makes things to order holds the price and captures when the parcel leaves, within seven days.',
    mistakes: ['Using it with a method that cannot hold money.', 'Setting it and forgetting to capture.'],
  },
  cancel: {
    name: 'cancel',
    definition: 'Closing a payment that has not succeeded, so that it can never be charged.',
    why: 'An open intent can be paid by an old browser tab, long after the order is gone.',
    full: 'Possible from every status before the end except, mostly, `processing`. A hold is released at once. There is no way back.',
    example: 'The stock has run out while the customer was typing: cancel the intent and say so.',
    mistakes: [
      'Trying to cancel what has succeeded: refund it.',
      'Leaving open intents of abandoned orders for ever.',
    ],
  },
  refund: {
    name: 'refund',
    definition: 'Sending collected money back to the customer, in full or in part.',
    why: 'It is the orderly way back, and cheaper than a dispute.',
    full: 'An object `re_…` of its own. Several partial refunds may follow one another until everything is returned. It has a status too: it may be `pending`, and it may fail.',
    example: 'One of two shirts comes back: refund its price, the charge shows both amounts.',
    mistakes: [
      'Expecting the intent to leave `succeeded`.',
      'Sending a refund again after a lost answer without an idempotency key.',
    ],
  },
  dispute: {
    name: 'dispute',
    definition:
      'A claim by the customer’s bank that a payment was wrong, which takes the money back until it is settled.',
    why: 'It costs a fee, has a deadline, and too many of them cost the right to take cards.',
    full: 'The customer complains to the bank, the bank takes the money, you are asked for evidence. The event `charge.dispute.created` starts the clock. It ends `won` or `lost`.',
    example: 'The test card `pm_card_createDispute` pays and is disputed at once.',
    mistakes: [
      'Refunding a payment that is disputed already: the money may leave twice.',
      'Not listening for the event and missing the deadline.',
    ],
  },
  decline: {
    name: 'decline',
    definition: 'A refusal by the bank or by Stripe to let a payment go through.',
    why: 'It happens to a good part of honest customers. What you do next decides whether they buy.',
    full: 'The API answers 402 with the code `card_declined` and a decline code. The intent is inside the error, in `requires_payment_method`, ready for another card.',
    example: '`pm_card_visa_chargeDeclined` is declined without a reason being given.',
    mistakes: ['Ending the order.', 'Trying the same card again and again: banks notice.'],
  },
  decline_code: {
    name: 'decline code',
    definition: 'A short word that tells why a payment was declined.',
    why: 'It says what to tell the customer, and what not to.',
    full: '`insufficient_funds`, `expired_card`, `incorrect_cvc` and some others may be passed on. For `lost_card`, `stolen_card` and `fraudulent` the customer is told no more than that the card was declined.',
    example: 'For `expired_card`, ask for another card; for `fraudulent`, say the same and nothing else.',
    mistakes: [
      'Showing “reported stolen” to whoever is holding the card.',
      'Mixing it up with `code`, which stands beside it.',
    ],
  },
  mandate: {
    name: 'mandate',
    definition: 'The customer’s permission to take money from a bank account, now or later.',
    why: 'Without it a debit is not allowed, and is returned.',
    full: 'It records when and how the customer agreed: the text shown, the time, the IP address. Debits refer to it.',
    example: 'A SEPA debit carries `mandate_data` when it is confirmed, and the answer names the mandate.',
    mistakes: [
      'Not showing the text to the customer.',
      'Going on to debit after the mandate has become inactive.',
    ],
  },
  delayed_payment_method: {
    name: 'delayed payment method',
    definition: 'A method whose result is known only hours or days later.',
    why: 'The customer is long gone when the answer comes.',
    full: 'Bank debits, vouchers and transfers. The intent is `processing`, or `requires_action` while a voucher waits, until the bank tells.',
    example: 'An ACH debit takes some business days, and may be returned because of an empty account.',
    mistakes: ['Treating `processing` as paid.', 'Testing with cards only.'],
  },
  setup_intent: {
    name: 'SetupIntent',
    definition: 'An object that prepares a payment method for later payments without taking any money.',
    why: 'Authentication is done while the customer is there, so later payments are declined less often.',
    full: 'It has a lifecycle like that of a PaymentIntent, without an amount: a card is entered, 3D Secure may be asked, and the payment method ends attached to a customer.',
    example:
      'A trial without charge saves the card with a SetupIntent; the first payment comes a month later.',
    mistakes: [
      'Charging one cent to “check the card”.',
      'Saving a card without saying what it will be used for.',
    ],
  },
  balance: {
    name: 'balance',
    definition: 'The money that Stripe holds for you, available or still pending.',
    why: 'A payment that succeeded is not yet money in your bank.',
    full: 'Each movement is a balance transaction, with amount, fee and net. Payments are pending for some days before they are available.',
    example: 'A payment of $20.00 shows as net $19.12 after a fee of $0.88, first as pending.',
    mistakes: ['Booking the amount in place of the net.', 'Refunding more than the balance holds.'],
  },
  payout: {
    name: 'payout',
    definition: 'Money sent from your Stripe balance to your bank account.',
    why: 'It is the moment you are really paid.',
    full: 'Payouts run on a schedule and bundle many payments, refunds and fees; reports tell which.',
    example: 'Tuesday’s payout holds Friday’s payments, less Monday’s refunds.',
    mistakes: [
      'Looking for one order in the bank statement.',
      'Confusing it with a refund: that goes to the customer.',
    ],
  },
  fulfillment: {
    name: 'fulfillment',
    definition: 'Giving the customer what they paid for.',
    why: 'It is what a webhook is for, and what must happen exactly once.',
    full: 'Start it when the event `payment_intent.succeeded` has arrived and its signature is good. The event may come twice, so remember which order is done.',
    example: 'A handler looks at the order of `metadata`, sees that it is open, marks it and ships.',
    mistakes: [
      'Doing it on the return page: the customer may never get there.',
      'Doing it twice, once by the page and once by the webhook.',
    ],
  },
};
