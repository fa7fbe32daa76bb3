import { invalidRequest, noSuch } from '../../api-error.ts';
import { mergeMetadata } from '../../metadata.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { changeRefund, expireRefund, takeBack } from '../../payments/refund-jobs.ts';
import type { Call, Operations } from '../../world.ts';
import { listByPayment } from '../list-by-payment.ts';
import { createRefund } from './create.ts';

/** The endpoints of refunds. */
export const refunds: Operations = {
  'refunds.create': createRefund,
  'refunds.retrieve': (call) => findRefund(call, 0),
  'refunds.update': (call) => updateRefund(call, findRefund(call, 0)),
  'refunds.cancel': cancelRefund,
  'refunds.list': (call) => listByPayment(call, 'refunds', 'refund'),
  'test_helpers.refunds.expire': expireByHelper,
};

/**
 * The refund whose id stands at `position` in the path; below a charge it must be one of that charge.
 *
 * @throws ApiError 404 (recorded 2026-08: the parameter is called `refund`)
 */
export function findRefund({ world, path }: Call, position: number, charge?: string): ApiObject {
  const id = path[position] as string;
  const refund = world.get('refunds', id);
  if (refund === undefined || (charge !== undefined && refund['charge'] !== charge)) {
    throw noSuch('refund', id, 'refund', 'path');
  }
  return refund;
}

/** Metadata is all that can be changed. */
export function updateRefund({ world, params }: Call, refund: ApiObject): ApiObject {
  if (params['metadata'] === undefined) return refund;
  return changeRefund(world, refund, { metadata: mergeMetadata(refund['metadata'], params['metadata']) });
}

/** Only a refund that waits for the customer can be called off (the types); any other answers so (recorded 2026-08). */
function cancelRefund(call: Call): ApiHash {
  const refund = findRefund(call, 0);
  if (refund['status'] !== 'requires_action') throw invalidRequest('Canceling this refund is unsupported.');
  return changeRefund(call.world, refund, {
    ...takeBack(call.world, refund),
    failure_reason: 'merchant_request',
    status: 'canceled',
  });
}

/** `POST /v1/test_helpers/refunds/{id}/expire`. That it takes `requires_action` is documented; the wording is ours. */
function expireByHelper(call: Call): ApiHash {
  const refund = findRefund(call, 0);
  if (refund['status'] !== 'requires_action') {
    throw invalidRequest(
      `This refund cannot be expired because it has a status of ${refund['status']}. Only a refund with the status requires_action may be expired.`,
    );
  }
  expireRefund(call.world, refund);
  return call.world.require('refunds', refund.id);
}
