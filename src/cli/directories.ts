import { join } from 'node:path';
import type { Host } from './host.ts';

export interface Directories {
  readonly config: string;
  readonly state: string;
}

/**
 * Where configuration and state live: `PAYINTENT_HOME` for both; else the XDG base directories, or what macOS and
 * Windows have instead. State does not depend on the folder one happens to be in.
 */
export function directories({
  env,
  homeDirectory,
  platform,
}: Pick<Host, 'env' | 'homeDirectory' | 'platform'>): Directories {
  const own = env['PAYINTENT_HOME'];
  if (own !== undefined && own !== '') return { config: own, state: own };
  if (platform === 'win32') {
    const roaming = env['APPDATA'] ?? join(homeDirectory, 'AppData', 'Roaming');
    const local = env['LOCALAPPDATA'] ?? join(homeDirectory, 'AppData', 'Local');
    return { config: join(roaming, 'payintent'), state: join(local, 'payintent') };
  }
  const xdg = (name: string, ...fallback: string[]): string => {
    const value = env[name];
    // The XDG specification: a relative path is invalid and ignored.
    return join(value?.startsWith('/') === true ? value : join(homeDirectory, ...fallback), 'payintent');
  };
  if (platform === 'darwin') {
    const library = ['Library', 'Application Support'];
    return { config: xdg('XDG_CONFIG_HOME', ...library), state: xdg('XDG_STATE_HOME', ...library) };
  }
  return { config: xdg('XDG_CONFIG_HOME', '.config'), state: xdg('XDG_STATE_HOME', '.local', 'state') };
}

/** Where `listen` keeps how far it got. */
export function listenDirectory({ state }: Pick<Directories, 'state'>): string {
  return join(state, 'listen');
}
