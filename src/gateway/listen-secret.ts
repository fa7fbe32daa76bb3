import { createHmac } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pid } from 'node:process';
import { createIds } from '../emulator/ids.ts';

/** Holds one line. */
export const LISTEN_SECRET_FILE = 'webhook-secret';

/**
 * The secret that `listen` signs with: made once, the same for ever after, readable by its owner only.
 *
 * @param directory where the program keeps its state
 * @throws the file system's error
 */
export function listenSecret(directory: string): string {
  const file = join(directory, LISTEN_SECRET_FILE);
  const found = readSecret(file);
  if (found !== undefined) return found;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = `${file}.${pid}.tmp`;
  writeFileSync(draft, `${createIds().signingSecret()}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  try {
    // Of several processes that begin at once, one makes the secret of all.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (readSecret(file) === undefined) writeFileSync(file, readFileSync(draft), { mode: 0o600 });
  } finally {
    rmSync(draft, { force: true });
  }
  const made = readSecret(file);
  if (made === undefined) throw new Error(`${file} does not hold what was written to it`);
  return made;
}

/** The secret that was made here, if it was. @throws the file system's error */
export function madeListenSecret(directory: string): string | undefined {
  return readSecret(join(directory, LISTEN_SECRET_FILE));
}

/** The secret of one route: another one, and as stable as the first. */
export function routeSecret(secret: string, route: string): string {
  return `whsec_${createHmac('sha256', secret).update(`route ${route}`).digest('hex')}`;
}

function readSecret(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return /^whsec_\w{16,}$/.test(text) ? text : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
