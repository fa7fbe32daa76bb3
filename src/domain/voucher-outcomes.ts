/** What becomes of a voucher or Pix payment in test mode. */
export interface VoucherOutcome {
  result: 'paid' | 'expired' | 'never_paid';
  /** Seconds until it happens; undefined for `never_paid`, which lasts until the voucher's own expiry. */
  afterSeconds?: number;
}

/** Types whose test outcome is chosen by the billing e-mail address (Stripe's pages of each method). */
export const VOUCHER_TYPES = ['boleto', 'konbini', 'multibanco', 'oxxo', 'pix'] as const;

const MINUTES_3 = 180;
/** "Within seconds": the pages give no number. */
const SECONDS = 3;

const PATTERNS: readonly (readonly [ending: string, outcome: VoucherOutcome])[] = [
  ['succeed_immediately', { result: 'paid', afterSeconds: SECONDS }],
  ['expire_immediately', { result: 'expired', afterSeconds: SECONDS }],
  ['expire_with_delay', { result: 'expired', afterSeconds: MINUTES_3 }],
  ['fill_never', { result: 'never_paid' }],
];

const PAID_LATER: VoucherOutcome = { result: 'paid', afterSeconds: MINUTES_3 };

/** The confirmation numbers that choose the outcome of a konbini payment (from a third-party note: uncertain). */
const KONBINI_NUMBERS: Readonly<Record<string, VoucherOutcome>> = {
  '11111111110': PAID_LATER,
  '22222222220': { result: 'paid', afterSeconds: SECONDS },
  '33333333330': { result: 'expired', afterSeconds: SECONDS },
  '44444444440': { result: 'expired', afterSeconds: MINUTES_3 },
  '55555555550': { result: 'never_paid' },
};

/** The outcome that a konbini confirmation number chooses. */
export function konbiniOutcome(confirmationNumber: string): VoucherOutcome | undefined {
  return Object.hasOwn(KONBINI_NUMBERS, confirmationNumber) ? KONBINI_NUMBERS[confirmationNumber] : undefined;
}

/** What happens to a voucher of a customer with this e-mail address: `anna_expire_with_delay@example.com` expires. */
export function voucherOutcome(
  email: string | undefined,
  konbiniConfirmationNumber?: string,
): VoucherOutcome {
  const chosen =
    konbiniConfirmationNumber === undefined ? undefined : konbiniOutcome(konbiniConfirmationNumber);
  if (chosen !== undefined) return chosen;
  const local = email?.slice(0, email.lastIndexOf('@')).toLowerCase() ?? '';
  return PATTERNS.find(([ending]) => local.endsWith(ending))?.[1] ?? PAID_LATER;
}

/** How long an unpaid voucher lives by default, in days; the parameters of each type can change it. */
export const VOUCHER_LIFETIME_DAYS: Readonly<Record<(typeof VOUCHER_TYPES)[number], number>> = {
  boleto: 3,
  konbini: 3,
  multibanco: 7,
  oxxo: 3,
  pix: 1,
};
