import type { ErrorBody } from '../api-error.ts';

/** The intent an error is about: embedded, except in refusals of a create, which leave no intent behind. */
export type PaymentIntentSubject = Pick<ErrorBody, 'payment_intent'>;
