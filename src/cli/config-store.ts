import { chmod, mkdir } from 'node:fs/promises';
import { type Config, configPath } from './config.ts';
import { CliError } from './errors.ts';

/** Changes settings; `undefined` removes one. The file is readable by its owner only. The one file that loads `conf`. */
export async function writeConfig(
  directory: string,
  changes: { readonly [name in keyof Config]?: string | undefined },
): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const { default: Conf } = await import('conf');
    const store = new Conf<Record<string, string>>({
      cwd: directory,
      configName: 'config',
      fileExtension: 'json',
      projectSuffix: '',
      projectName: 'payintent',
      configFileMode: 0o600,
      clearInvalidConfig: false,
    });
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) store.delete(name);
      else store.set(name, value);
    }
    // A file from elsewhere keeps its mode when it is replaced; a key must not stay readable by others.
    await chmod(configPath(directory), 0o600);
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `Can't write ${configPath(directory)}`, {
      why: error instanceof SyntaxError ? 'The file there is not valid JSON.' : reason(error),
      cause: error,
    });
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
