import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/** The program as it is in `src` now, built below node_modules, from where it finds its packages. */
export interface BuiltProgram {
  readonly directory: string;
  /** The file to run with node. */
  readonly file: string;
  remove(): void;
}

export async function buildProgram(): Promise<BuiltProgram> {
  const directory = join(root, 'node_modules', '.cache', `payintent-emulator-${process.pid}`);
  await build({
    absWorkingDir: root,
    entryPoints: { main: 'src/main.ts' },
    outdir: directory,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['@photostructure/sqlite', 'node:sqlite'],
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  const file = join(directory, 'payintent.mjs');
  writeFileSync(file, "import { main } from './main.js';\nawait main();\n");
  return { directory, file, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

export interface Running {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves when `stdout` or `stderr` holds the text; rejects when the program ends before. */
  says(text: string | RegExp): Promise<void>;
  /** The exit code; the name of the signal where one ended it. */
  readonly ended: Promise<number | string>;
}

/** Starts a program with pipes on all three streams. */
export function startProgram(
  file: string,
  words: readonly string[],
  { env = {}, stdin }: { env?: Readonly<Record<string, string>>; stdin?: string } = {},
): Running {
  const child = spawn(process.execPath, [file, ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...env },
  });
  const written = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
      for (const look of waiting) look();
    });
  }
  child.stdin.on('error', () => {});
  child.stdin.end(stdin ?? '');
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return {
    child,
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    ended,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = [written.stdout, written.stderr].some((all) =>
            typeof text === 'string' ? all.includes(text) : text.test(all),
          );
          if (!found) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        void ended.then((end) => {
          if (waiting.has(look)) reject(new Error(`ended with ${end}: ${written.stdout}${written.stderr}`));
        });
        look();
      }),
  };
}
