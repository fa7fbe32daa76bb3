import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type BuiltProgram, buildProgram, type Running, startProgram } from './emulator-program.ts';

/** `payintent emulator serve`, ready. */
export interface ServingProgram {
  readonly running: Running;
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly readyFile: string;
}

/** The built program for the tests of a file, with a home of its own for each of them. */
export interface ProgramStage {
  /** The file to run with node. */
  readonly file: string;
  /** Where it is. */
  readonly directory: string;
  /** `PAYINTENT_HOME`; goes away with the test. */
  readonly home: string;
  /** Starts the program in that home. What still runs after the test is killed. */
  start(words: readonly string[], options?: Parameters<typeof startProgram>[2]): Running;
  /** Starts `emulator serve` on a free port and waits until its ready file is there. */
  serve(...flags: string[]): Promise<ServingProgram>;
  /** Called after the test: what was named last comes first. */
  atEnd(end: () => unknown): void;
}

/** To be called where the hooks of a file stand. @param name of the home, for whoever finds one left over */
export function programStage(name: string): ProgramStage {
  let program: BuiltProgram;
  let home: string;
  let served = 0;
  const ends: (() => unknown)[] = [];
  beforeAll(async () => {
    program = await buildProgram();
  });
  afterAll(() => program.remove());
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), `payintent-${name}-`));
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    rmSync(home, { recursive: true, force: true });
  });
  const start: ProgramStage['start'] = (words, { env = {}, ...options } = {}) => {
    const running = startProgram(program.file, words, { ...options, env: { PAYINTENT_HOME: home, ...env } });
    ends.push(async () => {
      running.child.kill('SIGKILL');
      await running.ended;
    });
    return running;
  };
  return {
    get file() {
      return program.file;
    },
    get directory() {
      return program.directory;
    },
    get home() {
      return home;
    },
    start,
    async serve(...flags) {
      served += 1;
      const readyFile = join(home, `ready-${served}.json`);
      const running = start(['emulator', 'serve', '--port', '0', '--ready-file', readyFile, ...flags]);
      await expect.poll(() => existsSync(readyFile), { timeout: 20_000 }).toBe(true);
      const facts = JSON.parse(readFileSync(readyFile, 'utf8')) as Pick<
        ServingProgram,
        'pid' | 'port' | 'url'
      >;
      return { running, ...facts, readyFile };
    },
    atEnd(end) {
      ends.push(end);
    },
  };
}
