import { findMethod } from '../../payment-methods/find.ts';
import type { Operations } from '../../world.ts';
import { attachPaymentMethod } from './attach.ts';
import { createPaymentMethod } from './create.ts';
import { detachPaymentMethod } from './detach.ts';
import { listPaymentMethods, listPaymentMethodsOfCustomer, retrievePaymentMethodOfCustomer } from './list.ts';
import { updatePaymentMethod } from './update.ts';

/** The endpoints of PaymentMethods. */
export const paymentMethods: Operations = {
  'payment_methods.create': createPaymentMethod,
  // A test id such as `pm_card_visa` makes a new method each time it is read (recorded).
  'payment_methods.retrieve': ({ world, path }) => findMethod(world, path[0] as string, 'path'),
  'payment_methods.update': updatePaymentMethod,
  'payment_methods.attach': attachPaymentMethod,
  'payment_methods.detach': detachPaymentMethod,
  'payment_methods.list': listPaymentMethods,
  'customers.list_payment_methods': listPaymentMethodsOfCustomer,
  'customers.retrieve_payment_method': retrievePaymentMethodOfCustomer,
};
