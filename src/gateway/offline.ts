import { constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pid } from 'node:process';
import { createEngine, type Engine } from '../emulator/engine.ts';
import { StateError } from '../emulator/store/state-error.ts';
import { createTransport } from '../emulator/transport.ts';
import { withClockDoor } from './clock-door.ts';
import { OfflineStateError } from './offline-state-error.ts';
import type { HttpClient } from './stripe-sdk.ts';

export interface OfflineOptions {
  /** A file, or `:memory:`. */
  readonly statePath: string;
  /** Works on a copy that is deleted on close. */
  readonly scratch?: boolean;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

export interface Offline {
  /** The key the emulator takes; any test-mode key would do. */
  readonly key: string;
  readonly httpClient: HttpClient;
  readonly engine: Engine;
  /** What went wrong inside the emulator itself during the last request, if anything. */
  failure(): unknown;
  close(): Promise<void>;
}

const offlineKey = ['sk', 'test', 'payintentOffline'].join('_');

/** Opens the emulator in this process. @throws OfflineStateError */
export async function openOffline(options: OfflineOptions): Promise<Offline> {
  const scratch = options.scratch === true ? copyOf(options.statePath) : undefined;
  let failure: unknown;
  try {
    const engine = createEngine({
      state: scratch?.path ?? options.statePath,
      ...(options.now === undefined ? {} : { realNow: options.now }),
      onBug: (error) => {
        failure = error;
      },
    });
    return {
      key: offlineKey,
      httpClient: createTransport(withClockDoor(engine)),
      engine,
      failure: () => (failure instanceof StateError ? toOfflineStateError(failure) : failure),
      async close() {
        engine.close();
        scratch?.remove();
      },
    };
  } catch (error) {
    scratch?.remove();
    throw error instanceof StateError ? toOfflineStateError(error) : error;
  }
}

function toOfflineStateError(error: StateError): OfflineStateError {
  return new OfflineStateError(error.code, error.message, error.wayOut, error);
}

/** The state file and its log, copied to where they can be changed without consequences. */
function copyOf(statePath: string): { path: string; remove: () => void } {
  if (statePath === ':memory:') return { path: statePath, remove: () => {} };
  // By the process in its name the doctor knows one that was left behind.
  const directory = mkdtempSync(join(tmpdir(), `payintent-dry-run-${pid}-`));
  const path = join(directory, 'state');
  for (const suffix of ['', '-wal']) {
    if (existsSync(statePath + suffix))
      copyFileSync(statePath + suffix, path + suffix, constants.COPYFILE_FICLONE);
  }
  return { path, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
