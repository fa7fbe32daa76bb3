import type { PaymentIntentStatus } from '../domain/statuses.ts';
import { developerActions, type PaymentIntentAction } from '../domain/transitions.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import { valueAt } from './view.ts';

const commandFor: Readonly<Partial<Record<PaymentIntentAction, (id: string, amount: number) => string>>> = {
  confirm: (id) => `payintent confirm ${id}`,
  update_payment_method: (id) => `payintent update ${id} --payment-method visa`,
  capture: (id) => `payintent capture ${id}`,
  cancel: (id) => `payintent cancel ${id}`,
  increment_authorization: (id, amount) => `payintent increment ${id} --amount ${amount + 500}`,
};

/** The commands that a status allows, from the same table the emulator obeys. `amount` is the intent's, in minor units. */
export function legalMoves(status: PaymentIntentStatus, id: string, amount: unknown): string[] {
  const authorized = typeof amount === 'number' ? amount : 2000;
  const moves = developerActions(status).flatMap((action) => {
    if (action === 'confirm' && status === 'requires_payment_method') {
      return [`payintent confirm ${id} --payment-method visa`];
    }
    const command = commandFor[action];
    return command === undefined ? [] : [command(id, authorized)];
  });
  if (status === 'succeeded') return [`payintent refund ${id}`];
  return moves.length === 0 ? ['payintent create'] : moves;
}

/** Up to two commands worth typing after looking at an intent. */
export function nextSteps(intent: ApiRecord, offline: boolean): string[] {
  const id = String(intent['id']);
  switch (intent['status']) {
    case 'requires_payment_method':
      return [`payintent confirm ${id} --payment-method visa`];
    case 'requires_confirmation':
      return [`payintent confirm ${id}`];
    case 'requires_action':
      if (!offline) return [`payintent authenticate ${id}`];
      return authenticable(intent)
        ? [`payintent authenticate ${id} --succeed`, `payintent authenticate ${id} --fail`]
        : [`payintent explain ${id}`];
    case 'processing':
      return [`payintent retrieve ${id} --wait 30s`];
    case 'requires_capture':
      return [`payintent capture ${id}`, `payintent cancel ${id}`];
    case 'succeeded':
      return [`payintent refund ${id}`];
    default:
      return ['payintent create'];
  }
}

/** Whether the customer can finish this action by passing or failing an authentication. */
function authenticable(intent: ApiRecord): boolean {
  const type = valueAt(intent, 'next_action.type');
  return (
    type === 'use_stripe_sdk' ||
    type === 'redirect_to_url' ||
    (typeof type === 'string' && type.endsWith('redirect_to_url'))
  );
}
