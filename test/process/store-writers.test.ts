import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../src/emulator/store/open-store.ts';

const root = resolve(import.meta.dirname, '../..');
/** Below node_modules, from where the program finds its packages. */
const program = join(root, 'node_modules', '.cache', `payintent-store-child-${process.pid}.mjs`);

let directory: string;
let path: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  await build({
    entryPoints: [join(root, 'test/support/store-child.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
});
afterAll(() => rmSync(program, { force: true }));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'payintent-writers-'));
  path = join(directory, 'new', 'state.db');
});
afterEach(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  children.clear();
  rmSync(directory, { recursive: true });
});

interface Writer {
  readonly child: ChildProcess;
  /** All that was printed so far: one acknowledged id a line. */
  output(): string;
  errors(): string;
}

function start(...args: string[]): Writer {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return { child, output: () => output, errors: () => errors };
}

it('four processes write one new file at once, and no write is lost or refused', async () => {
  const writers = ['a', 'b', 'c', 'd'].map((name) => start('count', path, name, '250'));
  const codes = await Promise.all(writers.map(async ({ child }) => (await once(child, 'close'))[0]));
  expect(writers.map(({ errors }) => errors())).toEqual(['', '', '', '']);
  expect(codes).toEqual([0, 0, 0, 0]);
  const store = openStore({ path });
  expect(store.getMeta('count')).toBe('1000');
  expect(store.count('charges')).toBe(1000);
  const oldestFirst = [...store.scan('charges')].map((charge) => charge['created']).reverse();
  expect(oldestFirst).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  store.close();
});

it('whatever was acknowledged outlives a kill, and nothing is half done', async () => {
  const acknowledged: string[] = [];
  for (const round of ['one', 'two', 'three']) {
    const writers = ['a', 'b'].map((name) => start('until killed', path, `${round}_${name}`));
    await expect
      .poll(() => Math.min(...writers.map(({ output }) => output().length)), { timeout: 20_000, interval: 5 })
      .toBeGreaterThan(4000);
    const ends = writers.map(({ child }) => once(child, 'close'));
    for (const { child } of writers) child.kill('SIGKILL');
    for (const end of await Promise.all(ends)) expect(end).toEqual([null, 'SIGKILL']);
    for (const { output, errors } of writers) {
      expect(errors()).toBe('');
      acknowledged.push(...output().split('\n').slice(0, -1));
    }
    const store = openStore({ path });
    const charges = new Set([...store.scan('charges')].map(({ id }) => id.slice('ch_'.length)));
    const events = new Set([...store.scan('events')].map(({ id }) => id.slice('evt_'.length)));
    expect(acknowledged.filter((id) => !charges.has(id))).toEqual([]);
    expect(events).toEqual(charges);
    expect(store.getMeta('count')).toBe(String(charges.size));
    store.close();
  }
});
