import type { TermText } from '../term.ts';

export const statuses: Readonly<Record<string, TermText>> = {
  requires_payment_method: {
    name: '`requires_payment_method`',
    definition:
      'The payment has no working payment method yet, either because it is new or because the last try failed.',
    why: 'It is where every payment begins and where every declined one comes back to. Nothing is lost: the same intent can be tried again.',
    full: 'A new intent without a payment method has this status. So has one whose card was declined, whose 3D Secure check failed, or whose bank debit bounced; `last_payment_error` then says why. Attach another payment method and confirm again.',
    example:
      'A card with too little money is declined: the answer is an error, and the intent inside it is back in `requires_payment_method`.',
    mistakes: [
      'Making a new intent after each decline: the history of the order is scattered, and two of them may be paid.',
      'Taking the status for a failure for good. It only says that something to pay with is missing.',
    ],
  },
  requires_confirmation: {
    name: '`requires_confirmation`',
    definition: 'A payment method is in place and the payment waits for someone to confirm it.',
    why: 'It is the last moment at which nothing has been asked of any bank.',
    full: 'An intent gets here when a payment method is attached without confirming, and again after 3D Secure when `confirmation_method` is `manual`: then your server has to confirm once more. The amount may still be changed.',
    example:
      'Create an intent with `payment_method=pm_card_visa` and without `confirm`: it waits in `requires_confirmation`.',
    mistakes: [
      'Believing that attaching a card starts the payment.',
      'With `confirmation_method=manual`, forgetting the second confirmation after the customer has passed 3D Secure: after a while the payment is lost.',
    ],
  },
  requires_action: {
    name: '`requires_action`',
    definition: 'The customer must do something first, such as passing 3D Secure or paying a voucher.',
    why: 'Only the customer can move the payment on. A shop that treats this answer as a success gives goods away; one that treats it as a failure loses the sale.',
    full: '`next_action` says what is to be done: follow a redirect, let Stripe.js show the bank’s page, print a voucher, transfer money. Afterwards the intent moves by itself to `processing`, `requires_capture`, `succeeded`, or back to `requires_payment_method`.',
    example:
      'Confirm with the 3D Secure test card: the answer is HTTP 200 with `requires_action`, not an error.',
    mistakes: [
      'Reading HTTP 200 as “paid”.',
      'Waiting in the browser only: a voucher is paid days later, when no page is open.',
    ],
  },
  processing: {
    name: '`processing`',
    definition: 'The payment has been sent and its result is not known yet.',
    why: 'It can last seconds or days, and it can still fail.',
    full: 'Bank debits and some redirect methods stay here until the bank answers. The end is `succeeded` or `requires_payment_method`, and it comes as an event. Most payments cannot be canceled in this status.',
    example: 'A SEPA debit is confirmed on Monday and is `processing` until the bank has answered.',
    mistakes: [
      'Shipping now: a debit that bounces on Thursday finds the goods gone.',
      'Asking the API every few seconds in place of listening for the event.',
    ],
  },
  requires_capture: {
    name: '`requires_capture`',
    definition: 'The money is reserved on the customer’s side and waits for you to take it.',
    why: 'A reservation expires. Money that is not captured in time goes back to the customer.',
    full: 'An intent with `capture_method=manual` stops here after the bank has approved. Capture all of it or a part; what is left is released. A card hold usually ends after seven days, and the intent is then canceled.',
    example: 'A hotel reserves $200.00 at check-in and captures $145.00 at check-out.',
    mistakes: [
      'Planning the capture for the day of shipping, two weeks later.',
      'Refunding a hold: nothing has been taken yet, so it is to be canceled.',
    ],
  },
  succeeded: {
    name: '`succeeded`',
    definition: 'The money has been collected and the payment is finished.',
    why: 'It is the one status on which to ship.',
    full: 'The intent does not move from here. Refunds and disputes come later as objects of their own; they do not change the status. With `capture_method=automatic_async` fees are known a moment after it.',
    example: 'The event `payment_intent.succeeded` arrives, and the order is marked as paid.',
    mistakes: [
      'Looking for a refund in the status: look at `amount_refunded` of the charge.',
      'Relying on the browser to report the success; it may be closed by then.',
    ],
  },
  canceled: {
    name: '`canceled`',
    definition: 'The payment is closed for good and any reserved money is released.',
    why: 'A canceled intent can never be charged by accident.',
    full: 'You cancel an intent that is not wanted any more; Stripe cancels one whose hold has expired. `cancellation_reason` says which. It is spelled with one l.',
    example: 'The customer empties the cart: cancel the intent, so that an old page cannot pay it.',
    mistakes: [
      'Trying to use it again: make a new one.',
      'Canceling in place of refunding: an intent that has succeeded cannot be canceled.',
    ],
  },
};
