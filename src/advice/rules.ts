import type { Rule } from './rule.ts';
import { amountScale } from './rules/amount-scale.ts';
import { apiVersion } from './rules/api-version.ts';
import { captureAfterHold } from './rules/capture-after-hold.ts';
import { chargesApi } from './rules/charges-api.ts';
import { clientSecretInUrl } from './rules/client-secret-in-url.ts';
import { declineRetried } from './rules/decline-retried.ts';
import { duplicateCustomer } from './rules/duplicate-customer.ts';
import { hopelessRetry } from './rules/hopeless-retry.ts';
import { idempotencyKey } from './rules/idempotency-key.ts';
import { intentPerPageLoad } from './rules/intent-per-page-load.ts';
import { keyReused } from './rules/key-reused.ts';
import { newIntentAfterDecline } from './rules/new-intent-after-decline.ts';
import { orderReference } from './rules/order-reference.ts';
import { polling } from './rules/polling.ts';
import { publishableKeyRefused } from './rules/publishable-key-refused.ts';
import { rawCardData } from './rules/raw-card-data.ts';
import { refundRepeated } from './rules/refund-repeated.ts';
import { requiresActionIgnored } from './rules/requires-action-ignored.ts';
import { retryNewKey } from './rules/retry-new-key.ts';
import { secretKeyInBrowser } from './rules/secret-key-in-browser.ts';
import { serverConfirm } from './rules/server-confirm.ts';
import { webhookDeliveries } from './rules/webhook-deliveries.ts';

/** Every rule, in the order of the list. */
export const RULES: readonly Rule[] = [
  idempotencyKey,
  retryNewKey,
  keyReused,
  amountScale,
  intentPerPageLoad,
  newIntentAfterDecline,
  serverConfirm,
  requiresActionIgnored,
  captureAfterHold,
  clientSecretInUrl,
  secretKeyInBrowser,
  publishableKeyRefused,
  rawCardData,
  polling,
  webhookDeliveries,
  declineRetried,
  hopelessRetry,
  refundRepeated,
  chargesApi,
  orderReference,
  apiVersion,
  duplicateCustomer,
];
