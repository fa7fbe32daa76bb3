import type { TermText } from '../term.ts';

export const surroundings: Readonly<Record<string, TermText>> = {
  three_d_secure: {
    name: '3D Secure',
    definition: 'An extra check where the bank asks the cardholder to prove who they are.',
    why: 'In many countries the law asks for it, and it moves the loss from fraud to the bank.',
    full: 'The bank decides, sometimes without the customer noticing. When it wants to see the customer, the intent is in `requires_action` and the bank’s page is shown. Passed, the payment goes on, and it may still be declined.',
    example: '`pm_card_authenticationRequired` asks at every payment made with the customer there.',
    mistakes: ['Thinking that passing it means being paid.', 'Testing only with cards that never ask.'],
  },
  authentication: {
    name: 'authentication',
    definition: 'Proving that the person paying is the owner of the payment method.',
    why: 'It can be done by the customer only, so the customer has to be there, or be called back.',
    full: 'For cards it is 3D Secure; for wallets a finger or a face; for bank methods the login at the bank. A payment that is declined with `authentication_required` needs the customer back.',
    example:
      '`payintent authenticate pi_… --succeed` plays the customer who passes; `--fail` plays one who does not.',
    mistakes: [
      'Confusing it with authorization, which asks the bank for the money.',
      'Repeating an off-session payment that was declined for the want of it.',
    ],
  },
  next_action: {
    name: 'next action',
    definition: 'The field that says what the customer must do before the payment can go on.',
    why: 'It is the whole content of `requires_action`.',
    full: '`next_action.type` names the kind: `redirect_to_url` with an address, `use_stripe_sdk` for Stripe.js, or a voucher, a QR code, bank details. It is `null` in every other status.',
    example:
      'With a `return_url`, a 3D Secure card answers `redirect_to_url`; without one it answers `use_stripe_sdk`.',
    mistakes: ['Ignoring the kinds one did not expect.', 'Keeping the address for later: it is for now.'],
  },
  redirect: {
    name: 'redirect',
    definition: 'Sending the customer to another page, such as the bank, and back again.',
    why: 'The way back proves nothing. Customers close tabs, go back, or type your address by hand.',
    full: 'The address stands in `next_action.redirect_to_url.url`. Afterwards the bank’s page sends the customer to your `return_url` with the id of the intent added, whatever happened.',
    example:
      'iDEAL sends the customer to the bank; the payment succeeds there even when the customer never comes back.',
    mistakes: [
      'Shipping because somebody opened the return page.',
      'Believing a status that stands in an address.',
    ],
  },
  return_url: {
    name: 'return URL',
    definition: 'The page of yours to which the customer is sent back after a redirect.',
    why: 'Methods that redirect are refused without one.',
    full: 'Given when the intent is confirmed. Stripe adds `payment_intent`, `payment_intent_client_secret` and `redirect_status` to it. Your server should retrieve the intent and show what it says.',
    example:
      'The page says “thank you” for `succeeded`, “we are waiting for your bank” for `processing`, and offers another try for `requires_payment_method`.',
    mistakes: [
      'Trusting `redirect_status`, which anybody can type.',
      'Logging the whole address, with the client secret in it.',
    ],
  },
  client_secret: {
    name: 'client secret',
    definition: 'A secret text for one payment that lets the customer’s browser finish it.',
    why: 'It lets a page that nobody trusts do one thing and no more.',
    full: 'With it and the publishable key a browser can retrieve and confirm this one intent. It cannot change the amount, refund, or see any other payment. Give it only to the customer whose payment it is.',
    example: 'The server answers the page with `client_secret`; Stripe.js confirms with it.',
    mistakes: [
      'Putting it into addresses, logs or e-mails.',
      'Keeping it in your database: retrieve the intent when it is needed.',
    ],
  },
  publishable_key: {
    name: 'publishable key',
    definition: 'A key that may appear in web pages and can do only harmless things.',
    why: 'Everything in a page can be read by everybody.',
    full: 'It begins with `pk_test_` or `pk_live_`. It can make payment methods, and retrieve or confirm an intent whose client secret is known.',
    example: 'With it, creating an intent is refused: prices are not made in browsers.',
    mistakes: [
      'Using the secret key in the page “because it works”.',
      'Mixing a publishable key of one account with a secret key of another.',
    ],
  },
  secret_key: {
    name: 'secret key',
    definition: 'A key for your server that can do everything in the account and must never be shown.',
    why: 'Whoever has it can refund every payment of yours, or take new ones.',
    full: 'It begins with `sk_`. A restricted key, `rk_`, can be limited to what a program needs. Keep it in the environment or in a vault, never in the source.',
    example: 'A smoke test in CI gets a restricted test key that may write payments and nothing else.',
    mistakes: ['Committing it.', 'Typing it on a command line, where other programs can read it.'],
  },
  test_mode: {
    name: 'test mode',
    definition: 'A copy of Stripe where nothing costs real money and test cards work.',
    why: 'All of a payment flow can be tried before the first real customer.',
    full: 'It has its own keys, its own objects and its own webhooks. Test cards decide by their number what happens. Some things are faster than in life: debits settle in minutes.',
    example: 'The emulator in this program behaves like test mode and needs no account.',
    mistakes: ['Trying real cards in it.', 'Testing the happy way only.'],
  },
  live_mode: {
    name: 'live mode',
    definition: 'The mode where real cards are charged real money.',
    why: 'Nothing done there can be undone for free.',
    full: 'Its keys begin with `sk_live_` and `pk_live_`. Objects say `livemode: true`. This program refuses live keys everywhere.',
    example: 'Going live means changing keys, webhook endpoints and signing secrets, all three.',
    mistakes: [
      'Forgetting to register the webhook endpoint again.',
      'Using a test card to “check production”.',
    ],
  },
  webhook: {
    name: 'webhook',
    definition: 'A message Stripe sends to your server when something happens.',
    why: 'It is the only way to learn of a payment that ends when nobody is looking.',
    full: 'An HTTP POST with an event as JSON and a signature. It counts as delivered when your server answers 2xx quickly. Otherwise it is sent again, for days. It may come twice, late, or before an earlier one.',
    example:
      '`payintent listen --forward-to localhost:3000/webhook` delivers events of the emulator to your program.',
    mistakes: ['Not having one.', 'Working for a minute before answering.', 'Counting on the order.'],
  },
  webhook_endpoint: {
    name: 'webhook endpoint',
    definition: 'The URL on your server that receives those messages.',
    why: 'An endpoint that is not registered, or not for the right events, hears nothing, and nothing tells you so.',
    full: 'Registered with its address and the event types it wants. Each has a signing secret of its own.',
    example:
      '`payintent webhook test --url http://localhost:3000/webhook` sends it good, bad and repeated events, and judges the answers.',
    mistakes: ['Subscribing to everything and being slow.', 'Requiring a login for it: Stripe has none.'],
  },
  event: {
    name: 'event',
    definition: 'A record that something changed, with a type and a copy of the changed object.',
    why: 'It is the history of a payment, and what webhooks carry.',
    full: 'An object `evt_…` with a type such as `payment_intent.succeeded`. `data.object` is the object as it was at that moment; it may have changed since.',
    example:
      'One card payment makes `payment_intent.created`, `charge.succeeded` and `payment_intent.succeeded`.',
    mistakes: [
      'Acting on `charge.succeeded` and on `payment_intent.succeeded` both.',
      'Taking the copy inside for the present state.',
    ],
  },
  signature: {
    name: 'signature',
    definition: 'A code sent with a webhook that proves it came from Stripe unchanged.',
    why: 'Without the check anybody can tell your server that an order is paid.',
    full: 'The header `Stripe-Signature` holds a time and an HMAC of the time and the body. It is checked over the bytes as they arrived, before any JSON is read, and old ones are refused.',
    example: '`stripe.webhooks.constructEvent(rawBody, header, secret)` checks it and answers the event.',
    mistakes: [
      'Checking a body that a framework has parsed and written anew.',
      'Switching the check off “for now”.',
    ],
  },
  signing_secret: {
    name: 'signing secret',
    definition: 'The secret shared by Stripe and your endpoint, used to make and check signatures.',
    why: 'With the wrong one every genuine event is refused.',
    full: 'It begins with `whsec_`. Every endpoint has its own, and so has every `listen` on your machine.',
    example: '`payintent listen --print-secret` prints the one of this emulator.',
    mistakes: [
      'Using the secret of the Dashboard’s endpoint for local deliveries.',
      'Taking the secret key for it.',
    ],
  },
  idempotency_key: {
    name: 'idempotency key',
    definition: 'A value you send with a request so that repeating it cannot charge twice.',
    why: 'Networks lose answers. Without a key you cannot know whether to ask again.',
    full: 'The header `Idempotency-Key`. The first answer is kept for at least a day, and given again for the same key and the same parameters. The same key with other parameters is refused.',
    example: 'The key is made from the order and the step: `order-1001-create`.',
    mistakes: ['Making a new random key for each retry.', 'Using one key for two different things.'],
  },
  metadata: {
    name: 'metadata',
    definition: 'Your own labels stored on an object, such as an order number.',
    why: 'They lead from an event back to your order.',
    full: 'Up to 50 keys with short texts. They come back in every event of the object and can be searched.',
    example: '`--metadata order=1001` when the intent is created, `metadata.order` when the event arrives.',
    mistakes: [
      'Storing card data or secrets in them.',
      'Counting on them to be copied to every other object.',
    ],
  },
  smallest_currency_unit: {
    name: 'smallest currency unit',
    definition:
      'The smallest coin a currency is counted in, in which all amounts are sent: 1099 means 10.99 dollars.',
    why: 'Off by a factor of 100 is the dearest typing error there is.',
    full: 'Cents for dollars and euros. Some currencies have none: 500 yen are `500`. Some have three decimals: 1.500 dinars are `1500`, and the last digit is 0.',
    example: '`--amount 500 --currency jpy` is ¥500, `--amount 500 --currency usd` is $5.00.',
    mistakes: [
      'Multiplying by 100 whatever the currency.',
      'Computing with fractions: `19.99 * 100` is not 1999 in floating point.',
    ],
  },
  off_session: {
    name: 'off-session',
    definition: 'A payment made when the customer is not there to act.',
    why: 'Nobody can pass 3D Secure, so the bank’s wish for it is a decline.',
    full: '`off_session=true` at confirmation says so, together with a customer and a saved payment method. When the bank insists, the answer is 402 with `authentication_required`: call the customer back and confirm the same intent with them there.',
    example:
      'A monthly bill is charged at night; one of a hundred customers gets an e-mail asking to confirm.',
    mistakes: [
      'Leaving the flag out: the intent waits in `requires_action` for somebody who is asleep.',
      'Charging saved cards without having asked for it when they were saved.',
    ],
  },
  on_session: {
    name: 'on-session',
    definition: 'A payment made while the customer is there and can act.',
    why: 'Everything a bank may ask for can be done at once.',
    full: 'The usual case: the customer is on your page, and the browser confirms with the client secret.',
    example: 'A saved card paying in the shop is on-session too: the customer pressed the button.',
    mistakes: [
      'Confirming on the server while the customer waits, without handling `requires_action`.',
      'Saving a card on-session without `setup_future_usage` and charging it off-session.',
    ],
  },
};
