import fc from 'fast-check';
import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { createTestEmulator, type TestEmulator } from '../support/emulator.ts';
import {
  type Answer,
  CALLS,
  type Call,
  FINAL,
  type Known,
  promised,
  promisedAmounts,
} from './reference-table.ts';

const AMOUNT = 4200;
const WEEK_SECONDS = 7 * 86_400;
/** Longer than any debit of the test accounts used here takes. */
const DEBIT_SECONDS = 600;

/** What the model must remember of the world to know what a call can mean now. */
interface Walk {
  known: Known;
  /** What the bank will say to the debit under way. */
  bank: 'pays' | 'refuses' | undefined;
}

const card = { payment_method: 'pm_card_visa' } as const;
const mandate = { mandate_data: { customer_acceptance: { type: 'offline' } } } as const;
const debit = (bank: 'pays' | 'refuses') => ({
  ...mandate,
  payment_method: bank === 'pays' ? 'pm_sepaDebit_success_de' : 'pm_sepaDebit_failed_de',
});

async function newIntent(emulator: TestEmulator, capture: Known['capture']): Promise<string> {
  const intent = await emulator.stripe.paymentIntents.create({
    amount: AMOUNT,
    currency: 'eur',
    ...(capture === 'manual' ? { capture_method: 'manual' } : {}),
    payment_method_types: capture === 'manual' ? ['card'] : ['card', 'sepa_debit'],
  } as Stripe.PaymentIntentCreateParams);
  return intent.id;
}

/** Makes one call; an HTTP 400 is a refusal, a 402 an attempt that failed. */
async function perform(
  emulator: TestEmulator,
  id: string,
  call: Call,
  bank: 'pays' | 'refuses',
): Promise<Answer> {
  const { paymentIntents } = emulator.stripe;
  const act: Record<Call, () => Promise<unknown>> = {
    attach_method: () => paymentIntents.update(id, card),
    confirm: () => paymentIntents.confirm(id),
    confirm_good_card: () => paymentIntents.confirm(id, card),
    confirm_declined_card: () => paymentIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined' }),
    confirm_3ds_card: () => paymentIntents.confirm(id, { payment_method: 'pm_card_threeDSecure2Required' }),
    confirm_bank_debit: () => paymentIntents.confirm(id, debit(bank) as Stripe.PaymentIntentConfirmParams),
    pass_3ds: () => authenticate(emulator, id, 'succeed'),
    fail_3ds: () => authenticate(emulator, id, 'fail'),
    capture: () => paymentIntents.capture(id),
    cancel: () => paymentIntents.cancel(id),
    bank_pays: () => emulator.advance(DEBIT_SECONDS),
    bank_refuses: () => emulator.advance(DEBIT_SECONDS),
    hold_runs_out: () => emulator.advance(WEEK_SECONDS),
  };
  try {
    await act[call]();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    if (error.statusCode === 400) return 'refused';
    expect(error.statusCode, error.message).toBe(402);
  }
  return (await paymentIntents.retrieve(id)).status as Answer;
}

async function authenticate(emulator: TestEmulator, id: string, outcome: string): Promise<void> {
  const answer = await emulator.raw(
    'POST',
    `/_payintent/payment_intents/${id}/authenticate`,
    `outcome=${outcome}`,
  );
  if (answer.status !== 200)
    throw new Stripe.errors.StripeInvalidRequestError({ statusCode: answer.status } as never);
}

/** Calls that stand for the passing of time are no requests: they only mean something when something is under way. */
function applies(walk: Walk, call: Call): boolean {
  if (call === 'bank_pays') return walk.bank === 'pays';
  if (call === 'bank_refuses') return walk.bank === 'refuses';
  return call !== 'hold_runs_out' || walk.known.status === 'requires_capture';
}

function remember(walk: Walk, call: Call, answer: Answer, bank: 'pays' | 'refuses'): void {
  if (answer === 'refused') return;
  const { known } = walk;
  known.status = answer;
  if (call === 'attach_method' || call === 'confirm_good_card') known.method = 'good_card';
  if (call === 'confirm_3ds_card') known.method = null;
  if (answer === 'requires_payment_method') known.method = null;
  walk.bank = call === 'confirm_bank_debit' ? bank : answer === 'processing' ? walk.bank : undefined;
}

const steps = fc.array(
  fc.record({ call: fc.constantFrom(...CALLS), bank: fc.constantFrom('pays' as const, 'refuses' as const) }),
  { minLength: 1, maxLength: 14 },
);

describe('a PaymentIntent, against an independently written table', () => {
  test('goes where the table says, refuses what it forbids, and a refusal changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('automatic' as const, 'manual' as const),
        steps,
        async (capture, walkSteps) => {
          const emulator = createTestEmulator();
          const id = await newIntent(emulator, capture);
          const walk: Walk = {
            known: { status: 'requires_payment_method', capture, method: null },
            bank: undefined,
          };
          for (const { call, bank } of walkSteps) {
            if (!applies(walk, call)) continue;
            // A bare confirm would repeat the 3D Secure card the intent still holds: the model knows only the good one.
            if (call === 'confirm' && walk.known.status === 'requires_action') continue;
            const before = await emulator.stripe.paymentIntents.retrieve(id);
            const eventsBefore = emulator.eventTypes(id).length;
            const expected = promised(walk.known, call);
            const answer = await perform(emulator, id, call, bank);
            expect(answer, `${call} in ${walk.known.status}`).toBe(expected);
            const after = await emulator.stripe.paymentIntents.retrieve(id);
            if (answer === 'refused') {
              expect(after).toEqual(before);
              expect(emulator.eventTypes(id)).toHaveLength(eventsBefore);
            } else {
              remember(walk, call, answer, bank);
              expect(after).toMatchObject(promisedAmounts(answer, AMOUNT, AMOUNT));
            }
            if (FINAL.includes(before.status as never)) expect(after.status).toBe(before.status);
          }
          emulator.close();
        },
      ),
      { numRuns: 150 },
    );
  });

  /** One way into each status; the cross product with every call leaves no cell of the table untried. */
  const waysIn: readonly (readonly [Known['capture'], readonly Call[], Known])[] = [
    ['automatic', [], { status: 'requires_payment_method', capture: 'automatic', method: null }],
    [
      'automatic',
      ['attach_method'],
      { status: 'requires_confirmation', capture: 'automatic', method: 'good_card' },
    ],
    ['automatic', ['confirm_3ds_card'], { status: 'requires_action', capture: 'automatic', method: null }],
    [
      'automatic',
      ['confirm_bank_debit'],
      { status: 'processing', capture: 'automatic', method: 'bank_debit' },
    ],
    ['manual', ['confirm_good_card'], { status: 'requires_capture', capture: 'manual', method: 'good_card' }],
    ['automatic', ['confirm_good_card'], { status: 'succeeded', capture: 'automatic', method: 'good_card' }],
    ['automatic', ['cancel'], { status: 'canceled', capture: 'automatic', method: null }],
  ];
  const cells = waysIn.flatMap(([capture, path, known]) =>
    CALLS.filter((call) => applies({ known, bank: 'pays' }, call))
      .filter((call) => !(call === 'bank_pays' && known.status !== 'processing'))
      .filter((call) => !(call === 'confirm' && known.status === 'requires_action'))
      .map((call) => ({ capture, path, known, call, status: known.status })),
  );

  test.each(cells)('$status, $call', async ({ capture, path, known, call }) => {
    const emulator = createTestEmulator();
    const id = await newIntent(emulator, capture);
    for (const step of path) await perform(emulator, id, step, 'pays');
    expect((await emulator.stripe.paymentIntents.retrieve(id)).status).toBe(known.status);
    expect(await perform(emulator, id, call, 'pays')).toBe(promised(known, call));
    emulator.close();
  });
});
