// How soon, and how many, events reach a webhook handler. Three processes share one state on this machine: one causes events,
// one delivers them, one is the handler. Nothing leaves the loopback interface. Alone: `node deliveries.mjs [--quick]`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { median, round, startReady } from './measure.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const bin = here('../../bin/payintent.js');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Who delivers: `emulator serve` to a registered endpoint, or `listen --forward-to`. */
const DELIVERERS = {
  serve: (state, sink) =>
    startDeliverer(state, ['emulator', 'serve', '--port', '0'], async ({ url }) => {
      const answer = await fetch(`${url}/v1/webhook_endpoints`, {
        method: 'POST',
        headers: { authorization: `Bearer ${['sk', 'test', 'bench'].join('_')}` },
        body: new URLSearchParams({ url: sink, 'enabled_events[]': '*' }),
      });
      if (answer.status !== 200) throw new Error(`the endpoint was answered ${answer.status}`);
    }),
  listen: (state, sink) => startDeliverer(state, ['listen', '--offline', '--jsonl', '--forward-to', sink]),
};

/** @returns {Promise<{ pid: number, stop: () => Promise<void> }>} */
async function startDeliverer(state, words, then = async () => {}) {
  const ready = join(state, '..', `ready-${words[0]}-${Math.round(performance.now())}.json`);
  const child = spawn(process.execPath, [bin, ...words, '--state', state, '--ready-file', ready], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PAYINTENT_HOME: join(state, '..', 'home') },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said = (said + text).slice(-4000);
  });
  const ended = new Promise((done) => child.once('exit', done));
  for (let attempt = 0; !existsSync(ready); attempt += 1) {
    if (child.exitCode !== null || attempt > 100)
      throw new Error(`payintent ${words[0]} did not start: ${said}`);
    await pause(50);
  }
  await then(JSON.parse(readFileSync(ready, 'utf8') || '{}'));
  return {
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** @returns {Promise<{ ask: (order: object) => Promise<any>, stop: () => Promise<void> }>} */
async function startLoad(state) {
  const child = spawn(process.execPath, [here('event-load.mjs'), state], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.once('exit', done));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  await next();
  return {
    ask(order) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      return next();
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Resident memory in MiB and CPU time in milliseconds of a process. */
function usage(pid) {
  const { stdout } = spawnSync('ps', ['-o', 'rss=,cputimes=', '-p', String(pid)], { encoding: 'utf8' });
  const [rss = 0] = stdout.trim().split(/\s+/).map(Number);
  const ticks = existsSync(`/proc/${pid}/stat`)
    ? readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
    : [];
  return { mib: rss / 1024, cpuMs: (Number(ticks[11] ?? 0) + Number(ticks[12] ?? 0)) * 10 };
}

const report = async (port, path = '/report') => (await fetch(`http://127.0.0.1:${port}${path}`)).json();

/** Waits until so many events have arrived, half a minute at most. */
async function arrival(port, events) {
  let seen = await report(port);
  for (let wait = 0; seen.unique < events && wait < 600; wait += 1) {
    await pause(50);
    seen = await report(port);
  }
  return seen;
}

/**
 * Measures one deliverer.
 *
 * @param {{ via: 'serve' | 'listen', folder: string, rounds: number, rate: number, seconds: number }} options
 */
export async function measureDeliveries({ via, folder, rounds, rate, seconds }) {
  const place = join(folder, `deliveries-${via}`);
  mkdirSync(place, { recursive: true });
  const state = join(place, 'state.db');
  const sink = await startReady(process.execPath, [here('webhook-sink.mjs')]);
  const { port } = sink.ready;
  const ends = [() => sink.stop()];
  try {
    const deliverer = await DELIVERERS[via](state, `http://127.0.0.1:${port}/webhook`);
    ends.unshift(() => deliverer.stop());
    const load = await startLoad(state);
    ends.unshift(() => load.stop());

    const { answered } = await load.ask({ rounds });
    await pause(500);
    const { arrivals } = await report(port, '/report/all');
    const arrivedAt = new Map(arrivals);
    const delays = answered.map(([order, at]) => (arrivedAt.get(order) ?? Number.POSITIVE_INFINITY) - at);

    await pause(2000);
    const idleFrom = usage(deliverer.pid);
    await pause(3000);
    const idleCpu = (usage(deliverer.pid).cpuMs - idleFrom.cpuMs) / 3000;

    // Memory grows at first: code gets compiled, SQLite fills its cache.
    const warmUp = await load.ask({ rate, seconds: Math.ceil(seconds / 2) });
    const before = rounds + warmUp.events;
    await arrival(port, before);
    const memory = [];
    const sampler = setInterval(() => memory.push(usage(deliverer.pid).mib), 1000);
    const from = usage(deliverer.pid);
    const start = performance.now();
    const caused = await load.ask({ rate, seconds });
    const seen = await arrival(port, before + caused.events);
    const took = (performance.now() - start) / 1000;
    clearInterval(sampler);
    const third = Math.max(1, Math.floor(memory.length / 3));
    return {
      delayMs: { median: round(median(delays), 1), worst: round(Math.max(...delays), 1) },
      idleCpuShare: round(idleCpu, 4),
      caused: caused.events,
      delivered: seen.unique - before,
      twice: seen.deliveries - seen.unique,
      outOfOrder: seen.outOfOrder,
      perSecond: Math.round((seen.unique - before) / took),
      causedPerSecond: Math.round(caused.events / caused.seconds),
      behindMs: Math.round((took - caused.seconds) * 1000),
      cpuShare: round((usage(deliverer.pid).cpuMs - from.cpuMs) / (took * 1000)),
      mib: {
        early: Math.round(
          median(memory.slice(third, 2 * third).length > 0 ? memory.slice(third, 2 * third) : memory),
        ),
        late: Math.round(median(memory.slice(-third))),
      },
    };
  } finally {
    for (const end of ends) await end();
  }
}

/** Rows for the table of benchmarks. */
export async function deliveryRows({ folder, quick = false, via = ['serve', 'listen'] }) {
  const rows = [];
  for (const one of via) {
    const found = await measureDeliveries({
      via: one,
      folder,
      rounds: quick ? 15 : 60,
      rate: 1000,
      seconds: quick ? 5 : 30,
    });
    const name = one === 'serve' ? 'emulator serve' : 'listen';
    rows.push({
      name: `answer of an API call to the delivery by ${name} in another process / 50 ms`,
      ours: { ms: found.delayMs.median },
      theirs: { ms: 50 },
      ratio: round(found.delayMs.median / 50),
      limit: 1,
    });
    const whole = found.delivered === found.caused && found.twice === 0;
    rows.push({
      name: `events a second delivered by ${name}, all of them and once / caused`,
      ours: {
        perSecond: found.perSecond,
        lost: found.caused - found.delivered,
        twice: found.twice,
        cpuShare: found.cpuShare,
        idleCpuShare: found.idleCpuShare,
      },
      theirs: { perSecond: found.causedPerSecond },
      ratio: whole ? round(found.perSecond / found.causedPerSecond) : 0,
      moreIsBetter: true,
      limit: 0.95,
    });
    rows.push({
      name: `memory of ${name} in the last third / in the second third of that`,
      ours: { MiB: found.mib.late },
      theirs: { MiB: found.mib.early },
      ratio: round(found.mib.late / found.mib.early),
      limit: 1.15,
    });
  }
  return rows;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = mkdtempSync(join(tmpdir(), 'payintent-deliveries-'));
  const quick = process.argv.includes('--quick');
  const via = ['serve', 'listen'].filter((name) => process.argv.includes(name));
  try {
    for (const one of via.length === 0 ? ['serve', 'listen'] : via) {
      const found = await measureDeliveries({
        via: one,
        folder,
        rounds: quick ? 15 : 60,
        rate: 1000,
        seconds: quick ? 5 : 30,
      });
      console.log(`${one}: ${JSON.stringify(found, null, 2)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
