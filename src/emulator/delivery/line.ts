import type { Delivery } from './delivery.ts';
import type { Faults } from './faults.ts';
import { holdsLine, type RetrySchedule } from './schedule.ts';

export interface LineOptions {
  readonly concurrency: number;
  readonly schedule: RetrySchedule;
  readonly now: () => number;
  readonly faults: Faults | undefined;
  /** Reads on behind a delivery; undefined when that is not possible any more. */
  readonly load: (after: string | undefined, limit: number) => Promise<readonly Delivery[] | undefined>;
  /** Makes an attempt. @returns the delivery as it is now when it has to be tried again */
  readonly deliver: (delivery: Delivery) => Promise<Delivery | undefined>;
  /** Told whenever there is nothing to do at the moment. */
  readonly onRest: () => void;
}

/** The deliveries to one destination, one behind the other. */
export interface Line {
  /** There may be new ones. */
  poke(): void;
  /** Looks again whether something is due. */
  look(): void;
  /** Begins nothing any more. @returns when what is under way has ended */
  stop(): Promise<void>;
  /** Whether nothing is waiting, under way or still to be read. */
  isEmpty(): boolean;
  readonly state: 'free' | 'busy' | 'retrying';
  readonly size: number;
}

/** How many deliveries are read from the storage at a time: all that is held in memory of a long line. */
const PAGE = 100;
/** Timers are looked at again after this long, whatever the clock says. Milliseconds. */
const LONGEST_TIMER_MS = 30_000;
/** How long a delivery that is to go second waits for one to go first, in milliseconds. */
const SECOND_WAITS_MS = 1000;

/** A line. Failed deliveries keep their place for a while (see `holdsLine`), then step aside and are tried on their own. */
export function createLine(options: LineOptions): Line {
  const { concurrency, schedule, now, faults } = options;
  /** In order; the first is next. */
  const queue: Delivery[] = [];
  const aside = new Map<string, Delivery>();
  const letPass = new Map<string, number>();
  let last: string | undefined;
  let more = true;
  let running = 0;
  let looking = false;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let whenEnded: (() => void) | undefined;
  let ended: Promise<void> | undefined;

  const ordered = concurrency === 1;
  const stays = (delivery: Delivery) => delivery.attempts === 0 || (ordered && holdsLine(schedule, delivery));

  /** Fills the queue up to where `count` are in it, if there are as many. */
  async function fill(count: number): Promise<void> {
    while (more && queue.length < count && !stopped) {
      more = false;
      const page = await options.load(last, PAGE);
      if (page === undefined) return;
      if (page.length === PAGE) more = true;
      for (const delivery of page) {
        if (stays(delivery)) queue.push(delivery);
        else aside.set(delivery.id, delivery);
      }
      last = page.at(-1)?.id ?? last;
    }
  }

  /** Takes what is due next out of the line. */
  async function take(): Promise<Delivery | undefined> {
    for (const delivery of aside.values()) {
      if (delivery.notBefore > now()) continue;
      aside.delete(delivery.id);
      return delivery;
    }
    if (queue.length === 0) await fill(1);
    const [first] = queue;
    if (first === undefined || first.notBefore > now()) return undefined;
    if (faults !== undefined && first.attempts === 0 && faults.plan(first.id, 1).goesSecond) {
      if (!letPass.has(first.id)) {
        await fill(2);
        letPass.set(first.id, performance.now() + SECOND_WAITS_MS);
        if (queue.length > 1) return queue.splice(1, 1)[0];
      }
      if (queue.length === 1 && performance.now() < (letPass.get(first.id) ?? 0)) {
        await fill(2);
        if (queue.length === 1) return undefined;
        letPass.set(first.id, 0);
        return queue.splice(1, 1)[0];
      }
      letPass.delete(first.id);
    }
    queue.shift();
    return first;
  }

  async function run(delivery: Delivery): Promise<void> {
    running += 1;
    try {
      const next = await options.deliver(delivery);
      if (next !== undefined) {
        if (stays(next)) queue.unshift(next);
        else aside.set(next.id, next);
      }
    } finally {
      running -= 1;
      if (stopped && running === 0) whenEnded?.();
      look();
    }
  }

  function look(): void {
    again = true;
    if (!looking) void lookOn();
  }

  async function lookOn(): Promise<void> {
    looking = true;
    while (again && !stopped) {
      again = false;
      while (running < concurrency && !stopped) {
        const delivery = await take();
        if (delivery === undefined) break;
        // What was taken after a stop stays open in the storage.
        if (!stopped) void run(delivery);
      }
    }
    looking = false;
    setTimer();
    if (running === 0) options.onRest();
  }

  function setTimer(): void {
    clearTimeout(timer);
    timer = undefined;
    if (stopped || running >= concurrency) return;
    let due = Number.POSITIVE_INFINITY;
    const [first] = queue;
    if (first !== undefined)
      due = Math.max(first.notBefore - now(), (letPass.get(first.id) ?? 0) - performance.now());
    for (const delivery of aside.values()) due = Math.min(due, delivery.notBefore - now());
    if (due === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(look, Math.min(Math.max(Math.ceil(due), 0), LONGEST_TIMER_MS));
  }

  return {
    poke() {
      more = true;
      look();
    },
    look,
    stop() {
      stopped = true;
      clearTimeout(timer);
      ended ??=
        running === 0
          ? Promise.resolve()
          : new Promise((resolve) => {
              whenEnded = resolve;
            });
      return ended;
    },
    isEmpty: () => queue.length === 0 && aside.size === 0 && running === 0 && !more && !looking,
    get state() {
      if (running > 0) return 'busy';
      const [first] = queue;
      return first !== undefined && first.notBefore > now() ? 'retrying' : 'free';
    },
    get size() {
      return queue.length + aside.size + running;
    },
  };
}
