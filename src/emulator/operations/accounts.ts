import { findPaymentMethodType } from '../../domain/payment-method-types.ts';
import { ACCOUNT_DESCRIPTOR } from '../account-facts.ts';
import { buildNested, buildObject } from '../api/build-object.ts';
import { nestedTable } from '../api/tables.ts';
import { ApiError } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { Call, Operations, World } from '../world.ts';

/** The endpoints of the account: there is one, and it never changes. */
export const accounts: Operations = {
  'accounts.retrieve_current': ({ world }) => account(world),
  'accounts.retrieve': retrieveAccount,
};

/** `GET /v1/accounts/{id}` @throws ApiError 403 for any account but the emulator's own */
function retrieveAccount({ world, path }: Call): ApiObject {
  const id = path[0] as string;
  if (id === world.ids.account) return account(world);
  throw new ApiError(
    {
      code: 'account_invalid',
      message: `The provided key does not have access to account '${id}' (or that account does not exist). Application access may have been revoked.`,
      type: 'invalid_request_error',
    },
    { status: 403, whileReading: true, logged: false },
  );
}

/** When the emulator's account was opened, in unix seconds: long before anything in it. */
const OPENED = 1_577_836_800;

const NOTHING_DUE = {
  alternatives: [],
  current_deadline: null,
  currently_due: [],
  disabled_reason: null,
  errors: [],
  eventually_due: [],
  past_due: [],
  pending_verification: [],
};

function account(world: World): ApiObject {
  return buildObject('account', {
    id: world.ids.account,
    business_profile: buildNested('account.business_profile', {
      annual_revenue: null,
      estimated_worker_count: null,
      name: 'payintent emulator',
      product_description: null,
    }),
    business_type: null,
    capabilities: capabilities(),
    charges_enabled: true,
    controller: { type: 'account' },
    country: 'US',
    created: OPENED,
    default_currency: 'usd',
    details_submitted: true,
    future_requirements: NOTHING_DUE,
    metadata: {},
    payouts_enabled: true,
    requirements: NOTHING_DUE,
    settings: settings(),
    tos_acceptance: { date: null, ip: null, user_agent: null },
    type: 'standard',
  });
}

/** Everything the emulator can be paid with is active. */
function capabilities(): ApiHash {
  const names = [...(nestedTable('account.capabilities')?.fields.keys() ?? [])];
  const active = names.filter(
    (name) =>
      name === 'transfers' || findPaymentMethodType(name.replace(/(_ach)?_payments$/, '')) !== undefined,
  );
  return Object.fromEntries(active.map((name) => [name, 'active']));
}

function settings(): ApiHash {
  return buildNested('account.settings', {
    branding: buildNested('account.settings.branding', {}),
    card_payments: buildNested('account.settings.card_payments', {
      decline_on: { avs_failure: true, cvc_failure: true },
      statement_descriptor_prefix: ACCOUNT_DESCRIPTOR,
    }),
    dashboard: { display_name: 'payintent emulator', timezone: 'Etc/UTC' },
    payments: buildNested('account.settings.payments', { statement_descriptor: ACCOUNT_DESCRIPTOR }),
    payouts: {
      debit_negative_balances: true,
      schedule: { delay_days: 2, interval: 'daily' },
      statement_descriptor: null,
    },
  });
}
