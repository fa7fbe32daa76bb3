/**
 * The library door: a Stripe emulator for unit tests, with the PaymentIntents part of Stripe's API.
 *
 * @example
 * import Stripe from 'stripe';
 * import { createEmulator } from 'payintent';
 *
 * const emulator = createEmulator();
 * const stripe = new Stripe('sk_test_any', { httpClient: emulator.httpClient });
 * const intent = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd' });
 */
export {
  createEmulator,
  type Emulator,
  type EmulatorListenOptions,
  type EmulatorOptions,
  type EmulatorServer,
} from './emulator/emulator.ts';
