import type { Call } from './call.ts';

/** So many additions later, what nobody asks for any more is cleared away. */
const SWEEP_EVERY = 500;

/** Calls under a key, of which those of the last seconds are kept: looking at each call costs the same however many came before. */
export class Recent {
  readonly #window: number;
  readonly #lists = new Map<string, Call[]>();
  #added = 0;

  /** @param window in seconds of the emulator's clock */
  constructor(window: number) {
    this.#window = window;
  }

  /** Adds a call and answers all that are there, oldest first, itself included. */
  add(key: string, call: Call): readonly Call[] {
    const kept = this.#lists.get(key)?.filter((one) => this.#isRecent(one, call)) ?? [];
    // A flood of equal calls must not make each one dearer than the one before.
    if (kept.length >= MOST) kept.shift();
    kept.push(call);
    this.#lists.set(key, kept);
    this.#added += 1;
    if (this.#added % SWEEP_EVERY === 0) this.#sweep(call);
    return kept;
  }

  /** Those under a key that are recent seen from `call`, without adding it. */
  of(key: string, call: Call): readonly Call[] {
    return this.#lists.get(key)?.filter((one) => this.#isRecent(one, call)) ?? [];
  }

  forget(key: string): void {
    this.#lists.delete(key);
  }

  #isRecent(one: Call, now: Call): boolean {
    return now.created - one.created <= this.#window;
  }

  #sweep(now: Call): void {
    for (const [key, list] of this.#lists) {
      const last = list.at(-1);
      if (last === undefined || !this.#isRecent(last, now)) this.#lists.delete(key);
    }
  }
}

const MOST = 50;
