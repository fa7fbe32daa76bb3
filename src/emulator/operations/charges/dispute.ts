import { invalidRequest } from '../../api-error.ts';
import type { ApiObject } from '../../objects.ts';
import type { Call } from '../../world.ts';
import { chargeOfCall } from './find.ts';

/** The dispute of a charge, the newest if there are several. @throws ApiError 404 without a code (probed 2026-09) */
export function disputeOfCharge(call: Call): ApiObject {
  const charge = chargeOfCall(call, 'charge');
  const dispute = call.world.get('disputes', charge['dispute']);
  if (dispute === undefined) {
    throw invalidRequest(`No dispute for charge: ${charge.id}`, {}, { status: 404, whileReading: true });
  }
  return dispute;
}
