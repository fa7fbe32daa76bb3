/**
 * The API version in which scenarios ask Stripe's test mode: the newest that takes `payment_method_types`, which they
 * send. From 2026-09-30.endive on Stripe refuses it and the emulator takes it (docs/fidelity.md, ADR 10).
 */
export const SCENARIO_API_VERSION = '2026-08-26.dahlia';
