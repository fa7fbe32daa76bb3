import type { ApiRecord } from '../gateway/gateway.ts';
import type { PrivateEmulator } from '../gateway/private-emulator.ts';
import { type Courier, type Outcome, signBody } from '../gateway/webhook-tools.ts';
import type { Framework } from '../webhook/frameworks.ts';
import { type Control, takeControl } from './control.ts';
import type { Effect } from './effect.ts';
import { bodyOf } from './event-body.ts';
import type { Order } from './order.ts';
import type { BreakHook, OrderHook, Probe } from './outside.ts';
import { type Price, Storyteller } from './stories.ts';

export interface BenchOptions {
  readonly url: string;
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly price: Price;
  readonly emulator: PrivateEmulator;
  /** Whether the app under test reaches that emulator. */
  readonly served: boolean;
  readonly courier: Courier;
  readonly probe?: Probe | undefined;
  readonly probePath?: string | undefined;
  readonly orderHook?: OrderHook | undefined;
  readonly breakHook?: BreakHook | undefined;
  readonly framework?: Framework | undefined;
  /** How long to wait for an answer. Milliseconds. */
  readonly timeoutMs: number;
  /** How long an answer may take. Milliseconds. */
  readonly answerWithinMs: number;
  /** How long to wait for an effect to show. Milliseconds. */
  readonly settleMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
}

export interface DeliverOptions {
  /** Signed with these; the endpoint's own unless given. */
  readonly secrets?: string | readonly string[];
  /** Seconds before now. */
  readonly age?: number;
  readonly scheme?: string;
  /** The whole header: none at all for null. */
  readonly header?: string | null;
  /** The body in place of the event's. */
  readonly body?: string;
}

/** What can be seen of an order at one moment. */
export interface Look {
  /** Undefined where nothing that can be read tells about effects. */
  readonly effect: Effect | undefined;
  /** Requests of the app that changed something in the emulator, so far. */
  readonly writes: number;
}

const POLL_MS = 20;

/** What checks work with: deliveries, orders with real payments, and sight of their effects. */
export class Bench {
  readonly options: BenchOptions;
  readonly stories: Storyteller;
  #control: Promise<Control> | undefined;
  /** The same once it is known; it delivers too, so deliveries cannot wait for it. */
  #settled: Control | undefined;
  #orders = 0;
  readonly #run: string;

  constructor(options: BenchOptions) {
    this.options = options;
    this.#run = Math.floor(options.now()).toString(36);
    this.stories = new Storyteller(options.emulator, async (order) => options.orderHook?.(order));
  }

  /** An id no other order has, in this run or another. */
  newOrder(): string {
    this.#orders += 1;
    return `order_${this.#run}_${this.#orders}`;
  }

  get price(): Price {
    return this.options.price;
  }

  /** One ordinary payment, which tells whether deliveries are accepted and where effects are seen. Made once. */
  control(): Promise<Control> {
    this.#control ??= takeControl(this).then((control) => {
      this.#settled = control;
      return control;
    });
    return this.#control;
  }

  /** Delivers an event, signed as Stripe signs it unless told otherwise. Never rejects. */
  async deliver(event: ApiRecord, options: DeliverOptions = {}): Promise<Outcome> {
    const body = options.body ?? bodyOf(event, this.#settled?.compact);
    const { url, headers, timeoutMs, signal } = this.options;
    return this.options.courier.deliver({
      url,
      body,
      signature: this.signature(body, options),
      headers,
      timeoutMs,
      signal,
    });
  }

  signature(body: string, options: DeliverOptions = {}): string | undefined {
    if (options.header !== undefined) return options.header ?? undefined;
    const timestamp = Math.floor(this.options.now() / 1000) - (options.age ?? 0);
    return signBody(body, options.secrets ?? this.options.secret, timestamp, options.scheme);
  }

  /** What can be seen of an order now. */
  async look(order: Order): Promise<Look> {
    const { probe } = this.options;
    const reader = this.#settled?.reader;
    const writes = this.writes();
    if (reader === undefined) return { effect: undefined, writes };
    return { effect: reader.read(await probe?.(order), order, writes), writes };
  }

  /** Requests of the app that changed something, a repeated idempotency key counting once. */
  writes(): number {
    const keys = new Set<string>();
    let without = 0;
    for (const { method, status, idempotencyKey } of this.options.emulator.calls) {
      if (method === 'GET' || status >= 400) continue;
      if (idempotencyKey === undefined) without += 1;
      else keys.add(idempotencyKey);
    }
    return keys.size + without;
  }

  /**
   * Waits until an order has been fulfilled so many times more than before, or for as long as effects may take; then a
   * little longer, for one too many.
   */
  async settle(order: Order, before: Look, times: number): Promise<Look> {
    const deadline = this.options.now() + this.options.settleMs;
    const from = before.effect?.fulfilled ?? 0;
    if (times > 0 && this.#settled?.reader !== undefined) {
      while (this.options.now() < deadline) {
        const { effect } = await this.look(order);
        if ((effect?.fulfilled ?? 0) - from >= times) break;
        await this.options.sleep(POLL_MS);
      }
    }
    await this.options.sleep(this.#settled?.quietMs ?? 50);
    return this.look(order);
  }
}
