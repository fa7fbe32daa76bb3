import type { Answer, ApiRecord, Gateway } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import { Stopped } from './finding.ts';

/** The metadata by which everything a run of `smoke` makes can be told. */
export const SMOKE_MARK = 'payintent_smoke';

/** A run, and the metadata by which what it makes can be told. */
export interface Mark {
  /** `payintent_smoke` */
  readonly name: string;
  readonly run: string;
}

/**
 * A gateway that remembers what it makes: every payment is marked with the run, every change has an idempotency key,
 * and once the run is stopped nothing new is begun.
 */
export class TidyGateway implements Gateway {
  readonly target;
  readonly #inner: Gateway;
  readonly #mark: Mark;
  readonly #signal: AbortSignal;
  readonly #keys: string;
  readonly #made = new Set<string>();
  readonly #others = new Set<string>();
  #sent = 0;
  #unsure = false;

  /** @param keys what idempotency keys begin with, where several of these share a run */
  constructor(inner: Gateway, mark: Mark, signal: AbortSignal, keys = mark.run) {
    this.target = inner.target;
    this.#inner = inner;
    this.#mark = mark;
    this.#keys = keys;
    this.#signal = signal;
  }

  /** Ids of the intents that were made. */
  get made(): ReadonlySet<string> {
    return this.#made;
  }

  /** Ids of the customers and SetupIntents that were made. */
  get others(): ReadonlySet<string> {
    return this.#others;
  }

  /** Whether an intent may have been made whose id never arrived. */
  get unsure(): boolean {
    return this.#unsure;
  }

  async request(
    ...[method, path, params = {}, options = {}]: Parameters<Gateway['request']>
  ): Promise<Answer> {
    if (this.#signal.aborted) throw new Stopped();
    if (method !== 'POST') return this.#send(method, path, params, options);
    this.#sent += 1;
    const idempotencyKey = options.idempotencyKey ?? `${this.#keys}_${this.#sent}`;
    const marked = /^\/v1\/(payment_intents|refunds)$/.test(path)
      ? { ...params, metadata: { ...recordOf(params['metadata']), [this.#mark.name]: this.#mark.run } }
      : params;
    try {
      const answer = await this.#send(method, path, marked, { idempotencyKey });
      this.#note(answer.object);
      return answer;
    } catch (error) {
      if (error instanceof GatewayError) {
        this.#note(error.intent);
        this.#note(recordOf(error.facts.body['setup_intent']));
        this.#unsure ||= error.facts.status === undefined || error.facts.status >= 500;
      }
      throw error;
    }
  }

  /** Answers that are no objects of the API are failures of the server, whatever they make the SDK stumble over. */
  async #send(...request: Parameters<Gateway['request']>): Promise<Answer> {
    try {
      const answer = await this.#inner.request(...request);
      if (typeof answer.object === 'object' && answer.object !== null) return answer;
    } catch (error) {
      if (this.target === 'offline' || !(error instanceof TypeError || error instanceof SyntaxError))
        throw error;
    }
    throw new GatewayError('The answer is not an object of the API', { kind: 'api', body: {} });
  }

  #note(object: ApiRecord | undefined): void {
    const [kind, id] = [object?.['object'], object?.['id']];
    if (typeof id !== 'string') return;
    if (kind === 'payment_intent') this.#made.add(id);
    if (kind === 'customer' || kind === 'setup_intent') this.#others.add(id);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}

function recordOf(value: unknown): ApiRecord {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
