import { findCurrency } from '../../domain/currencies.ts';
import { formatAmount } from '../../domain/money.ts';
import { type Call, recordOf, textOf } from '../call.ts';
import type { Match, Rule } from '../rule.ts';

/**
 * Amounts of zero-decimal currencies from which on a factor of a hundred is likelier than the price: some 300 to 500 US
 * dollars, by rates of 2026 in one digit.
 */
const LARGE: Readonly<Record<string, number>> = {
  bif: 1_000_000,
  clp: 300_000,
  djf: 60_000,
  gnf: 3_000_000,
  jpy: 50_000,
  kmf: 150_000,
  krw: 500_000,
  mga: 1_500_000,
  pyg: 2_500_000,
  rwf: 500_000,
  vnd: 8_000_000,
  vuv: 40_000,
  xaf: 200_000,
  xof: 200_000,
  xpf: 40_000,
};

const TOTALS = /^(?:order|cart|grand)?[-_ ]?(?:total|amount|price|sum)$/i;

/** What the metadata says the order costs, in major units as written there: `1000`, `10.99`. */
function declaredTotal({ params }: Call): string | undefined {
  for (const [name, value] of Object.entries(recordOf(params['metadata']) ?? {})) {
    const digits = textOf(value)?.replace(/[^\d.]/g, '');
    if (TOTALS.test(name) && digits !== undefined && /^\d+(?:\.\d+)?$/.test(digits)) return digits;
  }
  return undefined;
}

const DOCS = 'https://docs.stripe.com/currencies#zero-decimal';

const helper =
  'const amount = Math.round(price * 10 ** decimals), with decimals from the currency: 0 for jpy and krw, 3 for kwd and bhd, 2 for most';

/** `10.99` where minor units are wanted. */
function fraction(call: Call, typed: string, code: string): Match | undefined {
  if (!/^\d+\.\d+$/.test(typed)) return undefined;
  const decimals = findCurrency(code)?.decimals ?? 2;
  const given = Number(typed);
  const noise = typed.replace(/^\d+\./, '').length > 3;
  const minor = noise ? Math.round(given) : Math.round(given * 10 ** decimals);
  return {
    subject: `fraction ${code} ${noise}`,
    calls: [call],
    severity: 'error',
    reason: noise
      ? `${typed} ${code} is no whole number, so it was refused: multiplying a price in floating point leaves such rests.`
      : `${typed} ${code} was sent, and amounts are whole numbers of the smallest unit, so it was refused.`,
    fix: noise
      ? `Round it: Math.round(price * 100) is ${minor}`
      : `Send ${minor} for ${formatAmount(minor, code)}`,
  };
}

export const amountScale: Rule = {
  id: 'amount-scale',
  title: 'Amounts are in the smallest unit of their currency',
  severity: 'error',
  evidence:
    'An amount with a fraction; a refused one that is below the minimum but not when multiplied by 100; a hundred times what metadata says (total, amount, price); in a currency without decimals (jpy, krw and the like) a large multiple of 100; in one with three decimals, or isk and ugx, one that does not end in the zeros it must.',
  silent:
    'In a currency without decimals, as soon as one amount is no multiple of 100, since a wrong factor makes all of them multiples; small amounts there.',
  docs: DOCS,
  watch() {
    const cleared = new Set<string>();
    return {
      see(call) {
        const typed = textOf(call.params['amount']);
        const code = (textOf(call.params['currency']) ?? textOf(call.intent?.['currency']))?.toLowerCase();
        if (typed === undefined || code === undefined) return undefined;
        if (call.operation !== 'create' && call.operation !== 'update') return undefined;
        if (!call.byServer || call.original_request !== null) return undefined;
        const amount = Number(typed);
        if (!Number.isInteger(amount)) return fraction(call, typed, code);
        const currency = findCurrency(code);
        if (currency === undefined || amount <= 0) return undefined;
        const { decimals, multipleOf, minimum = 0 } = currency;
        if (decimals === 0 && amount % 100 !== 0) cleared.add(code);
        const total = declaredTotal(call);
        // Where the total is a whole number of a currency with decimals, it may be in minor units itself.
        const telling = total !== undefined && (decimals === 0 || total.includes('.'));
        if (telling && Math.round(Number(total) * 10 ** decimals) * 100 === amount) {
          return {
            subject: `total ${code}`,
            calls: [call],
            severity: 'error',
            reason: `${amount} ${code} is ${formatAmount(amount, code)}, and the metadata says ${total}: a hundred times too much.`,
            fix: `Send ${amount / 100} for ${formatAmount(amount / 100, code)}. ${decimals === 0 ? `${code.toUpperCase()} has no decimals, so nothing is multiplied` : 'It was multiplied twice'}: ${helper}`,
          };
        }
        if (decimals === 0 && amount % 100 === 0 && amount >= (LARGE[code] ?? Number.POSITIVE_INFINITY)) {
          return cleared.has(code) ? undefined : large(call, amount, code);
        }
        if (multipleOf > 1 && amount % multipleOf !== 0) return crooked(call, amount, code, decimals);
        if (decimals !== 0 && call.failure?.['code'] === 'amount_too_small' && amount * 100 >= minimum) {
          return {
            subject: `small ${code}`,
            calls: [call],
            // Refused, so nobody was charged; and tests of refusals send just that.
            severity: 'warning',
            reason: `${amount} ${code} is ${formatAmount(amount, code)}, which is less than Stripe takes. It looks like a price in whole ${code.toUpperCase()}.`,
            fix: `Send ${amount * 10 ** decimals} if ${formatAmount(amount * 10 ** decimals, code)} was meant: ${helper}`,
          };
        }
        return undefined;
      },
      stands: (subject) => !(subject.startsWith('large ') && cleared.has(subject.slice(6))),
    };
  },
};

function large(call: Call, amount: number, code: string): Match {
  return {
    subject: `large ${code}`,
    calls: [call],
    severity: 'warning',
    reason: `${amount} ${code} is ${formatAmount(amount, code)}: ${code.toUpperCase()} has no decimals. An amount that was multiplied by 100 looks like that.`,
    fix: `Send ${amount / 100} if ${formatAmount(amount / 100, code)} was meant: ${helper}`,
  };
}

function crooked(call: Call, amount: number, code: string, decimals: number): Match {
  const meant = decimals === 3 ? amount * 10 : amount * 100;
  return {
    subject: `crooked ${code}`,
    calls: [call],
    severity: 'error',
    reason:
      decimals === 3
        ? `${amount} ${code} is ${formatAmount(amount, code)}: ${code.toUpperCase()} has three decimals, of which the last must be 0. An amount that was multiplied by 100 in place of 1000 looks like that.`
        : `${amount} ${code} must end in 00: ${code.toUpperCase()} is written with two decimals that are always 0.`,
    fix: `Send ${meant} if ${formatAmount(meant, code)} was meant: ${helper}`,
  };
}
