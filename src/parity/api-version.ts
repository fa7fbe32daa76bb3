/**
 * The API version that both sides are asked in unless another is named: the newest that takes `payment_method_types`,
 * which scenarios send. From 2026-09-30.endive on Stripe refuses it and the emulator takes it (docs/fidelity.md).
 */
export const COMPARED_VERSION = '2026-08-26.dahlia';
