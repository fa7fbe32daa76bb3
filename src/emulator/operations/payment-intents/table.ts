import type { Operations } from '../../world.ts';
import { listObjects } from '../list.ts';
import { applyCustomerBalance } from './apply-customer-balance.ts';
import { cancelPaymentIntent } from './cancel.ts';
import { capturePaymentIntent } from './capture.ts';
import { confirmPaymentIntent } from './confirm.ts';
import { createPaymentIntent } from './create.ts';
import { intentOfCall } from './find.ts';
import { incrementAuthorization } from './increment-authorization.ts';
import { updatePaymentIntent } from './update.ts';
import { verifyMicrodeposits } from './verify-microdeposits.ts';

/** The endpoints of PaymentIntents. */
export const paymentIntents: Operations = {
  'payment_intents.create': createPaymentIntent,
  'payment_intents.retrieve': intentOfCall,
  'payment_intents.update': updatePaymentIntent,
  'payment_intents.confirm': confirmPaymentIntent,
  'payment_intents.capture': capturePaymentIntent,
  'payment_intents.cancel': cancelPaymentIntent,
  'payment_intents.increment_authorization': incrementAuthorization,
  'payment_intents.apply_customer_balance': applyCustomerBalance,
  'payment_intents.verify_microdeposits': verifyMicrodeposits,
  'payment_intents.list': (call) =>
    listObjects(call, { collection: 'payment_intents', noun: 'payment_intent', filters: ['customer'] }),
};
