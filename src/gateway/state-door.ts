import type { Engine } from '../emulator/engine.ts';
import type { Handle } from '../emulator/wire.ts';
import { type StateFacts, stateFacts } from './emulator-access.ts';

const PATH = '/_payintent/state';

/** `GET /_payintent/state`: how much there is and what the clock shows, for states that are in no file. Not where it is. */
export function withStateDoor(engine: Engine, handle: Handle): Handle {
  return async (request) => {
    if (request.method !== 'GET' || request.url.replace(/\?.*$/s, '') !== PATH) return handle(request);
    const facts = engine.store.read(() => stateFacts(engine.store, engine.clock));
    return {
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-cache, no-store' },
      body: JSON.stringify(
        { object: 'emulator_state', ...facts, nextJobAt: facts.nextJobAt ?? null },
        null,
        2,
      ),
    };
  };
}

/** What the state of a served emulator holds; undefined where it does not say. Never throws. */
export async function readServedState(
  url: string,
  timeoutMs = 2000,
): Promise<Omit<StateFacts, 'exists' | 'path'> | undefined> {
  try {
    const response = await fetch(url + PATH, { signal: AbortSignal.timeout(timeoutMs), redirect: 'manual' });
    const body: unknown = await response.json();
    if (typeof body !== 'object' || body === null || Reflect.get(body, 'object') !== 'emulator_state')
      return undefined;
    const { nextJobAt, ...facts } = body as Omit<StateFacts, 'exists' | 'nextJobAt' | 'path'> & {
      readonly nextJobAt: number | null;
    };
    return { ...facts, nextJobAt: nextJobAt ?? undefined };
  } catch {
    return undefined;
  }
}
