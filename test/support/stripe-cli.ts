import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEST_KEY } from './emulator.ts';

/**
 * Stripe's own CLI, when the machine has it: the path in `PAYINTENT_STRIPE_CLI`. Under `CI` its absence is an error, so
 * that the tests with it cannot silently stop running.
 */
export function findStripeCli(): string | undefined {
  const path = process.env['PAYINTENT_STRIPE_CLI'];
  if (path !== undefined && existsSync(path)) return path;
  if (process.env['CI'] !== undefined) {
    throw new Error("PAYINTENT_STRIPE_CLI must name Stripe's CLI when CI is set (npm package @stripe/cli)");
  }
  return undefined;
}

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const home = mkdtempSync(join(tmpdir(), 'payintent-stripe-cli-'));

const environment = () => ({
  ...process.env,
  HOME: home,
  XDG_CONFIG_HOME: home,
  STRIPE_API_KEY: TEST_KEY,
  STRIPE_CLI_TELEMETRY_OPTOUT: '1',
});

/** Runs Stripe's CLI against a server, with a configuration folder of its own and without telemetry. */
export function runStripeCli(path: string, url: string, args: readonly string[]): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, [...args, '--api-base', url], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

export interface RunningCli {
  stdout(): string;
  stop(): Promise<void>;
}

/** Starts one of the commands of Stripe's CLI that go on until they are stopped, and waits until it says that it is ready. */
export function startStripeCli(path: string, url: string, args: readonly string[]): Promise<RunningCli> {
  const child = spawn(path, [...args, '--api-base', url, '--no-wss'], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`${args.join(' ')} ended: ${stdout}${stderr}`)));
    child.stderr.on('data', (text) => {
      stderr += text;
      if (stderr.includes('Ready!'))
        resolve({
          stdout: () => stdout,
          async stop() {
            child.kill('SIGINT');
            const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
            await ended;
            clearTimeout(timer);
          },
        });
    });
  });
}
