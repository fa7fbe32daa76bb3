import { TABLES_SOURCE } from '../emulator/api/tables.ts';
import { API_ENDPOINTS, KNOWN_ENDPOINTS, OPERATIONS } from '../emulator/routes.ts';
import { UNSUPPORTED_METHODS } from '../emulator/unsupported-methods.ts';

/** Endpoints of one resource, by what they are called in the API reference: `payment_intents`: `create`, `confirm`, … */
export type Operations = Readonly<Record<string, readonly string[]>>;

/** What the emulator has of Stripe's API, taken from its own tables. */
export interface Coverage {
  readonly apiVersion: string;
  readonly emulated: Operations;
  /** Operations of the same resources whose parameters are known and which are refused as not emulated. */
  readonly missing: Operations;
  /** How many further endpoints of Stripe answer that they are not emulated. */
  readonly others: number;
  /** Payment method types that are refused, with the reason. */
  readonly methods: Readonly<Record<string, string>>;
}

export function coverage(): Coverage {
  const known = new Set(Object.keys(OPERATIONS));
  const ids = API_ENDPOINTS.map((endpoint) => endpoint.id);
  return {
    apiVersion: TABLES_SOURCE.apiVersion,
    emulated: byResource(ids.filter((id) => known.has(id))),
    missing: byResource(ids.filter((id) => !known.has(id))),
    others: KNOWN_ENDPOINTS.length - ids.length,
    methods: UNSUPPORTED_METHODS,
  };
}

function byResource(ids: readonly string[]): Operations {
  const grouped: Record<string, string[]> = {};
  for (const id of [...ids].sort()) {
    const dot = id.lastIndexOf('.');
    const resource = id.slice(0, dot);
    grouped[resource] = [...(grouped[resource] ?? []), id.slice(dot + 1)];
  }
  return grouped;
}
