/** What a payment with a test method comes to. */
export const methodOutcomes = [
  'succeed',
  'decline',
  '3ds',
  'block',
  'dispute',
  'refund',
  'processing',
  'action',
] as const;

export type MethodOutcome = (typeof methodOutcomes)[number];
