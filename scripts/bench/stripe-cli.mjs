// Stripe's own CLI: named by PAYINTENT_STRIPE_CLI, or installed from npm into a temporary folder.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = '1.52.0';

/** @returns {string | undefined} the native program, without the launcher that npm puts before it */
export function findStripeCli(folder) {
  const named = process.env.PAYINTENT_STRIPE_CLI;
  if (named !== undefined) return existsSync(named) ? named : undefined;
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `@stripe/cli@${VERSION}`];
  if (spawnSync(npm, install, { cwd: folder, stdio: 'ignore' }).status !== 0) return undefined;
  const native = `node_modules/@stripe/cli-${process.platform}-${process.arch}/bin/stripe`;
  return [native, `${native}.exe`].map((path) => join(folder, path)).find((path) => existsSync(path));
}
