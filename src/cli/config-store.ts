import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type Conf from 'conf';
import { type Config, configPath } from './config.ts';
import { CliError } from './errors.ts';

/** Changes settings; `undefined` removes one. The file is readable by its owner only. The one file that loads `conf`. */
export async function writeConfig(
  directory: string,
  changes: { readonly [name in keyof Config]?: string | undefined },
): Promise<void> {
  await write(directory, 'config', changes);
}

/** Changes what a file besides the configuration keeps: `lessons`. Values are JSON; `undefined` removes one. */
export async function writeKept(
  directory: string,
  name: 'lessons',
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  await write(directory, name, changes);
}

async function write(
  directory: string,
  name: string,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const path = name === 'config' ? configPath(directory) : join(directory, `${name}.json`);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const store = await open(directory, name);
    for (const [field, value] of Object.entries(changes)) {
      if (value === undefined) store.delete(field);
      else store.set(field, value);
    }
    // A file from elsewhere keeps its mode when it is replaced; a key must not stay readable by others.
    await chmod(path, 0o600);
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `Can't write ${path}`, {
      why: error instanceof SyntaxError ? 'The file there is not valid JSON.' : reason(error),
      cause: error,
    });
  }
}

async function open(directory: string, name: string): Promise<Conf<Record<string, unknown>>> {
  const { default: Store } = await import('conf');
  return new Store<Record<string, unknown>>({
    cwd: directory,
    configName: name,
    fileExtension: 'json',
    projectSuffix: '',
    projectName: 'payintent',
    configFileMode: 0o600,
    clearInvalidConfig: false,
    // Ids have no dots; what is kept under them may.
    accessPropertiesByDotNotation: false,
  });
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
