import { access } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startNode } from '../../gateway/child.ts';

/**
 * Why a program cannot be tried.
 *
 * - `missing` there is no such file · `ended` it ended by itself: a mistake in its syntax, or an error nobody caught
 * - `silent` it runs, and does not listen, or does not answer any more
 */
export interface Trouble {
  readonly kind: 'ended' | 'missing' | 'silent';
  readonly file: string;
  /** Its exit code, where it ended. */
  readonly exit: number | undefined;
  /** The last lines it printed. */
  readonly lines: readonly string[];
}

export interface ProgramOptions {
  readonly file: string;
  /** Of the learner; only what the system and Node need is handed on. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Base address of the emulator it is to use. */
  readonly apiBase: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** Where browsers reach it; its own address unless given. */
  readonly shopUrl?: string;
  /** More variables. */
  readonly more?: Readonly<Record<string, string>>;
}

/** A program of an exercise that was started. */
export interface Program {
  readonly url: string;
  /** What is wrong with it, if anything is, as far as can be told from outside. */
  trouble(): Trouble | undefined;
  /** The same after it did not answer: gives a program that is ending a moment to do so. */
  whySilent(): Promise<Trouble>;
  stop(): Promise<void>;
}

/** How long a program may take to listen. */
const START_MS = 5000;
const POLL_MS = 15;
const KEPT_LINES = 12;

/** What the system and the runtime want to be there. Keys of the learner's are not for an exercise. */
const HANDED_ON = /^(?:PATH|HOME|LANG|LC_\w+|TZ|TMPDIR|TMP|TEMP|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT)$/i;

/** Starts a program and waits until it listens, or has shown that it will not. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { file, env, apiBase, apiKey, webhookSecret, more = {} } = options;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  if (!(await access(file).then(yes, no))) return withoutFile(file, url);
  const child = await startNode(file, {
    cwd: dirname(file),
    env: {
      ...Object.fromEntries(Object.entries(env).filter(([name]) => HANDED_ON.test(name))),
      ...more,
      PORT: String(port),
      SHOP_URL: options.shopUrl ?? url,
      STRIPE_API_BASE: apiBase,
      STRIPE_SECRET_KEY: apiKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
    },
  });
  const printed = lastLines();
  let exit: number | undefined;
  let listens = false;
  const reading = Promise.all([printed.read(child.stdout), printed.read(child.stderr)]);
  const ended = child.exit.then(async (code) => {
    await reading.catch(() => {});
    exit = code;
  });
  const trouble = (): Trouble | undefined => {
    const facts = { file, exit, lines: printed.lines() };
    if (exit !== undefined) return { kind: 'ended', ...facts };
    return listens ? undefined : { kind: 'silent', ...facts };
  };
  for (const until = performance.now() + START_MS; exit === undefined && performance.now() < until; ) {
    listens = await answers(port);
    if (listens) break;
    await Promise.race([ended, wait(POLL_MS)]);
  }
  return {
    url,
    trouble,
    async whySilent() {
      await Promise.race([ended, wait(300)]);
      return trouble() ?? { kind: 'silent', file, exit, lines: printed.lines() };
    },
    async stop() {
      if (exit === undefined) child.send('SIGKILL');
      await ended;
    },
  };
}

const yes = () => true;
const no = () => false;

function withoutFile(file: string, url: string): Program {
  const trouble: Trouble = { kind: 'missing', file, exit: undefined, lines: [] };
  return { url, trouble: () => trouble, whySilent: async () => trouble, stop: async () => {} };
}

/** Whether somebody listens there. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Keeps the end of what is printed. */
function lastLines() {
  let text = '';
  return {
    async read(pieces: AsyncIterable<Uint8Array>): Promise<void> {
      for await (const piece of pieces) text = (text + Buffer.from(piece).toString('utf8')).slice(-8000);
    },
    lines: () => tellingLines(text),
  };
}

/** Without the frames inside of Node, which tell a learner nothing. */
function tellingLines(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  return lines
    .filter((line) => line !== '' && !/^\s+at .*\bnode:|^Node\.js v\d|^node:internal/.test(line))
    .slice(-KEPT_LINES);
}
