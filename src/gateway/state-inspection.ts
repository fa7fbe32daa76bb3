import { inspectStore, type StoreInspection } from '../emulator/store/inspect-store.ts';
import { toOfflineError } from './emulator-access.ts';

export type StateInspection = StoreInspection;

/**
 * What a look at a state file tells: whether it is sound, how large, of which schema. Changes nothing.
 *
 * @returns undefined where there is no file
 * @throws OfflineStateError
 */
export function inspectState(statePath: string): StateInspection | undefined {
  try {
    return inspectStore(statePath);
  } catch (error) {
    throw toOfflineError(error);
  }
}
