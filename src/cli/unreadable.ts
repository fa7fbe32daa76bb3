import { CliError } from './errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'You are not allowed to read it.',
  EISDIR: 'It is a directory.',
  ENOENT: 'There is no such file.',
};

/** A file that was named and cannot be read: why, in words. */
export function unreadable(what: string, error: unknown): CliError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const why = code === undefined ? undefined : (REASONS[code] ?? code);
  return new CliError('FILE_UNREADABLE', `Can't read ${what}`, { why, cause: error });
}
