import { parseDuration } from '../domain/duration.ts';
import type { Engine } from '../emulator/engine.ts';
import type { ApiResponse, Handle } from '../emulator/wire.ts';
import { advanceEngine, type Passage } from './emulator-access.ts';

const PATH = '/_payintent/clock/advance';

/**
 * `POST /_payintent/clock/advance` with `duration=7d`: a server whose state is in memory can be advanced in no other way.
 * No key is asked for; the door lets no page of another site near the emulator's controls.
 */
export function withClockDoor(engine: Engine): Handle {
  return async (request) => {
    if (request.method !== 'POST' || request.url.replace(/\?.*$/s, '') !== PATH)
      return engine.handle(request);
    const typed = new URLSearchParams(request.body).get('duration') ?? '';
    const seconds = parseDuration(typed);
    if (seconds === undefined) {
      const message = `Invalid duration: ${JSON.stringify(typed)} must look like 90s, 24h, 7d or 1h30m.`;
      return answer(400, { error: { message, param: 'duration', type: 'invalid_request_error' } });
    }
    return answer(200, { object: 'emulator_advance', ...(await advanceEngine(engine, seconds)) });
  };
}

function answer(status: number, body: object): ApiResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache, no-store' },
    body: JSON.stringify(body, null, 2),
  };
}

/** The server at an address is no emulator, or refused. */
export class ClockDoorError extends Error {
  override readonly name = 'ClockDoorError';
  readonly kind: 'not_an_emulator' | 'unreachable';

  constructor(kind: ClockDoorError['kind'], cause?: unknown) {
    super(kind, cause === undefined ? {} : { cause });
    this.kind = kind;
  }
}

/** Moves the clock of a served emulator. @throws ClockDoorError */
export async function advanceServer(url: string, seconds: number): Promise<Passage> {
  let response: Response;
  try {
    response = await fetch(url + PATH, {
      method: 'POST',
      body: new URLSearchParams({ duration: `${seconds}s` }),
      redirect: 'manual',
    });
  } catch (error) {
    throw new ClockDoorError('unreachable', error);
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!isPassage(body)) throw new ClockDoorError('not_an_emulator');
  return { from: body.from, to: body.to, events: body.events };
}

function isPassage(body: unknown): body is Passage {
  return (
    typeof body === 'object' &&
    body !== null &&
    'from' in body &&
    typeof body.from === 'number' &&
    'to' in body &&
    typeof body.to === 'number' &&
    'events' in body &&
    Array.isArray(body.events)
  );
}
