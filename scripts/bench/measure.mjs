// Measuring: processes by their own CPU time, everything as medians, both sides of a ratio in turns.
import { spawn, spawnSync } from 'node:child_process';

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const round = (value, digits = 2) => Number(value.toFixed(digits));

const hasBash = spawnSync('bash', ['-c', 'true']).status === 0;

/**
 * Runs a command once.
 *
 * @returns {{ cpu: number, wall: number }} milliseconds: CPU time of the process itself (user and system; the wall time where
 *   there is no bash to ask), and the time it took
 */
function runOnce([command, ...args], env = {}) {
  const options = { env: { ...process.env, ...env }, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] };
  const script = 'TIMEFORMAT="%3U %3S"; time "$@" >/dev/null 2>&1';
  const start = performance.now();
  const run = hasBash
    ? spawnSync('bash', ['-c', script, 'bash', command, ...args], options)
    : spawnSync(command, args, options);
  const wall = performance.now() - start;
  if (run.error !== undefined || run.status !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with ${run.error?.message ?? run.status}`);
  }
  if (!hasBash) return { cpu: wall, wall };
  const [user, system] = run.stderr.trim().split('\n').at(-1).replaceAll(',', '.').split(' ').map(Number);
  return { cpu: (user + system) * 1000, wall };
}

/** Runs two commands in turns, so that whatever else the machine does meets both alike. */
export function compareCommands(ours, theirs, runs) {
  const samples = { ours: [], theirs: [] };
  for (const side of [ours, theirs]) runOnce(side.command, side.env);
  for (let run = 0; run < runs; run += 1) {
    samples.ours.push(runOnce(ours.command, ours.env));
    samples.theirs.push(runOnce(theirs.command, theirs.env));
  }
  const of = (side, field) => round(median(samples[side].map((sample) => sample[field])), 1);
  return {
    ours: { cpuMs: of('ours', 'cpu'), wallMs: of('ours', 'wall') },
    theirs: { cpuMs: of('theirs', 'cpu'), wallMs: of('theirs', 'wall') },
  };
}

/**
 * Starts a process that prints one line of JSON when it is ready.
 *
 * @returns {Promise<{ ready: any, pid: number, stop: () => Promise<void> }>}
 */
export function startReady(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((done) => child.once('exit', done));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code} before it was ready`)));
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const line = text.indexOf('\n');
      if (line < 0) return;
      child.stdout.removeAllListeners('data').resume();
      resolve({
        ready: JSON.parse(text.slice(0, line)),
        pid: child.pid,
        async stop() {
          child.kill('SIGTERM');
          await ended;
        },
      });
    });
  });
}
