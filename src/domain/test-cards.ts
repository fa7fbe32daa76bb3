import type { CardDeclineCode } from './card-declines.ts';
import rows from './data/test-cards.json' with { type: 'json' };

export type CardBrand =
  | 'amex'
  | 'diners'
  | 'discover'
  | 'jcb'
  | 'mastercard'
  | 'unionpay'
  | 'unknown'
  | 'visa';
export type CardFunding = 'credit' | 'debit' | 'prepaid';

/** How the card meets 3D Secure. Absent means: not enrolled, a request for 3D Secure is waved through. */
export type CardAuthentication =
  /** A challenge on every payment; off-session it is declined. */
  | 'always'
  /** As `always`, but off-session payments succeed once the card has been set up. */
  | 'unless_set_up'
  /** A challenge with the customer present, nothing off-session. */
  | 'on_session'
  /** 3D Secure must be completed; Radar asks for it, so no charge exists before. */
  | 'required'
  /** The card of the first 3D Secure version; as `required`, with a plain decline off-session. */
  | 'legacy'
  /** Required, but the lookup fails: declined. */
  | 'error'
  /** A challenge only when the request asks for one. */
  | 'optional'
  /** As `optional`; off-session it turns out that the customer has ended the mandate (India). */
  | 'mandate_canceled'
  /** Can be tried, ends in a processing error, the payment goes on. */
  | 'optional_error'
  /** Authenticated without a challenge. */
  | 'frictionless'
  /** 3D Secure cannot be invoked. */
  | 'unsupported';

/** What happens after a successful charge. */
export type CardAfterwards =
  | {
      kind: 'dispute' | 'disputes' | 'inquiry' | 'prevented_dispute';
      reason: string;
      unlessAuthenticated?: boolean;
    }
  | { kind: 'early_fraud_warning' | 'refund_pending' | 'refund_fails' | 'funds_available' };

export type CardGroup =
  | 'authentication'
  | 'balance'
  | 'brand'
  | 'captcha'
  | 'country'
  | 'decline'
  | 'dispute'
  | 'fraud'
  | 'in_person'
  | 'refund';

export type CheckResult = 'pass' | 'fail' | 'unavailable' | 'unchecked';

/** One documented test card. */
export interface TestCard {
  /** Our own stable name of the row; keep this with a minted PaymentMethod to find its behaviour again. */
  id: string;
  /** The short name for `--payment-method`. */
  name: string;
  title: string;
  group: CardGroup;
  /** The documented PaymentMethod id; some cards have only a number. */
  pm?: string;
  pmAliases: readonly string[];
  token?: string;
  tokenAliases: readonly string[];
  number?: string;
  last4: string;
  brand: CardBrand;
  funding: CardFunding;
  /** ISO 3166 code of the issuer; null where unknown. */
  country: string | null;
  /** Co-branded cards: every network, the local one first. */
  networks: readonly string[];
  /** `refused`: saving the card declines as a charge would. */
  attach: 'succeeds' | 'refused';
  /** The decline code the issuer answers with. */
  decline?: CardDeclineCode;
  /** `charges`: set-ups and attaches succeed, only charges decline. */
  declines: 'everything' | 'charges';
  authentication?: CardAuthentication;
  risk: 'normal' | 'elevated' | 'highest';
  /** `always`: Radar blocks whatever the settings; `high_risk`: the default rule blocks. */
  block?: 'always' | 'high_risk';
  checks: { cvc?: CheckResult; postalCode?: CheckResult; line1?: CheckResult };
  afterwards?: CardAfterwards;
  /** True where Stripe's documentation leaves something open. */
  uncertain: boolean;
}

type Row = Partial<TestCard> & Pick<TestCard, 'id' | 'name' | 'title' | 'group'>;

function complete(row: Row): TestCard {
  return {
    ...row,
    pmAliases: row.pmAliases ?? [],
    tokenAliases: row.tokenAliases ?? [],
    last4: row.last4 ?? row.number?.slice(-4) ?? '',
    brand: row.brand ?? 'visa',
    funding: row.funding ?? 'credit',
    country: row.country === undefined ? 'US' : row.country,
    networks: row.networks ?? [row.brand ?? 'visa'],
    attach: row.attach ?? 'succeeds',
    declines: row.declines ?? 'everything',
    risk: row.risk ?? 'normal',
    checks: row.checks ?? {},
    uncertain: row.uncertain ?? false,
  };
}

/** Every card of Stripe's testing page (late 2026), in its order. */
export const TEST_CARDS: readonly TestCard[] = (rows as readonly unknown[] as readonly Row[]).map(complete);

/** Where two rows share an id or number, the first one is the card people mean. */
function indexed(keysOf: (card: TestCard) => readonly (string | undefined)[]): ReadonlyMap<string, TestCard> {
  const index = new Map<string, TestCard>();
  for (const card of TEST_CARDS) {
    for (const key of keysOf(card)) {
      if (key !== undefined && !index.has(key)) index.set(key, card);
    }
  }
  return index;
}

const BY_ID = indexed((card) => [card.id]);
const BY_PM = indexed((card) => [card.pm, ...card.pmAliases]);
const BY_TOKEN = indexed((card) => [card.token, ...card.tokenAliases]);
const BY_NUMBER = indexed((card) => [card.number]);

/** Finds a card by our id, a `pm_card_*` id, a `tok_*` id or a number (spaces and hyphens are ignored). */
export function findTestCard(
  by: { id: string } | { pm: string } | { token: string } | { number: string },
): TestCard | undefined {
  if ('id' in by) return BY_ID.get(by.id);
  if ('pm' in by) return BY_PM.get(by.pm);
  if ('token' in by) return BY_TOKEN.get(by.token);
  return BY_NUMBER.get(by.number.replace(/[\s-]/g, ''));
}
