import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import documented from '../../fixtures/documented-cards.json' with { type: 'json' };
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';

/** A card of Stripe's testing page and what that page says of it. */
interface Row {
  readonly card: string;
  readonly last4: string;
  readonly attach: number;
  /** The status right after confirm; cards that decline after 3D Secure differ from the end. */
  readonly first: string;
  readonly confirm: {
    readonly status: string;
    readonly http: number;
    readonly code?: string;
    readonly decline_code?: string;
  };
}

const rows = documented as readonly (Row & { pm: string[]; tokens: string[]; numbers: string[] })[];
const ways = rows.flatMap((row) => [
  ...row.pm.map((id) => ({ by: id, row, method: async () => id })),
  ...row.tokens.map((token) => ({
    by: token,
    row,
    method: async ({ stripe }: TestEmulator) =>
      (await stripe.paymentMethods.create({ type: 'card', card: { token } })).id,
  })),
  ...row.numbers.map((number) => ({
    by: number,
    row,
    method: async ({ stripe }: TestEmulator) => {
      const cvc = /^3[47]/.test(number) ? '1234' : '123';
      const card = { number, exp_month: 12, exp_year: 2034, cvc };
      return (await stripe.paymentMethods.create({ type: 'card', card })).id;
    },
  })),
]);

async function confirm(
  emulator: TestEmulator,
  method: string,
): Promise<Partial<Row['confirm']> & { id: string }> {
  const { paymentIntents } = emulator.stripe;
  const { id } = await paymentIntents.create({
    amount: 2000,
    currency: 'eur',
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
  });
  try {
    return { ...(await paymentIntents.confirm(id, { payment_method: method })), http: 200 };
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const { status } = await paymentIntents.retrieve(id);
    return {
      id,
      status,
      http: error.statusCode ?? 0,
      code: error.code ?? '',
      decline_code: (error as Stripe.errors.StripeCardError).decline_code ?? '',
    };
  }
}

describe('every documented card test method', () => {
  test.each(ways)('$by ($row.card)', async ({ row, method }) => {
    const emulator = createTestEmulator();
    const first = await confirm(emulator, await method(emulator));
    expect(first.status).toBe(row.first);
    if (row.first === 'requires_action' && row.confirm.status !== 'requires_action') {
      await emulator.engine.authenticate(first.id, 'succeed');
      const after = await emulator.stripe.paymentIntents.retrieve(first.id);
      expect(after.status).toBe(row.confirm.status);
      expect(after.last_payment_error).toMatchObject({
        code: row.confirm.code,
        decline_code: row.confirm.decline_code,
      });
    } else {
      expect(first).toMatchObject(row.confirm);
    }
    emulator.close();
  });

  test.each(ways.filter(({ row }) => row.attach === 402))(
    '$by is refused by a customer too',
    async ({ row, method }) => {
      const emulator = createTestEmulator();
      const customer = await emulator.stripe.customers.create();
      const attached = emulator.stripe.paymentMethods.attach(await method(emulator), {
        customer: customer.id,
      });
      await expect(attached).rejects.toMatchObject({ statusCode: 402, code: row.confirm.code });
      emulator.close();
    },
  );
});
