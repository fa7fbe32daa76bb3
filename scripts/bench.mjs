#!/usr/bin/env node
// Compares payintent with its neighbours. Ratios only: both sides run in turns on the same machine in the same run, and
// every figure is a median. `npm run bench -- --help` shows the options.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { deliveryRows } from './bench/deliveries.mjs';
import { compareCommands, median, round, startReady } from './bench/measure.mjs';
import { findStripeCli } from './bench/stripe-cli.mjs';

const { values: options } = parseArgs({
  options: {
    assert: { type: 'boolean', default: false },
    json: { type: 'string' },
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) {
  console.log(`npm run bench -- [options]

  --assert       exit 1 when a ratio misses its limit
  --json FILE    write the results to a file too
  --only NAME    start, create, throughput, scale or deliveries; repeatable
  --quick        fewer runs and a smaller state, for a first look

  PAYINTENT_STRIPE_CLI   Stripe's CLI, instead of installing it from npm into a temporary folder
  PAYINTENT_STRIPE_MOCK  stripe-mock with its arguments, separated by spaces; {port} stands for the port to listen on`);
  process.exit(0);
}

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const bin = here('../bin/payintent.js');
const folder = mkdtempSync(join(tmpdir(), 'payintent-bench-'));
const testKey = ['sk', 'test', 'bench'].join('_');
const runs = options.quick ? 7 : 21;
const results = [];

/** `limit` is the largest ratio that passes, or the smallest where more is better. */
function report(entry) {
  const passed =
    entry.skipped !== undefined || entry.limit === undefined
      ? undefined
      : entry.moreIsBetter
        ? entry.ratio >= entry.limit
        : entry.ratio <= entry.limit;
  results.push({ ...entry, ...(passed === undefined ? {} : { passed }) });
}

const benches = {
  /** Starting the program and doing nothing. */
  start() {
    const empty = join(folder, 'empty.mjs');
    writeFileSync(empty, '');
    const measured = compareCommands(
      { command: [process.execPath, bin, '--version'] },
      { command: [process.execPath, empty] },
      runs,
    );
    report({
      name: 'payintent --version / empty Node.js program, CPU',
      ...measured,
      ratio: round(measured.ours.cpuMs / measured.theirs.cpuMs),
      limit: 1.15,
    });
  },

  /** One command from the keyboard to a stored intent. */
  async create() {
    const name = "offline create / Stripe's CLI with a local server";
    const cliFolder = join(folder, 'cli');
    mkdirSync(cliFolder);
    const cli = findStripeCli(cliFolder);
    if (cli === undefined) {
      report({ name, skipped: "Stripe's CLI cannot be installed here; name one in PAYINTENT_STRIPE_CLI" });
      return;
    }
    const server = await startReady(process.execPath, [
      here('bench/serve-emulator.mjs'),
      join(folder, 'cli.db'),
    ]);
    try {
      const theirHome = join(folder, 'home');
      mkdirSync(theirHome);
      const ours = {
        command: [
          process.execPath,
          bin,
          'create',
          '--amount',
          '1099',
          '--currency',
          'usd',
          '--json',
          '--offline',
        ],
        env: { PAYINTENT_HOME: join(folder, 'payintent') },
      };
      const call = [
        'payment_intents',
        'create',
        '--amount=1099',
        '--currency=usd',
        `--api-base=http://127.0.0.1:${server.ready.port}`,
      ];
      const env = {
        HOME: theirHome,
        XDG_CONFIG_HOME: theirHome,
        STRIPE_API_KEY: testKey,
        STRIPE_CLI_TELEMETRY_OPTOUT: '1',
      };
      const ways = [
        ['as npm starts it', cli.launcher === undefined ? undefined : [process.execPath, cli.launcher]],
        ['its native program alone', [cli.native]],
      ];
      for (const [way, program] of ways) {
        if (program === undefined) continue;
        const measured = compareCommands(ours, { command: [...program, ...call], env }, runs);
        const ratio = round(measured.ours.wallMs / measured.theirs.wallMs);
        report({ name: `${name}, ${way}, time`, ...measured, ratio });
      }
    } finally {
      await server.stop();
    }
  },

  /** POST /v1/payment_intents over 16 kept-open connections; every answered intent is stored. */
  async throughput() {
    const seconds = options.quick ? 2 : 5;
    const sides = [
      {
        name: 'a Node.js server that answers 1.5 KB and stores nothing',
        start: startCanned,
        limit: undefined,
      },
    ];
    const mock = process.env.PAYINTENT_STRIPE_MOCK;
    if (mock === undefined) {
      report({
        name: 'stored creates a second / stripe-mock',
        skipped: 'set PAYINTENT_STRIPE_MOCK (a Go program, not on npm)',
      });
    } else {
      sides.unshift({ name: 'stripe-mock (stores nothing)', start: () => startMock(mock), limit: 1 });
    }
    for (const side of sides) {
      const rates = { ours: [], theirs: [] };
      for (let run = 0; run < 3; run += 1) {
        const state = join(folder, `throughput-${results.length}-${run}.db`);
        rates.ours.push(await load(() => startEmulator(state), seconds));
        rates.theirs.push(await load(side.start, seconds));
        for (const suffix of ['', '-wal', '-shm']) rmSync(`${state}${suffix}`, { force: true });
      }
      const ours = { perSecond: Math.round(median(rates.ours)) };
      const theirs = { perSecond: Math.round(median(rates.theirs)) };
      report({
        name: `stored creates a second / ${side.name}`,
        ours,
        theirs,
        ratio: round(ours.perSecond / theirs.perSecond),
        moreIsBetter: true,
        limit: side.limit,
      });
    }
    report({
      name: 'stored creates a second / localstripe',
      skipped: 'a Python program that is not on npm; not measured',
    });
  },

  /** Reading from a large state against reading from a small one. */
  scale() {
    const [small, large] = options.quick ? [1_000, 20_000] : [1_000, 100_000];
    const run = spawnSync(process.execPath, [here('bench/scale.mjs'), `${small}`, `${large}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (run.status !== 0) throw new Error('scale.mjs failed');
    for (const [name, { smallUs, largeUs }] of Object.entries(JSON.parse(run.stdout))) {
      report({
        name: `${name} with ${large} intents / with ${small}`,
        ours: { us: largeUs },
        theirs: { us: smallUs },
        ratio: round(largeUs / smallUs),
        limit: 2,
      });
    }
  },
};

/** Events to a webhook handler, from one process through another to a third. */
benches.deliveries = async () => {
  for (const row of await deliveryRows({ folder, quick: options.quick })) report(row);
};

const startEmulator = (state) => startReady(process.execPath, [here('bench/serve-emulator.mjs'), state]);
const startCanned = () => startReady(process.execPath, [here('bench/serve-canned.mjs')]);

/** stripe-mock says when it listens, but not in JSON. */
async function startMock(commandLine) {
  const port = await freePort();
  const { spawn } = await import('node:child_process');
  const [command, ...args] = commandLine.replaceAll('{port}', String(port)).split(' ');
  const child = spawn(command, args, { stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', done));
  child.once('error', () => {});
  for (let attempt = 0; attempt < 100; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}`);
    const answered = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (answered === undefined) continue;
    return {
      ready: { port },
      async stop() {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  child.kill('SIGTERM');
  throw new Error(`${command} does not listen on port ${port}`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function load(start, seconds) {
  const server = await start();
  try {
    const run = spawnSync(
      process.execPath,
      [here('bench/load.mjs'), `${server.ready.port}`, '16', `${seconds}`],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    );
    if (run.status !== 0) throw new Error('load.mjs failed');
    const { perSecond, failed } = JSON.parse(run.stdout);
    if (failed > 0) throw new Error(`${failed} requests were not answered 200`);
    return perSecond;
  } finally {
    await server.stop();
  }
}

function print() {
  const figure = (side) =>
    side === undefined
      ? ''
      : Object.entries(side)
          .map(
            ([unit, value]) =>
              `${value} ${unit
                .replace(/^cpuMs$/, 'ms CPU')
                .replace(/^wallMs$/, 'ms')
                .replace('perSecond', '/s')}`,
          )
          .join(', ');
  for (const entry of results) {
    console.log(entry.name);
    if (entry.skipped !== undefined) {
      console.log(`    skipped: ${entry.skipped}`);
      continue;
    }
    const verdict = entry.passed === undefined ? '' : entry.passed ? '  ok' : '  MISSED';
    const limit =
      entry.limit === undefined ? '' : `  (limit ${entry.moreIsBetter ? '>=' : '<='} ${entry.limit})`;
    console.log(`    ratio ${entry.ratio}${limit}${verdict}`);
    console.log(`    ${figure(entry.ours)}  against  ${figure(entry.theirs)}`);
  }
}

if (!existsSync(here('../dist/index.js'))) {
  const built = spawnSync(process.execPath, [here('build.mjs')], { stdio: 'inherit' });
  if (built.status !== 0) process.exit(1);
}

try {
  for (const [name, bench] of Object.entries(benches)) {
    if (options.only === undefined || options.only.includes(name)) await bench();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const { version } = JSON.parse(readFileSync(here('../package.json'), 'utf8'));
const summary = { version, node: process.versions.node, cores: cpus().length, results };
print();
console.log(`\n${JSON.stringify(summary)}`);
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(summary, null, 2)}\n`);
if (options.assert && results.some(({ passed }) => passed === false)) process.exitCode = 1;
