import { refundCharge } from '../../payments/refund.ts';
import type { Operations } from '../../world.ts';
import { closeDispute, updateDispute } from '../disputes/respond.ts';
import { listObjects } from '../list.ts';
import { findRefund, updateRefund } from '../refunds/table.ts';
import { captureCharge } from './capture.ts';
import { createCharge } from './create.ts';
import { disputeOfCharge } from './dispute.ts';
import { chargeOfCall } from './find.ts';
import { listCharges } from './list.ts';
import { updateCharge } from './update.ts';

/** The endpoints of charges, with the older ones for what hangs on a charge. */
export const charges: Operations = {
  'charges.create': createCharge,
  'charges.retrieve': (call) => chargeOfCall(call),
  'charges.update': updateCharge,
  'charges.capture': captureCharge,
  'charges.list': listCharges,
  // The singular answers with the charge, the plural with the refund (recorded 2026-08).
  'charges.refund': (call) => {
    const charge = chargeOfCall(call);
    refundCharge(call.world, charge, call.params);
    return charge;
  },
  'charges.create_refund': (call) => refundCharge(call.world, chargeOfCall(call), call.params),
  'charges.list_refunds': (call) =>
    listObjects(call, {
      collection: 'refunds',
      noun: 'refund',
      where: { charge: chargeOfCall(call, 'charge').id },
    }),
  'charges.retrieve_refund': (call) => findRefund(call, 1, chargeOfCall(call, 'charge').id),
  'charges.update_refund': (call) => updateRefund(call, findRefund(call, 1, chargeOfCall(call, 'charge').id)),
  'charges.retrieve_dispute': disputeOfCharge,
  'charges.update_dispute': (call) => updateDispute(call, disputeOfCharge(call)),
  'charges.close_dispute': (call) => closeDispute(call.world, disputeOfCharge(call)),
};
