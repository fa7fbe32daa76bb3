import type { Answer, ApiRecord, Gateway } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';

/** A request that was answered. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly apiVersion: string | undefined;
  readonly replayed: boolean;
  /** The object, or the `error` hash of a refusal. */
  readonly body: ApiRecord;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of a refusal. */
  readonly error: GatewayError | undefined;
}

/** A gateway that remembers what was answered since the last time it was asked. */
export class HeardGateway implements Gateway {
  readonly target;
  readonly #inner: Gateway;
  readonly #now: () => number;
  #heard: Heard[] = [];

  constructor(inner: Gateway, now: () => number) {
    this.target = inner.target;
    this.#inner = inner;
    this.#now = now;
  }

  /** In the order of the answers; forgotten afterwards. */
  take(): readonly Heard[] {
    const heard = this.#heard;
    this.#heard = [];
    return heard;
  }

  async request(...request: Parameters<Gateway['request']>): Promise<Answer> {
    const [method, path] = request;
    try {
      const answer = await this.#inner.request(...request);
      const { apiVersion, replayed, object } = answer;
      this.#heard.push({
        method,
        path,
        status: 200,
        apiVersion,
        replayed,
        body: object,
        at: this.#now(),
        error: undefined,
      });
      return answer;
    } catch (error) {
      if (error instanceof GatewayError && error.facts.status !== undefined) {
        const { status, apiVersion, replayed = false, body } = error.facts;
        this.#heard.push({ method, path, status, apiVersion, replayed, body, at: this.#now(), error });
      }
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}
