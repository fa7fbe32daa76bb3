import type { ApiRecord } from '../gateway/gateway.ts';
import type { Stage } from './stage.ts';

/** The most that is asked for at once. */
const PAGE = 100;
/** How long to wait for events that Stripe has not listed yet, and between two looks. Milliseconds. */
const PATIENCE = 15_000;
const PAUSE = 700;

/** Fields by which an object says what it belongs to. */
const LINKS = ['payment_intent', 'setup_intent', 'charge', 'payment_method', 'customer'] as const;

/**
 * Reads the events that one story causes and no others: other programs may use the same account at the same time.
 * What belongs to the story is told by the requests it sent and the objects it knows; events make their own objects known.
 */
export class EventReader {
  readonly #stage: Stage;
  readonly #requests = new Set<string>();
  readonly #objects = new Set<string>();
  #last: string | undefined;

  private constructor(stage: Stage, last: string | undefined) {
    this.#stage = stage;
    this.#last = last;
  }

  /** Starts after the newest event there is. @throws GatewayError */
  static async open(stage: Stage): Promise<EventReader> {
    if (stage.eventless === true) return new EventReader(stage, undefined);
    const newest = await page(stage, { limit: 1 });
    const [first] = newest.events;
    return new EventReader(stage, first === undefined ? undefined : String(first['id']));
  }

  /** A request of the story. */
  noteRequest(id: string | undefined): void {
    if (id !== undefined) this.#requests.add(id);
  }

  /** An object of the story. */
  noteObject(id: unknown): void {
    if (typeof id === 'string' && id !== '') this.#objects.add(id);
  }

  /** An object of the story, as the API answered it: its payment method is of the story too. */
  noteOwn(object: ApiRecord): void {
    this.noteObject(object['id']);
    this.noteObject(idOf(object['payment_method']));
  }

  /**
   * The new events of the story, oldest first. Where they take a while to be listed, waits until the expected types are
   * there, `patience` milliseconds at most. @throws GatewayError
   */
  async read(
    expected: readonly string[],
    patience = this.#stage.patience ?? PATIENCE,
  ): Promise<readonly ApiRecord[]> {
    if (this.#stage.eventless === true) return [];
    const found = [...(await this.#look())];
    if (this.#stage.emulated) return found;
    const until = this.#stage.now() + patience;
    while (missing(expected, found).length > 0 && this.#stage.now() < until) {
      await this.#stage.sleep(PAUSE);
      found.push(...(await this.#look()));
    }
    return found;
  }

  async #look(): Promise<readonly ApiRecord[]> {
    const all = await this.#newEvents();
    const newest = all.at(-1);
    if (newest !== undefined) this.#last = String(newest['id']);
    return all.filter((event) => this.#belongs(event));
  }

  /** Oldest first. */
  async #newEvents(): Promise<readonly ApiRecord[]> {
    const found: ApiRecord[] = [];
    if (this.#last === undefined) {
      let after: ApiRecord = {};
      for (;;) {
        const { events, more } = await page(this.#stage, { limit: PAGE, ...after });
        found.push(...events);
        if (!more) return found.reverse();
        after = { starting_after: events.at(-1)?.['id'] };
      }
    }
    let before = this.#last;
    for (;;) {
      const { events, more } = await page(this.#stage, { limit: PAGE, ending_before: before });
      found.push(...events.toReversed());
      const newest = events[0];
      if (!more || newest === undefined) return found;
      before = String(newest['id']);
    }
  }

  #belongs(event: ApiRecord): boolean {
    const data = event['data'] as { object?: ApiRecord } | undefined;
    const object = data?.object ?? {};
    const request = event['request'] as { id?: unknown } | null | undefined;
    const mine =
      this.#requests.has(String(request?.id)) ||
      this.#objects.has(String(object['id'])) ||
      LINKS.some((link) => this.#objects.has(idOf(object[link])));
    if (mine) this.noteOwn(object);
    return mine;
  }
}

/** The id of a reference, expanded or not; empty where there is none. */
function idOf(value: unknown): string {
  const id: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : value;
  return typeof id === 'string' ? id : '';
}

/** Types that are expected and have not been found as often as that. */
function missing(expected: readonly string[], found: readonly ApiRecord[]): readonly string[] {
  const left = found.map((event) => String(event['type']));
  return expected.filter((type) => {
    const at = left.indexOf(type);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

async function page(
  stage: Stage,
  params: ApiRecord,
): Promise<{ readonly events: readonly ApiRecord[]; readonly more: boolean }> {
  const { object } = await stage.gateway.request('GET', '/v1/events', params);
  const data = object['data'];
  return { events: Array.isArray(data) ? data : [], more: object['has_more'] === true };
}
