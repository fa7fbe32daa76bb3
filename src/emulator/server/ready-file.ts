import { readFile, rename, rm, writeFile } from 'node:fs/promises';

/** Content of a ready file: how a script finds the server it started. */
export interface ReadyFile {
  readonly url: string;
  readonly pid: number;
  readonly port: number;
}

/**
 * Says "the server listens" through a file. It appears whole or not at all, so a script may wait for it to exist and then
 * read it.
 *
 * @throws the file system's error when the folder is missing or not writable
 */
export async function writeReadyFile(file: string, ready: ReadyFile): Promise<void> {
  const draft = `${file}.${ready.pid}.tmp`;
  try {
    await writeFile(draft, `${JSON.stringify(ready)}\n`);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Takes the file away again, unless another server has put its own in that place meanwhile. Never throws. */
export async function removeReadyFile(file: string, ready: ReadyFile): Promise<void> {
  try {
    const found: unknown = JSON.parse(await readFile(file, 'utf8'));
    const ours =
      typeof found === 'object' && found !== null && 'pid' in found && 'port' in found
        ? found.pid === ready.pid && found.port === ready.port
        : false;
    if (ours) await rm(file, { force: true });
  } catch {
    // Gone or unreadable: nothing of ours to take away.
  }
}
