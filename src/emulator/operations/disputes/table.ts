import { noSuch } from '../../api-error.ts';
import type { ApiObject } from '../../objects.ts';
import type { Call, Operations } from '../../world.ts';
import { listByPayment } from '../list-by-payment.ts';
import { closeDispute, updateDispute } from './respond.ts';

/** The endpoints of disputes. */
export const disputes: Operations = {
  'disputes.retrieve': findDispute,
  'disputes.update': (call) => updateDispute(call, findDispute(call)),
  'disputes.close': (call) => closeDispute(call.world, findDispute(call)),
  'disputes.list': (call) => listByPayment(call, 'disputes', 'dispute'),
};

/** @throws ApiError 404 (probed 2026-09: the parameter is called `dispute`) */
function findDispute({ world, path }: Call): ApiObject {
  const id = path[0] as string;
  const dispute = world.get('disputes', id);
  if (dispute === undefined) throw noSuch('dispute', id, 'dispute', 'path');
  return dispute;
}
