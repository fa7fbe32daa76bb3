import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import type { Host, OutputStream, SignalName } from '../../src/cli/host.ts';
import { run } from '../../src/program.ts';
import type { Block } from './documents.ts';
import { commandLines, readCommand } from './shell-words.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** Where the documents let the emulator listen; tests replace it by a free port. */
const DOCUMENTED_PORT = '12111';

/** Commands that would set this machine up, or run the tests inside the tests; `.ci/run` runs them for real. */
const NOT_HERE = new Set(['npm ci', 'npm test']);

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  /** Both streams as a terminal shows them. */
  readonly shown: string;
}

/** Runs the blocks of one document one after the other, as a reader would who types them in one folder. */
export interface DocumentRunner {
  /** What the block printed. @throws Error when a command ends otherwise than the document says */
  run(block: Block): Promise<string>;
  close(): Promise<void>;
}

export async function openDocumentRunner(): Promise<DocumentRunner> {
  const home = mkdtempSync(path.join(tmpdir(), 'payintent-docs-'));
  const folder = path.join(home, 'project');
  mkdirSync(folder);
  symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const port = String(await freePort());
  const variables: Record<string, string> = { PAYINTENT_HOME: path.join(home, 'state'), NO_COLOR: '1' };
  const servers: { stop: () => void; done: Promise<number> }[] = [];
  const local = (text: string) => text.replaceAll(DOCUMENTED_PORT, port);

  function hostOf(
    env: Readonly<Record<string, string>>,
    piped: boolean,
    onText: (name: string, text: string) => void,
  ) {
    const listeners = new Set<(signal: SignalName) => void>();
    const stream = (name: string): OutputStream => ({
      isTTY: !piped,
      columns: piped ? undefined : 80,
      write: (text) => onText(name, text),
    });
    const host: Host = {
      env: { ...pathVariables(), ...variables, ...env },
      cwd: folder,
      homeDirectory: home,
      platform: process.platform,
      stdin: { isTTY: false, text: async () => '' },
      stdout: stream('stdout'),
      stderr: stream('stderr'),
      now: Date.now,
      sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      prompter: async () => {
        throw new Error('a documented command asked a question');
      },
      onSignal(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      stdinClosed: () => new Promise(() => {}),
    };
    return { host, signal: (name: SignalName) => [...listeners].map((listener) => listener(name)) };
  }

  async function payintent(
    words: readonly string[],
    env: Readonly<Record<string, string>>,
    piped = false,
  ): Promise<Outcome> {
    let [stdout, shown] = ['', ''];
    const { host } = hostOf(env, piped, (name, text) => {
      if (name === 'stdout') stdout += text;
      shown += text;
    });
    return { code: await run(words, host), stdout, shown };
  }

  /** Starts a command that ends with the document, and waits until it says that it is ready. */
  async function serve(words: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
    let shown = '';
    let isReady: () => void = () => {};
    const ready = new Promise<void>((resolve) => {
      isReady = resolve;
    });
    const { host, signal } = hostOf(env, false, (_, text) => {
      shown += text;
      if (/\bReady\b/.test(shown)) isReady();
    });
    const done = run(words, host);
    servers.push({ stop: () => signal('SIGINT'), done });
    await Promise.race([
      ready,
      done.then((code) => Promise.reject(new Error(`ended with ${code}\n${shown}`))),
    ]);
    return shown;
  }

  async function shell(block: Block): Promise<string> {
    const lines = commandLines(local(block.code));
    let shown = '';
    for (const [index, line] of lines.entries()) {
      if (NOT_HERE.has(line)) continue;
      const { env, words, capture, file } = readCommand(line, variables);
      const [program, ...args] = capture?.words ?? words;
      if (program === undefined) {
        Object.assign(variables, env);
        continue;
      }
      const own = program === 'npx' && args[0] === 'payintent' ? args.slice(1) : args;
      if (own === args && program !== 'payintent') throw new Error(`cannot be run here: ${line}`);
      if (own[0] === 'emulator' && own[1] === 'serve') {
        const served = own.includes('--port') ? own : [...own, '--port', port];
        shown += await serve(served, env);
        continue;
      }
      const outcome = await payintent(own, env, capture !== undefined || file !== undefined);
      const wanted = index === lines.length - 1 ? block.exit : 0;
      if (outcome.code !== wanted) throw new Error(`${line}\nended with ${outcome.code}\n${outcome.shown}`);
      if (capture !== undefined) variables[capture.name] = outcome.stdout.trim();
      else if (file !== undefined) writeFileSync(path.join(folder, file), outcome.stdout);
      else shown += outcome.shown;
    }
    return shown;
  }

  return {
    async run(block) {
      if (block.language === 'sh') return shell(block);
      const file = /^\/\/ ([\w-]+\.mjs)$/m.exec(block.code.split('\n', 1)[0] ?? '')?.[1];
      if (file === undefined) return runModule(local(block.code));
      writeFileSync(path.join(folder, file), local(block.code));
      return '';
    },
    async close() {
      for (const server of servers) {
        server.stop();
        await server.done;
      }
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What child processes need to be found and to run. */
function pathVariables(): Record<string, string> {
  const names = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMP'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] as string]])),
  );
}

const AsyncFunction = (async () => {}).constructor as new (
  ...source: string[]
) => (...values: unknown[]) => Promise<void>;

/** Runs a JavaScript module whose imports are default or named ones, with `payintent` as it is in `src`. */
async function runModule(code: string): Promise<string> {
  let printed = '';
  const body = code
    .replaceAll(/^import (\w+) from '([^']+)';$/gm, "const { default: $1 } = await load('$2');")
    .replaceAll(/^import (\{[^}]*\}) from '([^']+)';$/gm, "const $1 = await load('$2');");
  const load = (name: string) =>
    name === 'payintent' ? import('../../src/index.ts') : import(/* @vite-ignore */ name);
  const print = { log: (...values: unknown[]) => (printed += `${format(...values)}\n`) };
  await new AsyncFunction('load', 'console', body)(load, print);
  return printed;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
