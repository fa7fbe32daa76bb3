/** What verifying microdeposits leads to. */
export type MicrodepositResult = 'verified' | 'too_many_attempts' | 'timeout' | 'mismatch';

interface Known {
  amounts: readonly [number, number];
  descriptorCode: string;
  result: MicrodepositResult;
}

/** Stripe's testing pages: the test amounts (in cents) and the descriptor codes of ACH. */
const KNOWN: readonly Known[] = [
  { amounts: [32, 45], descriptorCode: 'SM11AA', result: 'verified' },
  { amounts: [10, 11], descriptorCode: 'SM33CC', result: 'too_many_attempts' },
  { amounts: [40, 41], descriptorCode: 'SM44DD', result: 'timeout' },
];

/** What these microdeposits mean in test mode. The two amounts may come in either order; anything else is a mismatch. */
export function microdepositResult(
  given: { amounts: readonly number[] } | { descriptorCode: string },
): MicrodepositResult {
  if ('descriptorCode' in given) {
    const code = given.descriptorCode.toUpperCase();
    return KNOWN.find((known) => known.descriptorCode === code)?.result ?? 'mismatch';
  }
  const sorted = [...given.amounts].sort((left, right) => left - right);
  return (
    KNOWN.find(
      (known) => sorted.length === 2 && known.amounts.every((amount, index) => amount === sorted[index]),
    )?.result ?? 'mismatch'
  );
}

/** Microdeposits may be tried ten times for ACH and three times for Canadian debits. */
export const MICRODEPOSIT_ATTEMPTS: Readonly<Record<'us_bank_account' | 'acss_debit', number>> = {
  us_bank_account: 10,
  acss_debit: 3,
};

/** The error of a failed verification: codes from the types; the mismatch sentence from Stripe's ACSS page. */
export function microdepositError(
  result: Exclude<MicrodepositResult, 'verified'>,
  given: 'amounts' | 'descriptor_code',
  attemptsLeft: number,
): { code: string; message: string; param?: string } {
  switch (result) {
    case 'mismatch':
      return given === 'amounts'
        ? {
            code: 'payment_method_microdeposit_verification_amounts_mismatch',
            message: `The amounts provided do not match the amounts that were sent to the bank account. You have ${attemptsLeft} verification attempts remaining.`,
            param: 'amounts',
          }
        : {
            code: 'payment_method_microdeposit_verification_descriptor_code_mismatch',
            message: `The descriptor code provided does not match the one that was sent to the bank account. You have ${attemptsLeft} verification attempts remaining.`,
            param: 'descriptor_code',
          };
    case 'too_many_attempts':
      return {
        code: 'payment_method_microdeposit_verification_attempts_exceeded',
        message: 'You have exceeded the number of allowed verification attempts.',
      };
    case 'timeout':
      return {
        code: 'payment_method_microdeposit_verification_timeout',
        message: 'Microdeposit verification timed out: the deposits were not verified within ten days.',
      };
  }
}
