import { describe, expect, it } from 'vitest';
import {
  legalSetupActions,
  SETUP_TRANSITIONS,
  setupStatusesAllowing,
} from '../../../src/domain/setup-transitions.ts';
import { STATUS_GUIDES } from '../../../src/domain/status-guide.ts';
import {
  isPaymentIntentStatus,
  isTerminal,
  PAYMENT_INTENT_STATUSES,
  SETUP_INTENT_STATUSES,
} from '../../../src/domain/statuses.ts';
import {
  canPerform,
  developerActions,
  legalActions,
  PAYMENT_INTENT_ACTIONS,
  reachableFrom,
  statusesAllowing,
  TRANSITIONS,
} from '../../../src/domain/transitions.ts';
import { CALLS, promised, type Status } from '../../model/reference-table.ts';

/** status: everything it allows. Written down once more, in full, so that a change of the table is a decision. */
const LEGAL: Record<string, string[]> = {
  requires_payment_method: ['confirm', 'update_payment_method', 'cancel'],
  requires_confirmation: ['confirm', 'update_payment_method', 'cancel'],
  requires_action: [
    'confirm',
    'update_payment_method',
    'cancel',
    'apply_customer_balance',
    'verify_microdeposits',
    'authenticate',
    'fail_authentication',
    'fund',
    'expire',
  ],
  processing: ['cancel', 'settle', 'fail'],
  requires_capture: ['capture', 'cancel', 'increment_authorization', 'expire'],
  succeeded: [],
  canceled: [],
};

describe('the lifecycle of a PaymentIntent', () => {
  it.each(
    PAYMENT_INTENT_STATUSES.flatMap((status) =>
      PAYMENT_INTENT_ACTIONS.map((action) => [status, action] as const),
    ),
  )('in %s, %s is what the documentation says', (status, action) => {
    expect(canPerform(status, action)).toBe(LEGAL[status]?.includes(action));
  });

  it('has each pair once', () => {
    const pairs = TRANSITIONS.map((row) => `${row.from} ${row.action}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it('leads to every status, and out of all but the terminal ones', () => {
    const targets = new Set(TRANSITIONS.flatMap((row) => row.to));
    expect([...targets].sort()).toEqual([...PAYMENT_INTENT_STATUSES].sort());
    for (const status of PAYMENT_INTENT_STATUSES) {
      expect(isTerminal(status)).toBe(legalActions(status).length === 0);
      expect(reachableFrom(status).length === 0).toBe(isTerminal(status));
    }
  });

  it('can always reach an end', () => {
    for (const start of PAYMENT_INTENT_STATUSES) {
      const seen = new Set([start]);
      for (const status of seen) for (const next of reachableFrom(status)) seen.add(next);
      expect([...seen].some(isTerminal), start).toBe(true);
    }
  });

  it('answers both ways round alike', () => {
    for (const action of PAYMENT_INTENT_ACTIONS) {
      for (const status of statusesAllowing(action)) expect(legalActions(status)).toContain(action);
    }
    expect(statusesAllowing('capture')).toEqual(['requires_capture']);
    expect(statusesAllowing('cancel')).not.toContain('succeeded');
  });

  it('offers the developer API calls only', () => {
    expect(developerActions('requires_action')).toEqual([
      'confirm',
      'update_payment_method',
      'cancel',
      'apply_customer_balance',
      'verify_microdeposits',
    ]);
    expect(developerActions('processing')).toEqual(['cancel']);
    expect(developerActions('succeeded')).toEqual([]);
  });

  it('agrees with the reference table of the model tests', () => {
    const action = {
      attach_method: 'update_payment_method',
      confirm: 'confirm',
      confirm_good_card: 'confirm',
      confirm_declined_card: 'confirm',
      confirm_3ds_card: 'confirm',
      confirm_bank_debit: 'confirm',
      pass_3ds: 'authenticate',
      fail_3ds: 'fail_authentication',
      capture: 'capture',
      cancel: 'cancel',
      bank_pays: 'settle',
      bank_refuses: 'fail',
      hold_runs_out: 'expire',
    } as const;
    for (const status of PAYMENT_INTENT_STATUSES) {
      for (const capture of ['automatic', 'manual'] as const) {
        for (const method of ['good_card', 'bank_debit', null] as const) {
          for (const call of CALLS) {
            const answer = promised({ status: status as Status, capture, method }, call);
            if (answer === 'refused') continue;
            const row = TRANSITIONS.find((each) => each.from === status && each.action === action[call]);
            expect(row?.to, `${status} ${call}`).toContain(answer);
          }
        }
      }
    }
  });

  it('has a guide for each status', () => {
    expect(Object.keys(STATUS_GUIDES)).toEqual([...PAYMENT_INTENT_STATUSES]);
    expect(isPaymentIntentStatus('requires_source')).toBe(false);
  });
});

describe('the lifecycle of a SetupIntent', () => {
  it.each([
    ['requires_payment_method', ['confirm', 'update_payment_method', 'cancel']],
    ['requires_confirmation', ['confirm', 'update_payment_method', 'cancel']],
    [
      'requires_action',
      [
        'confirm',
        'update_payment_method',
        'cancel',
        'verify_microdeposits',
        'authenticate',
        'fail_authentication',
        'expire',
      ],
    ],
    ['processing', ['finish', 'fail']],
    ['succeeded', []],
    ['canceled', []],
  ] as const)('%s allows %j', (status, actions) => {
    expect(legalSetupActions(status)).toEqual(actions);
  });

  it('never captures', () => {
    expect(SETUP_INTENT_STATUSES).not.toContain('requires_capture');
    expect(SETUP_TRANSITIONS.flatMap((row) => row.to)).not.toContain('requires_capture');
    expect(setupStatusesAllowing('cancel')).toEqual([
      'requires_payment_method',
      'requires_confirmation',
      'requires_action',
    ]);
  });
});
