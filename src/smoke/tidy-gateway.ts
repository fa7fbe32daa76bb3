import type { Answer, ApiRecord, Gateway } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import { Stopped } from './finding.ts';

/** The metadata by which everything a run makes can be told. */
export const MARK = 'payintent_smoke';

/**
 * A gateway that remembers what it makes: every payment is marked with the run, every change has an idempotency key,
 * and once the run is stopped nothing new is begun.
 */
export class TidyGateway implements Gateway {
  readonly target;
  readonly #inner: Gateway;
  readonly #run: string;
  readonly #signal: AbortSignal;
  readonly #made = new Set<string>();
  #sent = 0;
  #unsure = false;

  constructor(inner: Gateway, run: string, signal: AbortSignal) {
    this.target = inner.target;
    this.#inner = inner;
    this.#run = run;
    this.#signal = signal;
  }

  /** Ids of the intents that were made. */
  get made(): ReadonlySet<string> {
    return this.#made;
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
    const idempotencyKey = options.idempotencyKey ?? `${this.#run}_${this.#sent}`;
    const marked = /^\/v1\/(payment_intents|refunds)$/.test(path)
      ? { ...params, metadata: { ...recordOf(params['metadata']), [MARK]: this.#run } }
      : params;
    try {
      const answer = await this.#send(method, path, marked, { idempotencyKey });
      this.#note(answer.object);
      return answer;
    } catch (error) {
      if (error instanceof GatewayError) {
        this.#note(error.intent);
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
    if (object?.['object'] === 'payment_intent' && typeof object['id'] === 'string') {
      this.#made.add(object['id']);
    }
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}

function recordOf(value: unknown): ApiRecord {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
