import { findPaymentMethodType } from '../../../domain/payment-method-types.ts';
import { spentMethodRefusal } from '../../../domain/refusals.ts';
import { missingParam } from '../../api/param-errors.ts';
import { ApiError, invalidRequest, refused, unsupported } from '../../api-error.ts';
import type { ApiObject } from '../../objects.ts';
import { findMethod } from '../../payment-methods/find.ts';
import { issuerAnswer } from '../../payment-methods/issuer.ts';
import { attachMethod } from '../../payments/attach.ts';
import type { MethodFacts } from '../../payments/facts.ts';
import { existingCustomer } from '../../payments/intent-params.ts';
import type { Call, World } from '../../world.ts';

const ATTACHED_ALREADY = 'The payment method you provided has already been attached to a customer.';

/**
 * `POST /v1/payment_methods/{id}/attach`. Attaching again to the same customer changes nothing (recorded 2026-08).
 *
 * @throws ApiError 400 when it belongs to another customer or may not be saved, 402 when the card is declined
 */
export function attachPaymentMethod({ world, params, path }: Call): ApiObject {
  if (params['customer_account'] !== undefined) throw unsupported('Accounts v2', 'customer_account');
  const method = findMethod(world, path[0] as string, 'path');
  if (params['customer'] === undefined) throw missingParam('customer');
  const customer = existingCustomer(world, params['customer'] as string);
  if (method['customer'] === customer) return method;
  saveForCustomer(world, method, customer);
  return method;
}

/**
 * Gives a method to a customer who is known to exist, as a request for just that does: the issuer is asked.
 *
 * @throws ApiError 400, 402
 */
export function saveForCustomer(world: World, method: ApiObject, customer: string): void {
  if (method['customer'] !== null) throw invalidRequest(ATTACHED_ALREADY);
  if (world.facts<MethodFacts>(method.id).spent === true) throw refused(spentMethodRefusal());
  requireSavable(method['type'] as string);
  if (method['type'] === 'card') {
    const answer = issuerAnswer(world, method, { usage: 'attach' });
    if (answer.kind === 'declined') throw new ApiError(answer.error, { status: 402 });
    if (answer.kind === 'approved') Object.assign(method['card'] as object, { checks: answer.checks });
  }
  attachMethod(world, method, customer);
}

/** Sentence quoted in public logs for redirect methods. @throws ApiError 400 for types that work once only */
function requireSavable(type: string): void {
  const row = findPaymentMethodType(type);
  // Bank redirects are saved as the SEPA debit they set up, never as themselves.
  if (row !== undefined && row.setupFutureUsage.length > 0 && row.family !== 'bank_redirect') return;
  throw invalidRequest(`PaymentMethods of type '${type}' cannot be saved to customers.`);
}
