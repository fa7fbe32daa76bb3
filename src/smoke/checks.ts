import type { SmokeCheck } from './check.ts';
import { ACCOUNT_CHECKS } from './checks/account.ts';
import { KEY_CHECKS } from './checks/key.ts';
import { PAYMENT_CHECKS } from './checks/payments.ts';
import { WEBHOOK_CHECKS } from './checks/webhooks.ts';

/** Looked at last and not a check of its own: what the run made is gone. */
export const CLEAN_UP = { id: 'clean-up', title: 'nothing is left behind' } as const;

/** What is looked at once the key is known to work, in the order of results. */
export const LATER_CHECKS: readonly SmokeCheck[] = [...ACCOUNT_CHECKS, ...PAYMENT_CHECKS, ...WEBHOOK_CHECKS];

/** Everything that `--only` and `--skip` take. */
export const CHECK_ROWS: readonly { readonly id: string; readonly title: string }[] = [
  ...[...KEY_CHECKS, ...LATER_CHECKS].map(({ id, title }) => ({ id, title })),
  CLEAN_UP,
];
