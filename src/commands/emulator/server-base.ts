import type { Context } from '../../cli/context.ts';
import { CliError } from '../../cli/errors.ts';

/**
 * The origin of the server that `--api-base` or PAYINTENT_API_BASE names: that of `emulator exec` around this command, for one.
 * Undefined where nothing names one. A state that is named, or --offline, means the file; only then does an address in the
 * environment not count. @throws CliError
 */
export function serverBase({ globals, host }: Context): string | undefined {
  const fromEnv =
    globals.state === undefined && globals.target === undefined ? host.env['PAYINTENT_API_BASE'] : undefined;
  const base = globals.apiBase ?? (fromEnv?.trim() || undefined);
  if (base === undefined) return undefined;
  if (globals.state !== undefined) {
    throw new CliError('FLAGS_CONFLICT', '--state and --api-base exclude each other', {
      why: 'The one names a file, the other a server with a state of its own.',
    });
  }
  return originOf(base);
}

function originOf(base: string): string {
  try {
    const url = new URL(base);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url.origin;
  } catch {
    // Said below.
  }
  throw new CliError('FLAG_INVALID', `${base} is not the address of a server`, {
    why: 'It looks like http://127.0.0.1:12111.',
  });
}
