import {
  acceptsCurrency,
  findPaymentMethodType,
  SWITCHED_ON_TYPES,
} from '../../domain/payment-method-types.ts';
import { type ApiError, invalidRequest } from '../api-error.ts';

/** Amounts below these, in minor units, leave a method out of the automatic list (affirm: seen in a walk-through). */
const SMALLEST: Readonly<Record<string, number>> = { affirm: 5000, afterpay_clearpay: 100 };

export interface AutomaticChoice {
  readonly currency: string;
  /** Minor units; undefined for a SetupIntent. */
  readonly amount?: number;
  readonly captureMethod?: string;
  readonly redirectsAllowed: boolean;
  readonly excluded: readonly string[];
  /** When set, only these. */
  readonly allowed?: readonly string[] | undefined;
  readonly forSetup?: boolean;
}

/**
 * The method types an intent with automatic payment methods offers: those switched on, as far as the currency, the capture
 * method and the redirect rule leave them.
 */
export function automaticMethodTypes(choice: AutomaticChoice): string[] {
  return SWITCHED_ON_TYPES.filter((name) => {
    if (choice.excluded.includes(name)) return false;
    if (choice.allowed !== undefined && !choice.allowed.includes(name)) return false;
    const type = findPaymentMethodType(name);
    if (type === undefined) return false;
    if (!choice.redirectsAllowed && type.redirects) return false;
    if (choice.forSetup === true) return type.setupIntents;
    if (!acceptsCurrency(name, choice.currency)) return false;
    if (choice.captureMethod === 'manual' && !type.manualCapture) return false;
    return (choice.amount ?? 0) >= (SMALLEST[name] ?? 0);
  });
}

/** The refusal of a type in `payment_method_types` that Stripe does not have. */
export function unknownMethodType(type: string): ApiError {
  return invalidRequest(
    `The payment method type "${type}" is invalid. Please ensure the provided type is activated in your dashboard (https://dashboard.stripe.com/account/payments/settings) and your account is enabled for any preview features that you are trying to use. See https://stripe.com/docs/payments/payment-methods/integration-options for supported payment method, currency, and country combinations.`,
    { param: 'payment_method_types' },
  );
}
