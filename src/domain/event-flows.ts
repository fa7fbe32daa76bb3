import { type Emission, eventsOf, type Move } from './events.ts';

/** A whole story, as people ask for it: which events does this send, and in which order? */
export interface EventFlow {
  id: string;
  title: string;
  moves: readonly Move[];
}

/** The flows worth explaining. Each is a list of moves, so that it cannot disagree with what the emulator sends. */
export const EVENT_FLOWS: readonly EventFlow[] = [
  { id: 'card_payment', title: 'A card payment that succeeds', moves: ['create', 'pay'] },
  { id: 'card_declined', title: 'A card payment that is declined', moves: ['create', 'decline'] },
  {
    id: 'decline_then_pay',
    title: 'Declined, then paid with another card',
    moves: ['create', 'decline', 'pay'],
  },
  { id: '3ds_passed', title: '3D Secure passed', moves: ['create', 'require_action', 'pay'] },
  {
    id: '3ds_failed',
    title: '3D Secure failed or abandoned',
    moves: ['create', 'require_action', 'fail_without_charge'],
  },
  {
    id: '3ds_then_declined',
    title: '3D Secure passed, then declined',
    moves: ['create', 'require_action', 'decline'],
  },
  { id: 'hold_captured', title: 'Authorized, then captured', moves: ['create', 'authorize', 'capture'] },
  { id: 'hold_canceled', title: 'Authorized, then canceled', moves: ['create', 'authorize', 'cancel_hold'] },
  { id: 'hold_expired', title: 'Authorized, never captured', moves: ['create', 'authorize', 'expire_hold'] },
  { id: 'canceled', title: 'Canceled before any payment', moves: ['create', 'cancel'] },
  { id: 'debit_paid', title: 'A bank debit that is paid', moves: ['create', 'start_processing', 'settle'] },
  {
    id: 'debit_refused',
    title: 'A bank debit that bounces',
    moves: ['create', 'start_processing', 'decline'],
  },
  {
    id: 'debit_canceled',
    title: 'An ACH debit canceled while processing',
    moves: ['create', 'start_processing', 'cancel_processing'],
  },
  { id: 'voucher_paid', title: 'A voucher that is paid', moves: ['create', 'require_action', 'settle'] },
  {
    id: 'voucher_expired',
    title: 'A voucher that expires',
    moves: ['create', 'require_action', 'fail_without_charge'],
  },
  {
    id: 'redirect_paid',
    title: 'A redirect method that is approved',
    moves: ['create', 'require_action', 'settle'],
  },
  {
    id: 'redirect_refused',
    title: 'A redirect method that is refused',
    moves: ['create', 'require_action', 'fail_without_charge'],
  },
  {
    id: 'bank_transfer',
    title: 'A bank transfer in two parts',
    moves: ['create', 'require_action', 'fund_in_part', 'fund'],
  },
  { id: 'refund', title: 'A refund', moves: ['create', 'pay', 'refund', 'refund_reference'] },
  {
    id: 'refund_pending',
    title: 'A refund that stays pending for a while',
    moves: ['create', 'pay', 'refund', 'refund_succeeds_later'],
  },
  { id: 'refund_failed', title: 'A refund that fails', moves: ['create', 'pay', 'refund', 'refund_fails'] },
  {
    id: 'dispute_won',
    title: 'A dispute that is won',
    moves: ['create', 'pay_disputed', 'submit_evidence', 'win_dispute'],
  },
  {
    id: 'dispute_lost',
    title: 'A dispute that is lost',
    moves: ['create', 'pay_disputed', 'submit_evidence', 'lose_dispute'],
  },
  {
    id: 'inquiry',
    title: 'An inquiry that is closed',
    moves: ['create', 'pay', 'open_inquiry', 'close_inquiry'],
  },
  { id: 'fraud_warning', title: 'An early fraud warning', moves: ['create', 'pay', 'warn_of_fraud'] },
  { id: 'pay_and_save', title: 'Pay and save the card', moves: ['create', 'attach_method', 'pay'] },
  {
    id: 'save_card',
    title: 'Save a card without paying',
    moves: ['create_setup', 'attach_method', 'finish_setup'],
  },
  {
    id: 'save_card_3ds',
    title: 'Save a card that needs 3D Secure',
    moves: ['create_setup', 'require_setup_action', 'attach_method', 'finish_setup'],
  },
  { id: 'save_card_declined', title: 'Save a card that is declined', moves: ['create_setup', 'fail_setup'] },
];

export function findEventFlow(id: string): EventFlow | undefined {
  return EVENT_FLOWS.find((flow) => flow.id === id);
}

/** The events of a flow in order, for this capture method (default: what the API defaults to). */
export function eventsOfFlow(flow: EventFlow, captureMethod = 'automatic_async'): readonly Emission[] {
  return flow.moves.flatMap((move) => eventsOf(move, captureMethod));
}

/** The flows in which this type of event appears. */
export function flowsWithEvent(type: string): readonly EventFlow[] {
  return EVENT_FLOWS.filter((flow) => eventsOfFlow(flow).some((event) => event.type === type));
}
