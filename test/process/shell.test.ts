import { spawn, spawnSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const place = join('node_modules', '.cache', `payintent-shell-${process.pid}`);
const program = join(root, place, 'bin', 'payintent.js');
let home = '';

/** What `npm run build` makes, beside its own shim: the bundle as it is published. */
beforeAll(() => {
  const built = spawnSync(process.execPath, ['scripts/build.mjs', '--outdir', join(place, 'dist')], {
    cwd: root,
  });
  expect([built.status, built.stderr.toString()]).toEqual([0, '']);
  for (const file of ['bin', 'package.json'])
    cpSync(join(root, file), join(root, place, file), { recursive: true });
}, 60_000);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'payintent-shell-'));
  return () => rmSync(home, { recursive: true, force: true });
});

afterAll(() => rmSync(join(root, place), { recursive: true, force: true }));

const environment = () => ({ PATH: process.env['PATH'], PAYINTENT_HOME: home });

function pay(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    env: { ...environment(), ...env },
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

/** Runs a command whose reader goes away at the first byte, or before it. */
async function withReaderGone(words: readonly string[], which: 'stdout' | 'stderr') {
  const child = spawn(process.execPath, [program, ...words], { env: environment() });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  child[which].destroy();
  const code = await new Promise((done) => child.once('close', done));
  return { code, stderr };
}

describe('the built program', () => {
  test('runs a payment', () => {
    const created = pay(['create', '--amount', '1099', '--currency', 'eur', '-q']);
    expect(created).toMatchObject({ code: 0, stderr: '' });
    const id = created.stdout.trim();
    expect(pay(['confirm', id, '--payment-method', 'declined']).code).toBe(3);
    const paid = pay(['confirm', id, '--payment-method', 'visa', '--json']);
    expect(JSON.parse(paid.stdout)).toMatchObject({ id, status: 'succeeded' });
    expect(pay(['explain', id]).stdout).toContain('was paid');
    expect(pay(['list']).stdout).toContain(`${id}\tsucceeded\t1099\teur\t`);
  });

  test('reaches a server through the SDK of its own', () => {
    const env = {
      STRIPE_API_KEY: ['sk', 'test', 'fakeFakeFakeFake'].join('_'),
      PAYINTENT_API_BASE: 'http://127.0.0.1:9',
    };
    const { code, stderr } = pay(['list', '--json'], env);
    expect(code).toBe(6);
    expect(JSON.parse(stderr).error).toMatchObject({
      name: 'NETWORK_FAILED',
      why: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test.skipIf(!existsSync('/dev/full'))('says that an answer could not be written', () => {
    const disk = openSync('/dev/full', 'w');
    const words = ['create', '--amount', '1099', '--currency', 'eur'];
    const { status, stderr } = spawnSync(process.execPath, [program, ...words], {
      env: environment(),
      encoding: 'utf8',
      stdio: ['ignore', disk, 'pipe'],
    });
    closeSync(disk);
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining("Can't write the answer to stdout (ENOSPC"),
    ]);
  });

  test('carries the licences of what is in it', () => {
    const notices = readFileSync(join(root, place, 'dist', 'THIRD-PARTY-NOTICES'), 'utf8');
    for (const name of ['@inquirer/core', 'chalk', 'commander', 'conf', 'execa', 'qs', 'stripe', 'ws'])
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\([A-Z].+\\)\\n\\n\\S`, 'm'));
    expect(notices).not.toMatch(/^(esbuild|typescript|vitest|@photostructure\/sqlite) \d/m);
  });

  test('has every command and topic in its bundle', () => {
    const tree = JSON.parse(pay(['help', '--json']).stdout);
    for (const { name } of tree.commands)
      expect([name, pay([...name.split(' '), '--help']).code]).toEqual([name, 0]);
    for (const { name } of tree.topics) expect([name, pay(['help', name]).code]).toEqual([name, 0]);
  }, 120_000);

  test('answers --version without loading anything', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const traced = pay(['--version'], { NODE_DEBUG: 'esm' });
    expect(traced.stdout).toBe(`${version}\n`);
    expect(traced.stderr).not.toContain('dist');
  });

  test('keeps stderr to itself where the SDK would add hints', () => {
    const { stderr } = pay(['retrieve', 'pi_nope', '--json'], { CLAUDECODE: '1' });
    expect(JSON.parse(stderr).error.name).toBe('OBJECT_NOT_FOUND');
  });
});

describe('readers that go away', () => {
  test.each([['list'], ['help'], ['methods', '--all'], ['help', 'statuses']])(
    'stdout of %s %s',
    async (...words) => {
      pay(['create', '--amount', '1099', '--currency', 'eur']);
      expect(await withReaderGone(words, 'stdout')).toMatchObject({
        code: 0,
        stderr: expect.not.stringContaining('Error'),
      });
    },
  );

  test('stderr, and the work is done all the same', async () => {
    const words = ['create', '--amount', '1099', '--currency', 'eur', '--debug'];
    expect(await withReaderGone(words, 'stderr')).toMatchObject({ code: 0 });
    expect(pay(['list', '-q']).stdout).toMatch(/^pi_\w+\n$/);
  });
});
