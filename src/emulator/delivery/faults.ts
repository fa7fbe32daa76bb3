import { parseDuration } from '../../domain/duration.ts';

/** Faults that real deliveries have, each with how often it happens: 0 never, 1 always. */
export interface FaultSpec {
  /** How many times a delivery is sent in all. */
  readonly duplicate?: { readonly copies: number; readonly share: number };
  /** A delivery lets the next one go ahead. */
  readonly reorder?: { readonly share: number };
  readonly delay?: { readonly ms: number; readonly share: number };
  /** The handler's acceptance is lost on the way: it is sent again later. */
  readonly dropAck?: { readonly share: number };
  /** Signed with another secret at the first attempt. */
  readonly badSignature?: { readonly share: number };
}

/** What is done to one attempt. */
export interface AttemptPlan {
  readonly copies: number;
  readonly delayMs: number;
  readonly dropAck: boolean;
  readonly badSignature: boolean;
  /** Whether the next delivery to this destination goes first. */
  readonly goesSecond: boolean;
}

export const NO_FAULTS: AttemptPlan = {
  copies: 1,
  delayMs: 0,
  dropAck: false,
  badSignature: false,
  goesSecond: false,
};

/** What is wrong with a text of faults. */
export class FaultSyntaxError extends Error {
  override readonly name = 'FaultSyntaxError';
  /** The part that cannot be read. */
  readonly part: string;

  constructor(part: string, message: string) {
    super(message);
    this.part = part;
  }
}

const FAULT_NAMES = ['duplicate', 'reorder', 'delay', 'drop-ack', 'bad-signature'] as const;
type FaultName = (typeof FAULT_NAMES)[number];

const MOST_COPIES = 20;

/**
 * Reads `duplicate=2,reorder,delay=5s,drop-ack,bad-signature=10%`. After a `@` comes how often, e.g. `delay=5s@20%`;
 * `reorder`, `drop-ack` and `bad-signature` take it after `=` too.
 *
 * @throws FaultSyntaxError
 */
export function parseFaults(text: string): FaultSpec {
  const spec: { -readonly [K in keyof FaultSpec]: FaultSpec[K] } = {};
  for (const part of text.split(',').map((word) => word.trim())) {
    if (part === '') continue;
    const [, name = '', value, often] = /^([^=@]*)(?:=([^@]*))?(?:@(.*))?$/.exec(part) ?? [];
    const share = (fallback: number) =>
      readShare(part, often ?? (takesValue(name) ? undefined : value), fallback);
    switch (name as FaultName) {
      case 'duplicate':
        spec.duplicate = { copies: readCopies(part, value ?? '2'), share: share(1) };
        break;
      case 'delay':
        spec.delay = { ms: readDelay(part, value ?? '1s'), share: share(1) };
        break;
      case 'reorder':
        spec.reorder = { share: share(1) };
        break;
      case 'drop-ack':
        spec.dropAck = { share: share(1) };
        break;
      case 'bad-signature':
        spec.badSignature = { share: share(1) };
        break;
      default:
        throw new FaultSyntaxError(part, `"${name}" is no fault: there are ${FAULT_NAMES.join(', ')}`);
    }
  }
  return spec;
}

const takesValue = (name: string) => name === 'duplicate' || name === 'delay';

function readShare(part: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const [, number = '', percent] = /^(\d+(?:\.\d+)?)(%)?$/.exec(text) ?? [];
  const share = Number(number) / (percent === undefined ? 1 : 100);
  if (number === '' || share > 1) throw new FaultSyntaxError(part, `"${text}" is no share: write 10% or 0.1`);
  return share;
}

function readCopies(part: string, text: string): number {
  const copies = Number(text);
  if (Number.isInteger(copies) && copies >= 1 && copies <= MOST_COPIES) return copies;
  throw new FaultSyntaxError(part, `"${text}" is no number of copies from 1 to ${MOST_COPIES}`);
}

function readDelay(part: string, text: string): number {
  const milliseconds = /^(\d+)ms$/.exec(text)?.[1];
  const seconds = milliseconds === undefined ? parseDuration(text) : Number(milliseconds) / 1000;
  if (seconds !== undefined) return seconds * 1000;
  throw new FaultSyntaxError(part, `"${text}" is no delay: write 500ms, 5s or 1m`);
}

/** Decides what is done to each attempt. */
export interface Faults {
  /**
   * @param deliveryId the same delivery and attempt always get the same plan
   * @param attempt counted from 1
   */
  plan(deliveryId: string, attempt: number): AttemptPlan;
}

/** Faults of a seed: the same seed does the same to the same deliveries, in whatever order they are asked about. */
export function createFaults(spec: FaultSpec, seed: string | number): Faults {
  return {
    plan(deliveryId, attempt) {
      const happens = (fault: string, share: number | undefined) =>
        share !== undefined && share > 0 && fraction(`${seed} ${deliveryId} ${attempt} ${fault}`) < share;
      const first = attempt === 1;
      return {
        copies: first && happens('duplicate', spec.duplicate?.share) ? (spec.duplicate?.copies ?? 1) : 1,
        delayMs: first && happens('delay', spec.delay?.share) ? (spec.delay?.ms ?? 0) : 0,
        // Only once, so that every delivery ends.
        dropAck: first && happens('drop-ack', spec.dropAck?.share),
        badSignature: first && happens('bad-signature', spec.badSignature?.share),
        goesSecond: first && happens('reorder', spec.reorder?.share),
      };
    },
  };
}

/** A number from 0 up to 1 that depends on a text only: FNV-1a, then a finalizer that spreads its low bits. */
function fraction(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
