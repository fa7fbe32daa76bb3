import {
  findTestBankAccount,
  type TestBankAccount,
  testBankAccountsOfNumber,
} from '../domain/bank-accounts.ts';
import { cardDigits, passesLuhn, testCardOfNumber } from '../domain/card-data.ts';
import { findCurrency } from '../domain/currencies.ts';
import { ADVICE_CODES, DECLINE_CODES, findDeclineCode } from '../domain/decline-codes.ts';
import { ERROR_CODES, ERROR_TYPES, findErrorCode } from '../domain/error-codes.ts';
import { flowsWithEvent } from '../domain/event-flows.ts';
import { EVENT_TYPES, findEventType, MISSING_EVENT_TYPES } from '../domain/event-types.ts';
import { microdepositResult } from '../domain/microdeposits.ts';
import { formatAmount } from '../domain/money.ts';
import { findPaymentIntentField, PAYMENT_INTENT_FIELDS } from '../domain/payment-intent-fields.ts';
import { findPaymentMethodType, PAYMENT_METHOD_TYPES } from '../domain/payment-method-types.ts';
import { STATUS_GUIDES } from '../domain/status-guide.ts';
import { isPaymentIntentStatus, PAYMENT_INTENT_STATUSES } from '../domain/statuses.ts';
import { findTestCard, TEST_CARDS } from '../domain/test-cards.ts';
import {
  findTestMethod,
  findTestMethodByPm,
  type TestMethod,
  testMethodNames,
} from '../domain/test-methods.ts';
import { reachableFrom } from '../domain/transitions.ts';
import { konbiniOutcome } from '../domain/voucher-outcomes.ts';
import { errorCodes, isErrorCode } from './error-codes.ts';
import { examplePayment } from './example-payment.ts';
import { legalMoves } from './next-steps.ts';

/** What one word means in one of its senses. */
export interface Explanation {
  readonly kind: string;
  readonly name: string;
  readonly description: string;
  /** Further facts, label by label, in the order they are shown. */
  readonly facts: Readonly<Record<string, string | readonly string[]>>;
  /** True where Stripe's documentation leaves it open. */
  readonly uncertain?: boolean;
}

/** Every sense of a word: `processing` is a status and a field. Empty when nobody knows it. */
export function explanationsOf(word: string): Explanation[] {
  return [
    status,
    field,
    declineCode,
    errorCode,
    errorType,
    adviceCode,
    eventType,
    testMethod,
    accountNumber,
    otherCard,
    testInput,
    methodType,
    currency,
    ownCode,
  ].flatMap((sense) => sense(word) ?? []);
}

/** Every word that can be explained, for suggestions and completion. */
export function explainableWords(): string[] {
  return [
    ...PAYMENT_INTENT_STATUSES,
    ...PAYMENT_INTENT_FIELDS.map((row) => row.field),
    ...DECLINE_CODES.map((row) => row.code),
    ...ERROR_CODES.map((row) => row.code),
    ...EVENT_TYPES.map((row) => row.type),
    ...testMethodNames(),
    ...PAYMENT_METHOD_TYPES.map((row) => row.type),
    ...Object.keys(errorCodes),
  ];
}

type Sense = (word: string) => Explanation | undefined;

/** Keeps the facts that say something. */
function facts(
  all: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string | readonly string[]> {
  const kept: Record<string, string | readonly string[]> = {};
  for (const [label, text] of Object.entries(all)) {
    if (text !== undefined && text.length > 0) kept[label] = text;
  }
  return kept;
}

const status: Sense = (word) => {
  if (!isPaymentIntentStatus(word)) return undefined;
  const guide = STATUS_GUIDES[word];
  return {
    kind: 'status',
    name: word,
    description: guide.meaning,
    facts: facts({
      'Comes from': guide.reachedBy,
      'What to do': guide.next,
      'Customer sees': guide.customerSees,
      Dashboard: guide.dashboard,
      'Leads to': reachableFrom(word).join(', '),
      Commands: legalMoves(word, 'pi_…', undefined),
    }),
  };
};

const field: Sense = (word) => {
  const [root = '', ...inner] = word.split('.');
  const row = findPaymentIntentField(root);
  if (row === undefined) return undefined;
  const nested = inner.length === 0 ? undefined : row.nested?.find(([name]) => name === inner.join('.'));
  if (inner.length > 0 && nested === undefined) return undefined;
  return {
    kind: 'field',
    name: word,
    description: nested?.[1] ?? row.description,
    facts: facts({
      Holds: row.populatedWhen,
      Type: `${row.type}${row.nullable === true ? ', may be null' : ''}`,
      Values: row.values?.join(', '),
      'Set by': row.settableOn?.join(', '),
      Inside:
        inner.length > 0
          ? undefined
          : row.nested?.map(([name, note]) => (note === undefined ? name : `${name}: ${note}`)),
    }),
    ...(row.uncertain === true ? { uncertain: true } : {}),
  };
};

const declineCode: Sense = (word) => {
  const row = findDeclineCode(word);
  if (row === undefined) return undefined;
  const [pm = '', circumstance] = row.testCard?.split(' ') ?? [];
  const test = findTestMethodByPm(pm);
  return {
    kind: 'decline code',
    name: word,
    description: row.description,
    facts: facts({
      'What to do': row.nextStep,
      Retry: row.retry.replaceAll('-', ' '),
      'Comes with': `code ${row.errorCode}`,
      Customer:
        row.hideFromCustomer === true ? 'Tell them no more than that the card was declined.' : undefined,
      'See it':
        test === undefined
          ? undefined
          : [`${examplePayment(test)}${circumstance === '(off_session)' ? ' --off-session' : ''}`],
    }),
    ...(row.uncertain === true ? { uncertain: true } : {}),
  };
};

const errorCode: Sense = (word) => {
  const row = findErrorCode(word);
  if (row === undefined) return undefined;
  return {
    kind: 'error code',
    name: word,
    description: row.description,
    facts: facts({ Type: row.type, HTTP: String(row.httpStatus), 'Seen on': row.seenOn }),
    ...(row.uncertain === true ? { uncertain: true } : {}),
  };
};

const errorType: Sense = (word) => {
  const entry = Object.entries(ERROR_TYPES).find(([type]) => type === word);
  return entry === undefined
    ? undefined
    : { kind: 'error type', name: word, description: entry[1], facts: {} };
};

const adviceCode: Sense = (word) => {
  const advice = Object.hasOwn(ADVICE_CODES, word) ? ADVICE_CODES[word] : undefined;
  return advice === undefined
    ? undefined
    : { kind: 'advice code', name: word, description: advice, facts: {} };
};

const eventType: Sense = (word) => {
  const row = findEventType(word);
  if (row !== undefined) {
    return {
      kind: 'event type',
      name: word,
      description: row.description,
      facts: facts({
        Carries: `a ${row.object} in data.object`,
        'Sent when': row.trigger,
        Note: row.note,
        'Part of': flowsWithEvent(word)
          .slice(0, 5)
          .map((flow) => flow.title),
      }),
      ...(row.uncertain === true ? { uncertain: true } : {}),
    };
  }
  const instead = Object.hasOwn(MISSING_EVENT_TYPES, word) ? MISSING_EVENT_TYPES[word] : undefined;
  return instead === undefined
    ? undefined
    : {
        kind: 'no event type',
        name: word,
        description: `Stripe never sends ${word}. Listen to ${instead}.`,
        facts: {},
      };
};

const testMethod: Sense = (word) => {
  const card =
    findTestCard({ pm: word }) ??
    findTestCard({ token: word }) ??
    testCardOfNumber(word) ??
    TEST_CARDS.find(({ name }) => name === word);
  const method =
    findTestMethod(word) ??
    findTestMethodByPm(word) ??
    (card?.pm === undefined ? undefined : findTestMethodByPm(card.pm));
  if (method === undefined) {
    return card === undefined
      ? undefined
      : {
          kind: 'test card',
          name: card.name,
          description: card.title,
          facts: facts({ Number: card.number, Token: card.token }),
        };
  }
  const details = card ?? (method.pm === undefined ? undefined : findTestCard({ pm: method.pm }));
  return {
    kind: method.type === 'card' ? 'test card' : 'test payment method',
    name: method.name,
    description: `${method.title}.`,
    facts: facts({
      Id: method.pm,
      Number: details?.number,
      Token: details?.token,
      Type: method.type,
      Account: accountOf(method),
      Card:
        details === undefined
          ? undefined
          : `${details.brand} ${details.funding}${details.country === null ? '' : `, ${details.country}`}`,
      'Declines with': details?.decline,
      'Use it': [examplePayment(method)],
    }),
    ...(details?.uncertain === true ? { uncertain: true } : {}),
  };
};

function accountOf({ pm }: TestMethod): string[] | undefined {
  const account = pm === undefined ? undefined : findTestBankAccount(pm);
  return account === undefined ? undefined : numbersOf(account);
}

/** The numbers of a test bank account: `iban DE89370400440532013000`. */
const numbersOf = ({ details }: TestBankAccount): string[] =>
  Object.entries(details).map(([name, number]) => `${name} ${number}`);

/** An account number, in every country that has it. Some accounts have no PaymentMethod of their own. */
function accountNumber(word: string): Explanation[] {
  return testBankAccountsOfNumber(word).flatMap((account) => {
    const method = account.pm === undefined ? undefined : testMethod(account.pm);
    if (method !== undefined) return [method];
    return [
      {
        kind: 'test bank account',
        name: word,
        description: `${account.title}.`,
        facts: facts({ Type: account.type, Account: numbersOf(account), 'Fails with': account.failureCode }),
        ...(account.uncertain ? { uncertain: true } : {}),
      },
    ];
  });
}

/** A number that is shaped like a card's and is no test card. It may be somebody's: it is not shown again. */
const otherCard: Sense = (word) => {
  const digits = cardDigits(word);
  const known = testCardOfNumber(digits) !== undefined || testBankAccountsOfNumber(digits).length > 0;
  if (!/^\d{14,19}$/.test(digits) || known) return undefined;
  const name = `${'*'.repeat(digits.length - 4)}${digits.slice(-4)}`;
  return passesLuhn(digits)
    ? {
        kind: 'card number',
        name,
        description: 'No test card: test mode declines it wherever it is charged or saved.',
        facts: { 'Declines with': 'test_mode_live_card', 'Test cards': ['payintent methods'] },
      }
    : {
        kind: 'card number',
        name,
        description:
          'No card has this number: its last digit does not fit the others. It is refused before there is a payment method.',
        facts: { 'Refused with': 'incorrect_number' },
      };
};

/** What chooses an outcome in test mode by being typed: konbini confirmation numbers, descriptor codes of microdeposits. */
const testInput: Sense = (word) => {
  const voucher = konbiniOutcome(word);
  if (voucher !== undefined) {
    const when = voucher.afterSeconds === undefined ? '' : ` after ${voucher.afterSeconds} seconds`;
    return {
      kind: 'konbini confirmation number',
      name: word,
      description: `The voucher is ${voucher.result.replaceAll('_', ' ')}${when}, in test mode.`,
      facts: { Parameter: 'payment_method_options[konbini][confirmation_number]' },
      uncertain: true,
    };
  }
  const result = microdepositResult({ descriptorCode: word });
  return result === 'mismatch'
    ? undefined
    : {
        kind: 'descriptor code',
        name: word.toUpperCase(),
        description: `Microdeposits verified with it in test mode: ${result.replaceAll('_', ' ')}.`,
        facts: { Parameter: 'descriptor_code of verify_microdeposits' },
      };
};

const methodType: Sense = (word) => {
  const row = findPaymentMethodType(word);
  if (row === undefined) return undefined;
  return {
    kind: 'payment method type',
    name: word,
    description: row.lifecycle ?? `${row.name}, a ${row.family.replaceAll('_', ' ')}.`,
    facts: facts({
      Family: row.family.replaceAll('_', ' '),
      'After confirm': row.afterConfirm ?? undefined,
      Then: row.afterCustomerActs ?? undefined,
      Timing: row.timing,
      Currencies: row.currencies?.join(', ') ?? 'nearly all',
      'Manual capture': row.manualCapture ? 'yes' : 'no',
      Refunds: row.refundNote ?? row.refunds,
    }),
    ...(row.uncertain ? { uncertain: true } : {}),
  };
};

const currency: Sense = (word) => {
  const row = /^[a-zA-Z]{3}$/.test(word) ? findCurrency(word) : undefined;
  if (row === undefined) return undefined;
  return {
    kind: 'currency',
    name: row.code,
    description: `Amounts in ${row.code} have ${row.decimals === 0 ? 'no' : row.decimals} decimals: 1099 is ${formatAmount(1099, row.code)}.`,
    facts: facts({ Smallest: row.minimum === undefined ? undefined : `${row.minimum} (minor units)` }),
  };
};

const ownCode: Sense = (word) => {
  if (!isErrorCode(word)) return undefined;
  const row = errorCodes[word];
  return {
    kind: 'payintent error',
    name: word,
    description: row.meaning,
    facts: { Exit: String(row.exit), Fix: row.fix },
  };
};
