import { buildNested } from '../api/build-object.ts';
import { missingParam } from '../api/param-errors.ts';
import { pathOf } from '../api/param-path.ts';
import type { ApiHash } from '../objects.ts';

/** Identifier codes of the banks that iDEAL lists (the types give both sets; pairing: public lists of Dutch banks). */
const IDEAL_BICS: Readonly<Record<string, string>> = {
  abn_amro: 'ABNANL2A',
  adyen: 'ADYBNL2A',
  asn_bank: 'ASNBNL21',
  bunq: 'BUNQNL2A',
  buut: 'BUUTNL2A',
  finom: 'FNOMNL22',
  handelsbanken: 'HANDNL2A',
  ing: 'INGBNL2A',
  knab: 'KNABNL2H',
  mollie: 'MLLENL2A',
  moneyou: 'MOYONL21',
  n26: 'NTSBDEB1',
  nn: 'NNBANL2G',
  rabobank: 'RABONL2U',
  regiobank: 'RBRBNL21',
  revolut: 'REVOLT21',
  sns_bank: 'SNSBNL2A',
  triodos_bank: 'TRIONL2U',
  van_lanschot: 'FVLBNL22',
  yoursafe: 'BITSNL2A',
};

type Build = (given: ApiHash) => ApiHash;

/** Types whose hash has fields of its own: what stands in them on a new method. */
const BUILDERS: Readonly<Record<string, Build>> = {
  boleto: ({ tax_id }) => ({ tax_id }),
  cashapp: () => ({}),
  eps: ({ bank }) => ({ bank }),
  fpx: ({ account_holder_type = 'individual', bank }) => ({ account_holder_type, bank }),
  ideal: ({ bank }) => ({ bank, bic: typeof bank === 'string' ? IDEAL_BICS[bank] : null }),
  klarna: ({ dob }) => ({ dob }),
  kr_card: () => ({}),
  link: () => ({}),
  naver_pay: ({ funding = 'card' }) => ({ funding }),
  p24: ({ bank }) => ({ bank }),
  paypal: () => ({}),
  payto: ({ account_number, bsb_number, pay_id }) => ({
    bsb_number,
    last4: typeof account_number === 'string' ? account_number.slice(-4) : null,
    pay_id,
  }),
  sofort: ({ country }) => ({ country }),
  upi: () => ({}),
};

/** Types whose hash is empty. */
const BARE: ReadonlySet<string> = new Set([
  'affirm',
  'afterpay_clearpay',
  'alipay',
  'alma',
  'amazon_pay',
  'bancontact',
  'billie',
  'bizum',
  'blik',
  'crypto',
  'customer_balance',
  'giropay',
  'grabpay',
  'kakao_pay',
  'konbini',
  'mb_way',
  'mobilepay',
  'multibanco',
  'oxxo',
  'pay_by_bank',
  'payco',
  'paynow',
  'paypay',
  'pix',
  'promptpay',
  'revolut_pay',
  'samsung_pay',
  'satispay',
  'scalapay',
  'sequra',
  'sunbit',
  'swish',
  'twint',
  'wechat_pay',
  'zip',
]);

/** Types that cannot do without their hash (the types say which of its fields are required). */
const NEED_DATA: ReadonlySet<string> = new Set(['boleto', 'fpx', 'sofort']);

/**
 * The hash of a method that is neither a card nor a bank account, or undefined when the emulator does not know the type.
 *
 * @param data the parameters, `data[type]` among them
 * @throws ApiError 400 when the type needs data and got none
 */
export function localDetails(type: string, data: ApiHash, prefix: string): ApiHash | undefined {
  if (NEED_DATA.has(type) && data[type] === undefined) throw missingParam(pathOf(prefix, type));
  if (BARE.has(type)) return {};
  const build = BUILDERS[type];
  if (build === undefined) return undefined;
  const values = build((data[type] as ApiHash | undefined) ?? {});
  if (type === 'link') values['email'] = emailOf(data);
  return buildNested(`payment_method.${type}`, values);
}

function emailOf(data: ApiHash): unknown {
  return (data['billing_details'] as ApiHash | undefined)?.['email'] ?? null;
}
