import { SETUP_TRANSITIONS } from './setup-transitions.ts';
import { PAYMENT_INTENT_STATUSES, SETUP_INTENT_STATUSES } from './statuses.ts';
import { TRANSITIONS } from './transitions.ts';

/** A move of a lifecycle, whichever object it belongs to. */
export interface Move {
  readonly from: string;
  readonly action: string;
  readonly to: readonly string[];
}

/** A lifecycle to draw: its statuses in their usual order and every legal move. */
export interface Machine {
  readonly statuses: readonly string[];
  readonly moves: readonly Move[];
}

export const PAYMENT_MACHINE: Machine = { statuses: PAYMENT_INTENT_STATUSES, moves: TRANSITIONS };
export const SETUP_MACHINE: Machine = { statuses: SETUP_INTENT_STATUSES, moves: SETUP_TRANSITIONS };

/** The lifecycle of an object, by its `object`; undefined for one that has none. */
export function machineOf(object: unknown): Machine | undefined {
  if (object === 'payment_intent') return PAYMENT_MACHINE;
  return object === 'setup_intent' ? SETUP_MACHINE : undefined;
}

/** Short words for actions, as a picture has room for. */
const WORDS: Readonly<Record<string, string>> = {
  update_payment_method: 'update',
  increment_authorization: 'increment',
  apply_customer_balance: 'apply balance',
  verify_microdeposits: 'verify deposits',
  authenticate: 'customer passes',
  fail_authentication: 'customer fails',
  fund: 'money arrives',
  settle: 'bank pays',
  fail: 'bank refuses',
  expire: 'time runs out',
};

export function actionWords(action: string): string {
  return WORDS[action] ?? action;
}

/** The actions that lead from one status to another, in the order of the table. */
export function actionsBetween({ moves }: Machine, from: string, to: string): string[] {
  return moves.filter((move) => move.from === from && move.to.includes(to)).map(({ action }) => action);
}

/** The statuses that one move can lead to, in the usual order. */
export function nextStatuses(machine: Machine, from: string): string[] {
  return machine.statuses.filter((to) => actionsBetween(machine, from, to).length > 0);
}
