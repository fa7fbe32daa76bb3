import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import type { MethodFacts } from './facts.ts';

/** Gives a method to a customer: its CVC counts as checked from now on (recorded). Changes `method` in place. */
export function attachMethod(world: World, method: ApiObject, customer: string): void {
  method['customer'] = customer;
  const card = method['card'] as { checks?: ApiHash } | undefined;
  if (card?.checks?.['cvc_check'] === 'unchecked') card.checks['cvc_check'] = 'pass';
  world.update('payment_methods', method);
  world.emit('payment_method.attached', method);
}

/** Bank redirects are not kept themselves: they leave a SEPA debit behind (see `generated-debit.ts`). */
const LEAVES_DEBIT = new Set(['bancontact', 'ideal', 'sofort']);

/**
 * A payment made with `setup_future_usage` leaves its method with the customer, when there is one. Made for off-session
 * payments, it sets the method up like a SetupIntent does (Stripe docs: save a card during a payment).
 */
export function attachForReuse(world: World, intent: ApiObject, method: ApiObject): void {
  const customer = intent['customer'];
  if (typeof customer !== 'string' || LEAVES_DEBIT.has(method['type'] as string)) return;
  const options = (intent['payment_method_options'] as Record<string, ApiHash>)[method['type'] as string];
  const usage = options?.['setup_future_usage'] ?? intent['setup_future_usage'];
  if (usage !== 'on_session' && usage !== 'off_session') return;
  if (usage === 'off_session') world.remember<MethodFacts>(method.id, { setUp: true });
  if (method['customer'] === null) attachMethod(world, method, customer);
}
