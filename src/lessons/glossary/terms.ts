import type { Term } from './term.ts';

const PAID = 'payintent create --amount 2000 --currency usd --payment-method visa --confirm';
const HELD = `${PAID} --capture-method manual`;
const OPEN = 'payintent create --amount 2000 --currency usd';

const status = (id: string): Term => ({
  id,
  kind: 'status',
  example: { command: `payintent explain ${id}` },
});

const term = (id: string, command: string, more: Omit<Term['example'], 'command'> = {}): Term => ({
  id,
  kind: 'term',
  example: { command, ...more },
});

/** Every entry, in the order of the list: the intent and its statuses first, then what surrounds it. */
export const TERMS: readonly Term[] = [
  term('payment_intent', OPEN),
  status('requires_payment_method'),
  status('requires_confirmation'),
  status('requires_action'),
  status('processing'),
  status('requires_capture'),
  status('succeeded'),
  status('canceled'),
  term('payment_method', 'payintent methods --type card'),
  term('customer', 'payintent simulate saved-card-charged-later --auto'),
  term('charge', 'payintent retrieve {intent} --fields latest_charge', { given: [PAID] }),
  term('confirm', 'payintent confirm {intent} --payment-method visa', { given: [OPEN] }),
  term('authorize', HELD),
  term('capture', 'payintent capture {intent} --amount-to-capture 1500', { given: [HELD] }),
  term('manual_capture', HELD),
  term('cancel', 'payintent cancel {intent}', { given: [OPEN] }),
  term('refund', 'payintent refund {intent} --amount 500', { given: [PAID] }),
  term('dispute', 'payintent simulate dispute-lost --auto'),
  term('decline', 'payintent simulate decline-and-retry --auto'),
  term('decline_code', 'payintent explain insufficient_funds'),
  term('three_d_secure', 'payintent simulate 3ds-passed --auto'),
  term('authentication', 'payintent authenticate {intent} --succeed', {
    given: ['payintent create --amount 2000 --currency usd --payment-method 3ds --confirm'],
  }),
  term('next_action', 'payintent retrieve {intent} --fields next_action.type', {
    given: ['payintent create --amount 2000 --currency usd --payment-method 3ds --confirm'],
  }),
  term('redirect', 'payintent simulate redirect-paid --auto'),
  term('return_url', 'payintent simulate redirect-refused --auto'),
  term('client_secret', 'payintent explain client_secret'),
  term('publishable_key', 'payintent help environment'),
  term('secret_key', 'payintent help environment'),
  term('test_mode', 'payintent help offline'),
  term('live_mode', 'payintent help offline'),
  term('webhook', 'payintent trigger payment_intent.succeeded'),
  term('webhook_endpoint', 'payintent webhook test --help'),
  term('event', 'payintent events list --limit 3', { given: [PAID] }),
  term('signature', 'payintent webhook sign --help'),
  term('signing_secret', 'payintent listen --help'),
  term('idempotency_key', `${OPEN} --idempotency-key order-1001`),
  term('metadata', `${OPEN} --metadata order=1001`),
  term('smallest_currency_unit', 'payintent create --amount 500 --currency jpy'),
  term('mandate', 'payintent simulate sepa-debit-paid --auto'),
  term('delayed_payment_method', 'payintent simulate bank-debit-paid --auto'),
  term('setup_intent', 'payintent simulate setup-success --auto'),
  term('off_session', 'payintent simulate off-session-authentication --auto'),
  term('on_session', 'payintent simulate 3ds-passed --auto'),
  term('fulfillment', 'payintent simulate tab-closed --auto'),
  term('balance', 'payintent simulate card-synchronous --auto'),
  term('payout', 'payintent explain balance.available'),
];

export function findTermById(id: string): Term | undefined {
  return TERMS.find((one) => one.id === id);
}
