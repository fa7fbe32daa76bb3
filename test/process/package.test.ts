import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const WINDOWS = process.platform === 'win32';

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

const folder = mkdtempSync(path.join(tmpdir(), 'payintent-package-'));
const installed = path.join(folder, 'node_modules/payintent');
let packed: Packed;
/** What the installation put beside nothing. */
let brought: readonly string[];

async function start(program: string, args: readonly string[], cwd: string) {
  const env = { ...process.env, PAYINTENT_HOME: path.join(folder, 'home'), NO_COLOR: '1' };
  for (const name of ['STRIPE_API_KEY', 'STRIPE_SECRET_KEY', 'PAYINTENT_TARGET'])
    Reflect.deleteProperty(env, name);
  return promisify(execFile)(program, args, { cwd, env, shell: WINDOWS && program === 'npm' });
}

/** What a user gets: packed here, installed into an empty folder without running anybody's install scripts. */
beforeAll(async () => {
  if (!existsSync(path.join(ROOT, 'dist/main.js')))
    await start(process.execPath, ['scripts/build.mjs'], ROOT);
  const { stdout } = await start(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--pack-destination', folder],
    ROOT,
  );
  // An array, or since npm 12 an object by name.
  packed = Object.values(JSON.parse(stdout) as Record<string, Packed>)[0] as Packed;
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "user", "private": true, "type": "module" }');
  await start(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', `./${packed.filename}`],
    folder,
  );
  brought = readdirSync(path.join(folder, 'node_modules'))
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(path.join(folder, 'node_modules', name)).map((inner) => `${name}/${inner}`)
        : [name],
    );
  // The SDK of somebody who uses the library: the one at hand, not another copy from the registry.
  symlinkSync(
    path.join(ROOT, 'node_modules/stripe'),
    path.join(folder, 'node_modules/stripe'),
    WINDOWS ? 'junction' : 'dir',
  );
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed files', () => {
  test('are the program, its types and its papers', () => {
    const places = new Set(
      packed.files.map((file) => file.path.split('/').slice(0, -1).join('/').split('/', 2).join('/')),
    );
    expect([...places].sort()).toEqual(['', 'bin', 'dist', 'dist/chunks', 'dist/exercises', 'dist/types']);
    expect(packed.files.map((file) => file.path)).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'CHANGELOG.md',
        'package.json',
        'bin/payintent.js',
        'dist/main.js',
        ...['checkout', 'fulfilment', 'receiver'].flatMap((program) => [
          `dist/exercises/${program}/mended.mjs`,
          `dist/exercises/${program}/start.mjs`,
        ]),
      ]),
    );
  });

  test('hold no test, fixture, source map or state', () => {
    const unwanted =
      /\.(test|spec)\.|(^|\/)(test|tests|fixtures|src|docs|scripts)\/|\.map$|\.db(-wal|-shm)?$|\.tsbuildinfo$/;
    expect(packed.files.map((file) => file.path).filter((file) => unwanted.test(file))).toEqual([]);
  });

  test('are small', () => {
    expect(packed.unpackedSize).toBeLessThan(5_000_000);
  });

  test('have a program that a shell can start', () => {
    const { bin, exports } = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
    expect(bin).toEqual({ payintent: 'bin/payintent.js' });
    expect(readFileSync(path.join(installed, bin.payintent), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(packed.files.find((file) => file.path === bin.payintent)?.mode).toBe(0o755);
    for (const target of Object.values(exports['.'] as Record<string, string>))
      expect(existsSync(path.join(installed, target)), target).toBe(true);
  });
});

describe('installed into an empty folder', () => {
  const payintent = (...args: string[]) =>
    WINDOWS
      ? start(process.execPath, [path.join(installed, 'bin/payintent.js'), ...args], folder)
      : start(path.join(folder, 'node_modules/.bin/payintent'), args, folder);

  test('it brings what cannot be bundled, and nothing else', () => {
    expect([...brought].sort()).toEqual([
      '@photostructure/sqlite',
      'node-addon-api',
      'node-gyp-build',
      'payintent',
    ]);
  });

  test('it says its version', async () => {
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
    expect(await payintent('--version')).toEqual({ stdout: `${version}\n`, stderr: '' });
  });

  test('it creates, confirms and finds a payment', async () => {
    const { stdout } = await payintent('create', '--amount', '5000', '--currency', 'usd', '-q');
    const id = stdout.trim();
    expect(id).toMatch(/^pi_0\w{23}$/);
    await payintent('confirm', id, '--payment-method', 'pm_card_visa');
    const list = JSON.parse((await payintent('list', '--json')).stdout);
    expect(list.data).toEqual([expect.objectContaining({ id, status: 'succeeded' })]);
  });

  test('its library works, beside an SDK of the user', async () => {
    const script = `
      import { createEmulator } from 'payintent';
      import Stripe from 'stripe';
      const emulator = createEmulator();
      const stripe = new Stripe('sk_test_any', { httpClient: emulator.httpClient });
      const intent = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd' });
      process.stdout.write(intent.status);
      await emulator.close();`;
    const { stdout } = await start(process.execPath, ['--input-type=module', '--eval', script], folder);
    expect(stdout).toBe('requires_payment_method');
  });

  test('its types are understood by a strict compiler', async () => {
    writeFileSync(
      path.join(folder, 'user.ts'),
      `import { createEmulator, type Emulator } from 'payintent';
       import Stripe from 'stripe';
       const emulator: Emulator = createEmulator({ state: ':memory:' });
       export const stripe = new Stripe('sk_test_any', { httpClient: emulator.httpClient });
       export const count: number = emulator.events('payment_intent.created').length;
       // @ts-expect-error: there is no such option, so the types are really there
       createEmulator({ nothing: 1 });`,
    );
    const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
    const roots = ['--typeRoots', path.join(ROOT, 'node_modules/@types')];
    const run = start(process.execPath, [compiler, ...options, ...roots, 'user.ts'], folder);
    await expect(run.catch((error) => error)).resolves.toMatchObject({ stdout: '', stderr: '' });
  });
});
