import { TEST_BANK_ACCOUNTS, type TestBankAccount } from '../../domain/bank-accounts.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import type { AdvanceStep } from '../format.ts';
import { CONSENT } from '../library/common-params.ts';
import { follow } from '../references.ts';
import { accepts, actionOf, OPEN, PAID, plain, returnUrl, type Way } from './way.ts';

/** Bank accounts of the test tables, by the type of debit: one that pays, one that bounces. */
const DEBITS: Readonly<Record<string, readonly [pays: string, bounces: string]>> = {
  us_bank_account: ['pm_usBankAccount_success', 'pm_usBankAccount_insufficientFunds'],
  sepa_debit: ['pm_sepaDebit_success_de', 'pm_sepaDebit_insufficientFunds_de'],
  bacs_debit: ['pm_bacsDebit_success', 'pm_bacsDebit_insufficientFunds'],
  au_becs_debit: ['pm_auBecsDebit_success', 'pm_auBecsDebit_referToCustomer'],
  acss_debit: ['pm_acssDebit_success', 'pm_acssDebit_insufficientFunds'],
};

const debitOf = (intent: ApiRecord) => Object.keys(DEBITS).find((type) => accepts(intent, type));

function debit(id: string, pays: boolean): Way {
  return {
    id,
    from: OPEN,
    refuses: (intent) =>
      debitOf(intent) === undefined ? 'it accepts no bank debit (payment_method_types)' : undefined,
    to: 'processing',
    gives: [pays ? 'debit_settles' : 'debit_bounces'],
    sends: ['payment_intent.processing', 'charge.pending'],
    steps: (intent) => [
      {
        title: 'Confirm with a bank account',
        why: 'The customer agrees to be debited (mandate_data). The bank answers days later, so the intent is processing.',
        call: 'payment_intents.confirm',
        on: '${intent.id}',
        params: {
          mandate_data: CONSENT,
          payment_method: DEBITS[debitOf(intent) ?? '']?.[pays ? 0 : 1] ?? '',
          ...returnUrl(intent),
        },
        expect: { status: 'processing', events: ['payment_intent.processing', 'charge.pending'] },
      },
    ],
  };
}

/** The test account that is debited; undefined for a method of another kind, or one that is not expanded. */
export function testAccountOf(intent: ApiRecord): TestBankAccount | undefined {
  const type = follow(intent, ['payment_method', 'type']);
  const [last4, country] = ['last4', 'country'].map((name) =>
    follow(intent, ['payment_method', String(type), name]),
  );
  return TEST_BANK_ACCOUNTS.find(
    (account) =>
      account.type === type &&
      account.last4 === last4 &&
      (account.country === undefined || account.country === country),
  );
}

/** Until the bank has answered: `10s` for an account that answers at once. */
function answerTime(intent: ApiRecord): string {
  // An attempt that is still to come is made with an account that answers at once.
  if (intent['status'] !== 'processing') return '10s';
  const type = follow(intent, ['payment_method', 'type']);
  // Banks that a customer was sent to take days.
  if (typeof type === 'string' && !(type in DEBITS)) return '3d';
  return `${10 + (testAccountOf(intent)?.delaySeconds ?? 0)}s`;
}

/** Waits as long as the bank takes. */
function waiting(way: Omit<Way, 'sends' | 'steps'>, step: AdvanceStep): Way {
  return { ...plain(way, step), steps: (intent) => [{ ...step, advance: answerTime(intent) }] };
}

function bankPays(way: Pick<Way, 'ends' | 'gives' | 'id' | 'needs'>): Way {
  return waiting(
    { ...way, from: ['processing'], to: 'succeeded', takes: ['debit_settles'] },
    {
      title: 'Wait for the bank',
      why: 'Test accounts settle within seconds; real ones take days.',
      advance: '10s',
      expect: { status: 'succeeded', events: PAID },
    },
  );
}

function bankRefuses(way: Pick<Way, 'ends' | 'id' | 'needs'>): Way {
  const events = ['charge.failed', 'payment_intent.payment_failed'];
  return waiting(
    { ...way, from: ['processing'], to: 'requires_payment_method', takes: ['debit_bounces'] },
    {
      title: 'Wait for the bank',
      why: 'There is not enough on the account, and the bank says so only now.',
      advance: '10s',
      expect: { status: 'requires_payment_method', events },
    },
  );
}

const customerOf = (intent: ApiRecord) =>
  intent['customer'] === null ? 'it has no customer, so it has no cash balance' : undefined;

const transfers = (intent: ApiRecord) =>
  actionOf(intent) === 'display_bank_transfer_instructions'
    ? customerOf(intent)
    : 'it waits for no bank transfer';

/** Bank debits and transfers. */
export const bankWays: readonly Way[] = [
  debit('debit', true),
  debit('debit-bounces', false),
  bankPays({ id: 'settle', needs: ['debit_settles'], gives: ['refundable'] }),
  bankRefuses({ id: 'bounce', needs: ['debit_bounces'] }),
  bankPays({ id: 'may-settle', needs: ['debit_unknown'], ends: true }),
  bankRefuses({ id: 'may-bounce', needs: ['debit_unknown'], ends: true }),
  plain(
    { id: 'fund-half', from: ['requires_action'], refuses: transfers, to: 'requires_action' },
    {
      title: 'Half of the money arrives',
      why: 'Customers send what they like: the intent keeps waiting, and says how much is missing.',
      call: 'test_helpers.customers.fund_cash_balance',
      on: '${intent.customer}',
      params: {
        amount: '${intent.next_action.display_bank_transfer_instructions.amount_remaining / 2}',
        currency: '${intent.currency}',
      },
      expect: {
        status: 'requires_action',
        events: [
          'customer_cash_balance_transaction.created',
          'customer_cash_balance_transaction.created',
          'payment_intent.partially_funded',
        ],
      },
    },
  ),
  plain(
    { id: 'fund', from: ['requires_action'], refuses: transfers, to: 'succeeded' },
    {
      title: 'The money arrives',
      why: 'With all of it there the intent succeeds by itself.',
      call: 'test_helpers.customers.fund_cash_balance',
      on: '${intent.customer}',
      params: {
        amount: '${intent.next_action.display_bank_transfer_instructions.amount_remaining}',
        currency: '${intent.currency}',
      },
      expect: {
        status: 'succeeded',
        events: [
          'customer_cash_balance_transaction.created',
          'customer_cash_balance_transaction.created',
          ...PAID,
        ],
      },
    },
  ),
];
