import { setTimeout as wait } from 'node:timers/promises';
import { isPlaceholderKey } from '../domain/placeholder-keys.ts';
import type { ApiRecord, Gateway } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import { inspectState, type StateInspection } from '../gateway/state-inspection.ts';
import type { FoundKey, Target } from '../gateway/target.ts';
import { type EnvFile, readEnvFiles } from './env-files.ts';

/** What the output can do, and why. */
export interface TerminalFacts {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  /** Undefined where there is no terminal, or it does not say. */
  readonly columns: number | undefined;
  readonly colored: boolean;
  /** What decided on colours. */
  readonly colorWhy: string;
  readonly accessible: boolean;
  /** Whether questions can be asked. */
  readonly canAsk: boolean;
  /** `TERM` */
  readonly term: string | undefined;
  /** The locale that decides how text is encoded, and where it comes from; undefined where none is set. */
  readonly locale: { readonly name: string; readonly value: string } | undefined;
}

/** The configuration file, as it was found. */
export interface ConfigFacts {
  readonly path: string;
  readonly exists: boolean;
  /** Why it cannot be used. */
  readonly problem: string | undefined;
  /** Names in it that mean nothing, or whose value is not one they take. */
  readonly ignored: readonly string[];
  /** Whether it holds a setting of ours: `PAYINTENT_HOME` can name the folder of another program. */
  readonly ours: boolean;
  /** Whether it holds a key. */
  readonly holdsKey: boolean;
}

/** Why there is no target, or no key for it. */
export interface TargetTrouble {
  /** `KEY_…`, `FLAG_INVALID`, … */
  readonly code: string;
  readonly message: string;
  readonly why: string | undefined;
}

/** What is known before anything is looked at. */
export interface DoctorParts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly homeDirectory: string;
  readonly platform: string;
  /** Version of this program. */
  readonly version: string;
  readonly config: ConfigFacts;
  readonly directories: { readonly config: string; readonly state: string };
  /** File of the emulator's state, or `:memory:`. */
  readonly statePath: string;
  /** What decided on it. */
  readonly stateWhy: string;
  readonly target: Target | undefined;
  readonly trouble: TargetTrouble | undefined;
  /** What decided on the target, where there is trouble with it. */
  readonly targetWhy: string;
  /** Every key there is, the one that wins first. */
  readonly keys: readonly FoundKey[];
  /** Where a served emulator would be. */
  readonly port: number;
  readonly portUrl: string;
  readonly terminal: TerminalFacts;
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Milliseconds since the epoch. */
  now(): number;
  /** The API with a key. */
  openApi(key: string): Promise<Gateway>;
}

/** How the account was asked for, and what came of it. */
export type Asked =
  | { readonly kind: 'answered'; readonly account: ApiRecord; readonly clock: ClockReading | undefined }
  | { readonly kind: 'refused'; readonly error: GatewayError; readonly clock: ClockReading | undefined }
  | { readonly kind: 'unasked'; readonly why: string };

/** The `Date` of an answer, and when the question was sent and answered by the clock here. Milliseconds since the epoch. */
export interface ClockReading {
  readonly date: string;
  readonly sentAt: number;
  readonly heardAt: number;
}

/** What checks work with. */
export interface DoctorBench extends DoctorParts {
  /** The account behind the key, asked for once. Never rejects for what the API does. */
  account(): Promise<Asked>;
  /** Asks with another key. @throws GatewayError */
  ask(key: string, path: string, params: ApiRecord): Promise<ApiRecord>;
  /** The state file, looked at once; undefined where there is none. @throws OfflineStateError */
  state(): StateInspection | undefined;
  /** `.env*` files of the working directory, read once. */
  envFiles(): readonly EnvFile[];
  /** Has a text hidden from everything that is shown. */
  hide(secret: string | undefined): void;
}

export interface OpenedBench {
  readonly bench: DoctorBench;
  /** Everything that must not be shown. */
  readonly hidden: ReadonlySet<string>;
  close(): Promise<void>;
}

export function openBench(parts: DoctorParts): OpenedBench {
  const hidden = new Set<string>();
  const open: Gateway[] = [];
  let asked: Promise<Asked> | undefined;
  let files: readonly EnvFile[] | undefined;
  let state: (() => StateInspection | undefined) | undefined;

  async function answerTo(key: string, path: string, params: ApiRecord) {
    const gateway = await parts.openApi(key);
    open.push(gateway);
    return within(parts.timeoutMs, gateway.request('GET', path, params));
  }

  async function askAccount(): Promise<Asked> {
    const { target } = parts;
    if (target === undefined) return { kind: 'unasked', why: 'There is no usable key.' };
    if (target.name === 'offline') return { kind: 'unasked', why: 'Offline, nobody is asked.' };
    const sentAt = parts.now();
    const reading = (date: string | undefined) =>
      date === undefined ? undefined : { date, sentAt, heardAt: parts.now() };
    try {
      const { object, date } = await answerTo(target.key, '/v1/account', {});
      return { kind: 'answered', account: object, clock: reading(date) };
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      return { kind: 'refused', error, clock: reading(error.facts.date) };
    }
  }

  const bench: DoctorBench = {
    ...parts,
    account() {
      asked ??= askAccount();
      return asked;
    },
    ask: async (key, path, params) => (await answerTo(key, path, params)).object,
    state() {
      state ??= lookedAt(parts.statePath);
      return state();
    },
    envFiles() {
      files ??= readEnvFiles(parts.cwd);
      return files;
    },
    hide(secret) {
      const text = secret?.trim() ?? '';
      if (text.length >= 6 && !isPlaceholderKey(text)) hidden.add(text);
    },
  };
  return {
    bench,
    hidden,
    async close() {
      for (const gateway of open) await gateway.close();
    },
  };
}

/** What a look at the state came to, to be told as often as it is asked for. */
function lookedAt(path: string): () => StateInspection | undefined {
  try {
    const found = inspectState(path);
    return () => found;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** The SDK's own limit is on silence: a server that sends a byte now and then would hold it for ever. */
async function within<T>(timeoutMs: number, answer: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const late = wait(timeoutMs + 500, undefined, { signal: stop.signal }).then(() => {
    throw new GatewayError(`No whole answer within ${timeoutMs / 1000} s`, { kind: 'network', body: {} });
  });
  // Whichever loses is not waited for.
  late.catch(() => {});
  answer.catch(() => {});
  try {
    return await Promise.race([answer, late]);
  } finally {
    stop.abort();
  }
}
