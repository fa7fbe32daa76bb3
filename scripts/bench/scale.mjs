// How retrieve and list keep up with a growing state: `node scale.mjs SMALL LARGE`. Times requests to `handle` in this process.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from '../../dist/index.js';
import { median, round } from './measure.mjs';

const [small, large] = process.argv.slice(2).map(Number);
const headers = { authorization: `Bearer ${['sk', 'test', 'bench0scale'].join('_')}` };
const folder = mkdtempSync(join(tmpdir(), 'payintent-bench-'));

async function request(emulator, method, url, body = '') {
  const answer = await emulator.handle({ method, url, headers, body });
  if (answer.status !== 200) throw new Error(`${method} ${url}: ${answer.status} ${answer.body}`);
  return answer;
}

async function fill(count) {
  const emulator = createEmulator({ state: join(folder, `${count}.db`) });
  const ids = [];
  while (ids.length < count) {
    const answers = await Promise.all(
      Array.from({ length: Math.min(200, count - ids.length) }, () =>
        request(emulator, 'POST', '/v1/payment_intents', 'amount=1099&currency=usd'),
      ),
    );
    for (const { body } of answers) ids.push(/"id": "(pi_\w+)"/.exec(body)[1]);
  }
  return { emulator, ids };
}

/** Microseconds a request, the median over batches; every batch asks for other objects spread over the whole state. */
async function time({ emulator, ids }, urlOf) {
  const batch = 50;
  const samples = [];
  let at = 0;
  for (let round = 0; round < 40; round += 1) {
    const urls = Array.from({ length: batch }, () => {
      at = (at + 7919) % ids.length;
      return urlOf(ids[at]);
    });
    const start = performance.now();
    for (const url of urls) await request(emulator, 'GET', url);
    samples.push(((performance.now() - start) * 1000) / batch);
  }
  return median(samples);
}

const few = await fill(small);
const many = await fill(large);
const result = {};
for (const [name, urlOf] of [
  ['retrieve', (id) => `/v1/payment_intents/${id}`],
  ['list', (id) => `/v1/payment_intents?limit=10&starting_after=${id}`],
]) {
  const runs = [];
  for (let run = 0; run < 5; run += 1) runs.push([await time(few, urlOf), await time(many, urlOf)]);
  result[name] = {
    smallUs: round(median(runs.map(([value]) => value)), 1),
    largeUs: round(median(runs.map(([, value]) => value)), 1),
  };
}
await few.emulator.close();
await many.emulator.close();
rmSync(folder, { recursive: true });
process.stdout.write(`${JSON.stringify(result)}\n`);
