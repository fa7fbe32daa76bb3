import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { pid } from 'node:process';

/**
 * Says "ready" through a file, which appears whole or not at all.
 *
 * @param facts written beside the id of this process
 * @returns takes the file away again, unless another process has put its own there
 * @throws the file system's error
 */
export function writeReadyNote(file: string, facts: object): () => void {
  const draft = `${file}.${pid}.tmp`;
  try {
    writeFileSync(draft, `${JSON.stringify({ pid, ...facts })}\n`);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  return () => {
    try {
      const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (typeof found === 'object' && found !== null && 'pid' in found && found.pid === pid) rmSync(file);
    } catch {
      // Gone already.
    }
  };
}
