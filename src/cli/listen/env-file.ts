import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { CliError } from '../errors.ts';

/** A file of variables with these set: lines that set them are changed where they stand, others are left alone. */
export function withVariables(text: string, variables: Readonly<Record<string, string>>): string {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  let changed = text;
  for (const [name, value] of Object.entries(variables)) {
    const line = new RegExp(`^([ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=[ \\t]*)[^\\r\\n]*`, 'gm');
    if (line.test(changed)) changed = changed.replace(line, (_, start: string) => start + value);
    else {
      const gap = changed === '' || changed.endsWith('\n') ? '' : lineEnd;
      changed = `${changed}${gap}${name}=${value}${lineEnd}`;
    }
  }
  return changed;
}

/**
 * Sets variables in a file such as `.env`. Nothing is written where they are set already, so that nothing that watches
 * the file starts again.
 *
 * @returns whether the file was changed
 */
export function writeEnvFile(file: string, variables: Readonly<Record<string, string>>): boolean {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    const before = found === undefined ? '' : readFileSync(file, 'utf8');
    const after = withVariables(before, variables);
    if (found !== undefined && after === before) return false;
    const real = found === undefined ? file : realpathSync(file);
    const draft = `${real}.payintent.tmp`;
    try {
      writeFileSync(draft, after, { mode: found === undefined ? 0o600 : found.mode & 0o777 });
      renameSync(draft, real);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
    return true;
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `Can't write ${file}`, {
      why: error instanceof Error && 'code' in error ? String(error.code) : undefined,
      cause: error,
    });
  }
}
