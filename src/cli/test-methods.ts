// Stands in until domain/test-method-names.ts is there.
const names: Record<string, string> = {
  visa: 'pm_card_visa',
  declined: 'pm_card_visa_chargeDeclined',
  '3ds': 'pm_card_authenticationRequired',
  'insufficient-funds': 'pm_card_visa_chargeDeclinedInsufficientFunds',
};
export function findTestMethod(name: string): string | undefined {
  return names[name];
}
export function testMethodNames(): string[] {
  return Object.keys(names);
}
