import { SETUP_INTENT_STATUSES, type SetupIntentStatus } from './statuses.ts';
import type { Actor } from './transitions.ts';

/** Everything that can move a SetupIntent. */
export const SETUP_INTENT_ACTIONS = [
  'confirm',
  'update_payment_method',
  'cancel',
  'verify_microdeposits',
  'authenticate',
  'fail_authentication',
  'expire',
  'finish',
  'fail',
] as const;

export type SetupIntentAction = (typeof SETUP_INTENT_ACTIONS)[number];

export interface SetupTransition {
  from: SetupIntentStatus;
  action: SetupIntentAction;
  actor: Actor;
  to: readonly SetupIntentStatus[];
}

const ATTEMPT = ['succeeded', 'requires_action', 'processing', 'requires_payment_method'] as const;

/** Every legal (status, action) pair of a SetupIntent. Stripe's docs; refusals recorded 2026-08. */
export const SETUP_TRANSITIONS: readonly SetupTransition[] = [
  { from: 'requires_payment_method', action: 'confirm', actor: 'developer', to: ATTEMPT },
  {
    from: 'requires_payment_method',
    action: 'update_payment_method',
    actor: 'developer',
    to: ['requires_confirmation'],
  },
  { from: 'requires_payment_method', action: 'cancel', actor: 'developer', to: ['canceled'] },
  { from: 'requires_confirmation', action: 'confirm', actor: 'developer', to: ATTEMPT },
  {
    from: 'requires_confirmation',
    action: 'update_payment_method',
    actor: 'developer',
    to: ['requires_confirmation', 'requires_payment_method'],
  },
  { from: 'requires_confirmation', action: 'cancel', actor: 'developer', to: ['canceled'] },
  { from: 'requires_action', action: 'confirm', actor: 'developer', to: ATTEMPT },
  {
    from: 'requires_action',
    action: 'update_payment_method',
    actor: 'developer',
    to: ['requires_confirmation', 'requires_payment_method'],
  },
  { from: 'requires_action', action: 'cancel', actor: 'developer', to: ['canceled'] },
  {
    from: 'requires_action',
    action: 'verify_microdeposits',
    actor: 'developer',
    to: ['succeeded', 'processing', 'requires_action', 'requires_payment_method'],
  },
  {
    from: 'requires_action',
    action: 'authenticate',
    actor: 'customer',
    to: ['succeeded', 'processing', 'requires_payment_method'],
  },
  {
    from: 'requires_action',
    action: 'fail_authentication',
    actor: 'customer',
    to: ['requires_payment_method'],
  },
  { from: 'requires_action', action: 'expire', actor: 'time', to: ['requires_payment_method'] },
  { from: 'processing', action: 'finish', actor: 'bank', to: ['succeeded'] },
  { from: 'processing', action: 'fail', actor: 'bank', to: ['requires_payment_method'] },
];

export function canPerformSetup(status: SetupIntentStatus, action: SetupIntentAction): boolean {
  return SETUP_TRANSITIONS.some((row) => row.from === status && row.action === action);
}

export function legalSetupActions(status: SetupIntentStatus): SetupIntentAction[] {
  return SETUP_INTENT_ACTIONS.filter((action) => canPerformSetup(status, action));
}

export function setupStatusesAllowing(action: SetupIntentAction): SetupIntentStatus[] {
  return SETUP_INTENT_STATUSES.filter((status) => canPerformSetup(status, action));
}
