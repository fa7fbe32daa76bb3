import { Stripe } from 'stripe';
import { expect, test } from 'vitest';
import { createEmulator } from '../../src/emulator/emulator.ts';

test('a closed emulator refuses everything in words, and closes once more without harm', async () => {
  const emulator = createEmulator();
  const stripe = new Stripe('sk_test_any', { httpClient: emulator.httpClient, maxNetworkRetries: 0 });
  await emulator.listen();
  await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
  await Promise.all([emulator.close(), emulator.close()]);
  await emulator.close();
  const closed = /emulator is closed/;
  await expect(emulator.listen()).rejects.toThrow(closed);
  await expect(emulator.advance('1d')).rejects.toThrow(closed);
  await expect(emulator.authenticate('pi_0', 'succeed')).rejects.toThrow(closed);
  expect(() => emulator.events()).toThrow(closed);
  await expect(stripe.paymentIntents.list()).rejects.toMatchObject({
    type: 'StripeConnectionError',
    detail: expect.objectContaining({ message: expect.stringMatching(closed) }),
  });
});
