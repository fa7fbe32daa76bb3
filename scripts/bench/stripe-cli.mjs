// Stripe's own CLI: named by PAYINTENT_STRIPE_CLI, or installed from npm into a temporary folder.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const VERSION = '1.52.0';

/**
 * @returns {{native: string, launcher: string | undefined} | undefined} the native program, and the launcher that npm
 * puts before it, which is what its users start
 */
export function findStripeCli(folder) {
  const named = process.env.PAYINTENT_STRIPE_CLI;
  if (named !== undefined)
    return existsSync(named) ? { native: named, launcher: launcherOf(named) } : undefined;
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `@stripe/cli@${VERSION}`];
  if (spawnSync(npm, install, { cwd: folder, stdio: 'ignore' }).status !== 0) return undefined;
  const path = `node_modules/@stripe/cli-${process.platform}-${process.arch}/bin/stripe`;
  const native = [path, `${path}.exe`].map((file) => join(folder, file)).find((file) => existsSync(file));
  return native === undefined ? undefined : { native, launcher: launcherOf(native) };
}

/** The script in `node_modules/@stripe/cli/bin`, beside the platform's package. */
function launcherOf(native) {
  const folder = join(dirname(native), '..', '..', 'cli', 'bin');
  if (!existsSync(folder)) return undefined;
  const script = readdirSync(folder).find((name) => name.endsWith('.js'));
  return script === undefined ? undefined : join(folder, script);
}
