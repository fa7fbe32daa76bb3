import { VOUCHER_LIFETIME_DAYS, VOUCHER_TYPES, voucherOutcome } from '../../domain/voucher-outcomes.ts';
import { invalidRequest } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import type { AttemptTerms } from './attempt.ts';
import { recordCharge } from './charge.ts';
import { concludeAction, concludeFailed, concludePaid, markSpent } from './conclude.ts';
import type { IntentFacts } from './facts.ts';
import { attemptExpired } from './failures.ts';
import { endOfDay, nextBusinessDay } from './local-time.ts';
import { optionsOf } from './method-option.ts';
import { hostedPage } from './next-action.ts';
import { unscoredOutcome } from './other-outcome.ts';
import { paidDetails } from './paid-details.ts';
import { imagesOf } from './waiting-action.ts';

export const VOUCHER_JOB = 'payment_intent.voucher';

export type VoucherType = (typeof VOUCHER_TYPES)[number];

export const isVoucher = (type: string): type is VoucherType =>
  (VOUCHER_TYPES as readonly string[]).includes(type);

const DAY = 24 * 60 * 60;
const MEXICO = 'America/Mexico_City';

/** After its seven days a multibanco payment may still be on its way (Stripe documentation: it fails after eleven). */
const MULTIBANCO_GRACE_SECONDS = 4 * DAY;

/** What happens next to a voucher. */
type Fate = 'paid' | 'expired' | 'grace';

/**
 * Prints a voucher, or a Pix code, and lets the billing e-mail say what the customer does with it: pay in about three
 * minutes unless the address says otherwise.
 *
 * @throws ApiError 400 for a confirmation number that no shop takes
 */
export function attemptVoucher(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  _terms: AttemptTerms,
): void {
  const type = method['type'] as VoucherType;
  const options = optionsOf(intent, type);
  const number = confirmationNumber(options);
  const email = (method['billing_details'] as ApiHash)['email'];
  const outcome = voucherOutcome(typeof email === 'string' ? email : undefined, number);
  // The expiry that the customer sees is "now" for an address that expires at once (documented).
  const soon = outcome.result === 'expired' && (outcome.afterSeconds ?? 0) < 60;
  const expiresAt = soon ? world.now : expiryOf(world, type, options);
  const attempt = world.ids.related('payatt', intent.id);
  world.store.cancelJobs(intent.id, VOUCHER_JOB);
  world.remember<IntentFacts>(intent.id, { attempt });
  concludeAction(world, intent, method, voucherAction({ world, intent, type, attempt, expiresAt, number }));
  const { fate, at } = nextFate(world, type, outcome, expiresAt);
  world.schedule(VOUCHER_JOB, intent.id, Math.max(at - world.now, 1), { attempt, fate });
}

function confirmationNumber(options: ApiHash): string | undefined {
  const number = options['confirmation_number'];
  if (typeof number !== 'string') return undefined;
  if (/^\d{10,11}$/.test(number) && !/^0+$/.test(number)) return number;
  throw invalidRequest(
    'The confirmation number you provided was rejected. It needs 10 or 11 digits that are not all zero.',
    {
      code: 'payment_intent_konbini_rejected_confirmation_number',
      param: 'payment_method_options[konbini][confirmation_number]',
    },
  );
}

/** When a voucher that nobody pays runs out: at the end of a day where its shops are, to the second for Pix. */
function expiryOf(world: World, type: VoucherType, options: ApiHash): number {
  const days = (options['expires_after_days'] as number | null | undefined) ?? VOUCHER_LIFETIME_DAYS[type];
  const chosen = options['expires_at'] as number | null | undefined;
  switch (type) {
    case 'boleto':
      return endOfDay(world.now, days, 'America/Sao_Paulo');
    case 'konbini':
      return chosen ?? endOfDay(world.now, days, 'Asia/Tokyo');
    case 'multibanco':
      return endOfDay(world.now, days, 'Europe/Lisbon');
    case 'oxxo':
      return endOfDay(world.now, days, MEXICO);
    case 'pix': {
      const seconds = options['expires_after_seconds'] as number | null | undefined;
      return chosen ?? world.now + (seconds ?? VOUCHER_LIFETIME_DAYS.pix * DAY);
    }
  }
}

function nextFate(
  world: World,
  type: VoucherType,
  outcome: { result: string; afterSeconds?: number },
  expiresAt: number,
): { fate: Fate; at: number } {
  if (outcome.result === 'never_paid') {
    if (type === 'multibanco') return { fate: 'grace', at: expiresAt };
    // OXXO shops report late: the failure comes a business day and two days after the end (documented).
    return {
      fate: 'expired',
      at: type === 'oxxo' ? nextBusinessDay(expiresAt, MEXICO) + 2 * DAY : expiresAt,
    };
  }
  return {
    fate: outcome.result === 'paid' ? 'paid' : 'expired',
    at: world.now + (outcome.afterSeconds ?? 0),
  };
}

interface Print {
  readonly world: World;
  readonly intent: ApiObject;
  readonly type: VoucherType;
  readonly attempt: string;
  readonly expiresAt: number;
  readonly number: string | undefined;
}

/** `next_action` of a voucher (fields from the types; the number of an oxxo voucher was seen with 32 digits). */
function voucherAction(print: Print): ApiHash {
  const { world, intent, attempt, expiresAt } = print;
  const page = hostedPage(world, intent, attempt);
  switch (print.type) {
    case 'boleto':
      return {
        boleto_display_details: {
          expires_at: expiresAt,
          hosted_voucher_url: page,
          number: world.ids.digits(47),
          pdf: page,
        },
        type: 'boleto_display_details',
      };
    case 'konbini': {
      const shop = () => ({
        confirmation_number: print.number ?? world.ids.digits(11),
        payment_code: world.ids.digits(6),
      });
      return {
        konbini_display_details: {
          expires_at: expiresAt,
          hosted_voucher_url: page,
          stores: { familymart: shop(), lawson: shop(), ministop: shop(), seicomart: shop() },
        },
        type: 'konbini_display_details',
      };
    }
    case 'multibanco':
      return {
        multibanco_display_details: {
          entity: world.ids.digits(5),
          expires_at: expiresAt,
          hosted_voucher_url: page,
          reference: world.ids.digits(9),
        },
        type: 'multibanco_display_details',
      };
    case 'oxxo':
      return {
        oxxo_display_details: {
          expires_after: expiresAt,
          hosted_voucher_url: page,
          number: world.ids.digits(32),
        },
        type: 'oxxo_display_details',
      };
    case 'pix':
      return {
        pix_display_qr_code: {
          data: page,
          expires_at: expiresAt,
          hosted_instructions_url: page,
          ...imagesOf(world, attempt, page),
        },
        type: 'pix_display_qr_code',
      };
  }
}

/** The job behind a voucher: it is paid, it runs out, or the last days of grace begin. */
export function voucherDue(world: World, intentId: string, payload: ApiHash): void {
  const intent = world.get('payment_intents', intentId);
  if (intent === undefined || world.facts<IntentFacts>(intentId).attempt !== payload['attempt']) return;
  if (intent['status'] !== 'requires_action' && intent['status'] !== 'processing') return;
  const method = world.require('payment_methods', intent['payment_method']);
  if (payload['fate'] === 'grace') {
    Object.assign(intent, { next_action: null, status: 'processing' });
    world.update('payment_intents', intent);
    world.emit('payment_intent.processing', intent);
    world.schedule(VOUCHER_JOB, intentId, MULTIBANCO_GRACE_SECONDS, { ...payload, fate: 'expired' });
    return;
  }
  completeVoucher(world, intent, method, payload['fate'] === 'paid' ? 'succeed' : 'fail');
}

/** The customer pays a voucher, or lets it run out. */
export function completeVoucher(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  outcome: 'succeed' | 'fail',
): void {
  world.store.cancelJobs(intent.id, VOUCHER_JOB);
  markSpent(world, method);
  if (outcome === 'fail') {
    concludeFailed(world, intent, method, attemptExpired(method['type'] as string));
    return;
  }
  const charge = recordCharge(world, {
    intent,
    method,
    details: paidDetails(world, intent, method),
    outcome: unscoredOutcome(),
    status: 'succeeded',
    captured: true,
  });
  concludePaid(world, intent, charge, method);
}
