import type { Ids } from '../ids.ts';
import type { Store } from '../store/store.ts';
import { isFilters, type LogFilters } from './log-filters.ts';

/** What a session of Stripe's CLI receives: events (`stripe listen`) or requests (`stripe logs tail`). */
export type Feature = 'request_logs' | 'webhooks';

/** One `stripe listen` or `stripe logs tail`. It outlives connections, and the process that serves it. */
export interface CliSession {
  /** The `Websocket-Id` header of its connections. */
  readonly id: string;
  readonly feature: Feature;
  /** Id of the webhook endpoint that its messages name. */
  readonly webhook: string;
  readonly filters: LogFilters;
  /** Everything up to here was acknowledged: the number of an event or of a request in the order of the state. */
  readonly cursor: number;
}

/** Where sessions are kept, and their signing secret. Private facts and meta: the API shows neither. */
const SESSIONS = 'stripe_cli_sessions';
export const CLI_SECRET = 'stripe_cli_secret';

/** Sessions are never closed by the CLI, so the oldest are forgotten. */
const MOST_SESSIONS = 50;

type Stored = Record<string, Omit<CliSession, 'id'>>;

const read = (store: Pick<Store, 'getFacts'>) => (store.getFacts(SESSIONS) ?? {}) as Stored;

/** Begins a session at the newest event or request. To be called in a transaction. */
export function beginSession(
  { store, ids, now }: { readonly store: Store; readonly ids: Ids; readonly now: number },
  { feature, filters }: Pick<CliSession, 'feature' | 'filters'>,
): CliSession {
  const session = {
    feature,
    webhook: ids.plain('we', now),
    filters,
    cursor: feature === 'webhooks' ? lastEvent(store) : store.lastRequestNumber(),
  };
  const id = ids.plain('cliws', now);
  const all = [...Object.entries(read(store)), [id, session] as const];
  store.putFacts(SESSIONS, Object.fromEntries(all.slice(-MOST_SESSIONS)));
  return { id, ...session };
}

export function findSession(store: Pick<Store, 'getFacts'>, id: string): CliSession | undefined {
  const all = read(store);
  const found = Object.hasOwn(all, id) ? all[id] : undefined;
  if (found === undefined) return undefined;
  return { ...found, id, filters: isFilters(found.filters) ? found.filters : {} };
}

/** Keeps how far a session has come. One that was forgotten meanwhile stays forgotten. */
export async function keepCursor(store: Store, id: string, cursor: number): Promise<void> {
  store.transaction(() => {
    const all = read(store);
    const session = Object.hasOwn(all, id) ? all[id] : undefined;
    if (session !== undefined && session.cursor !== cursor)
      store.putFacts(SESSIONS, { ...all, [id]: { ...session, cursor } });
  });
  await store.committed();
}

/** The secret that signs what `stripe listen` forwards: the same for all sessions of a state, also after a reset. */
export function cliSecret(store: Store, ids: Ids): string {
  const kept = store.getMeta(CLI_SECRET);
  if (kept !== undefined) return kept;
  const made = ids.signingSecret();
  store.setMeta(CLI_SECRET, made);
  return made;
}

/** Place of the newest event in the order of a state; 0 when there is none. */
function lastEvent(store: Pick<Store, 'list' | 'seqOf'>): number {
  const [newest] = store.list({ collection: 'events', limit: 1 }).data;
  return newest === undefined ? 0 : (store.seqOf('events', newest.id) ?? 0);
}
