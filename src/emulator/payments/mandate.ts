import { buildObject } from '../api/build-object.ts';
import { type ApiError, type ErrorBody, invalidRequest, noSuch } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import { futureUsage, optionsOf } from './method-option.ts';
import { sorted } from './method-options.ts';

/** The intent an error is about, where Stripe embeds it. */
type Subject = Pick<ErrorBody, 'payment_intent' | 'setup_intent'>;

/** What a confirmation says about the customer's consent. */
export interface Consent {
  /** Id of a mandate that exists. */
  readonly mandate: string | null;
  /** `mandate_data`: the customer agrees now. */
  readonly mandateData?: ApiHash | undefined;
}

/**
 * The mandate under which a payment may debit `method`: the one named, else a new one from `mandate_data`, else the
 * method's reusable one.
 *
 * @param intent a PaymentIntent or a SetupIntent
 * @throws ApiError 400 when there is none (quoted in Stripe's page on ACH debits: no code, the intent embedded)
 */
export function mandateFor(
  world: World,
  intent: ApiObject,
  method: ApiObject,
  consent: Consent,
  subject: Subject,
): ApiObject {
  const found =
    consent.mandate === null
      ? consent.mandateData === undefined
        ? reusableMandate(world, method)
        : createMandate(world, intent, method, consent.mandateData)
      : namedMandate(world, method, consent.mandate, subject);
  if (found === undefined) throw mandateMissing(intent, subject);
  return found;
}

/** The refusal of a payment for which nobody has agreed to be debited. */
export function mandateMissing(intent: ApiObject, subject: Subject): ApiError {
  const noun = intent['object'] === 'setup_intent' ? 'SetupIntent' : 'PaymentIntent';
  return invalidRequest(
    `This ${noun} requires a mandate, but no existing mandate was found. Collect mandate acceptance from the customer and try again, providing acceptance data in the mandate_data parameter.`,
    subject,
  );
}

/** A mandate that later payments may use again, when the method has one. */
export function reusableMandate(world: World, method: ApiObject): ApiObject | undefined {
  for (const mandate of world.store.scan('mandates', { payment_method: method.id })) {
    if (mandate['status'] === 'active' && mandate['type'] === 'multi_use') return mandate;
  }
  return undefined;
}

function namedMandate(world: World, method: ApiObject, id: string, subject: Subject): ApiObject {
  const mandate = world.get('mandates', id);
  if (mandate === undefined) throw noSuch('mandate', id, 'mandate', 'parameter');
  if (mandate['payment_method'] === method.id && mandate['status'] === 'active') return mandate;
  throw invalidRequest('The provided mandate is invalid and can not be used for the payment intent.', {
    code: 'payment_intent_mandate_invalid',
    param: 'mandate',
    ...subject,
  });
}

/**
 * Stores the customer's consent: reusable when the method is to be kept, else for this one payment (shape recorded for
 * sepa_debit 2026).
 */
export function createMandate(world: World, intent: ApiObject, method: ApiObject, data: ApiHash): ApiObject {
  const type = method['type'] as string;
  const multiUse = futureUsage(intent, type) !== undefined;
  const id = world.ids.plain('mandate', world.now);
  const terms = multiUse
    ? { multi_use: {} }
    : { single_use: { amount: intent['amount'], currency: intent['currency'] } };
  return world.insert(
    'mandates',
    buildObject('mandate', {
      id,
      customer_acceptance: acceptance(world, (data['customer_acceptance'] ?? {}) as ApiHash),
      livemode: false,
      on_behalf_of: intent['on_behalf_of'] ?? undefined,
      payment_method: method.id,
      payment_method_details: sorted({ [type]: mandateDetails(world, intent, type, id), type }),
      status: 'active',
      type: multiUse ? 'multi_use' : 'single_use',
      ...terms,
    }),
  );
}

function acceptance(world: World, given: ApiHash): ApiHash {
  const accepted = given['accepted_at'] ?? world.now;
  if (given['type'] === 'offline') return { accepted_at: accepted, offline: {}, type: 'offline' };
  const online = (given['online'] ?? {}) as ApiHash;
  return {
    accepted_at: accepted,
    online: { ip_address: online['ip_address'] ?? null, user_agent: online['user_agent'] ?? null },
    type: 'online',
  };
}

/** What a mandate says about its method (sepa_debit recorded, the others from the types). */
function mandateDetails(world: World, intent: ApiObject, type: string, id: string): ApiHash {
  const reference = `${world.ids.invoicePrefix()}${world.ids.invoicePrefix()}`;
  const url = `${world.setup.baseUrl()}/_payintent/mandates/${id}`;
  const options = (optionsOf(intent, type)['mandate_options'] ?? {}) as ApiHash;
  switch (type) {
    case 'acss_debit':
      return {
        interval_description: options['interval_description'] ?? null,
        payment_schedule: options['payment_schedule'] ?? 'sporadic',
        transaction_type: options['transaction_type'] ?? 'personal',
      };
    case 'au_becs_debit':
      return { url };
    case 'bacs_debit':
      return {
        display_name: null,
        network_status: 'accepted',
        reference: `${String(options['reference_prefix'] ?? '')}${reference}`,
        revocation_reason: null,
        service_user_number: null,
        url,
      };
    case 'paypal':
      return { billing_agreement_id: null, payer_id: null };
    case 'sepa_debit':
      return { reference, url };
    case 'us_bank_account':
      return options['collection_method'] === 'paper' ? { collection_method: 'paper' } : {};
    default:
      return {};
  }
}

/** Reasons that a Bacs mandate names when the bank revokes it (the types). */
const REVOCATIONS: ReadonlySet<string> = new Set([
  'account_closed',
  'bank_account_restricted',
  'debit_not_authorized',
]);

/**
 * The bank ended a mandate: nothing can be debited under it any more.
 *
 * @param because the failure code of the payment that showed it; absent when the bank refused the mandate itself
 */
export function endMandate(world: World, mandateId: unknown, because?: string): void {
  const mandate = world.get('mandates', mandateId);
  if (mandate === undefined) return;
  const before = structuredClone(mandate);
  mandate['status'] = 'inactive';
  const bacs = (mandate['payment_method_details'] as Record<string, ApiHash>)['bacs_debit'];
  if (bacs !== undefined) {
    bacs['network_status'] = because === undefined ? 'refused' : 'revoked';
    bacs['revocation_reason'] =
      because !== undefined && REVOCATIONS.has(because) ? because : 'could_not_process';
  }
  // Of one that the payment had used up already, only Bacs has more to tell.
  if (JSON.stringify(mandate) === JSON.stringify(before)) return;
  world.update('mandates', mandate);
  world.emit('mandate.updated', mandate, before);
}

/** A mandate for one payment has served as soon as the debit is sent (recorded 2026). */
export function useUpMandate(world: World, mandateId: unknown): void {
  const mandate = world.get('mandates', mandateId);
  if (mandate === undefined || mandate['type'] !== 'single_use') return;
  world.update('mandates', Object.assign(mandate, { status: 'inactive' }));
}
