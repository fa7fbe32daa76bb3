// Causes events in a state that other processes share: `node event-load.mjs STATE-FILE`, then a line of JSON on stdin:
// {"rate": EVENTS-A-SECOND, "seconds": N}, or {"rounds": N} for single ones with pauses. Answers with a line on stdout.
import { createInterface } from 'node:readline';
import { createEmulator } from '../../dist/index.js';

const emulator = createEmulator({ state: process.argv[2] });
const key = ['sk', 'test', 'bench'].join('_');
const now = () => performance.timeOrigin + performance.now();
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let made = 0;

/** One customer, one event. @returns when it was answered */
async function cause() {
  const order = made;
  made += 1;
  const { status } = await emulator.handle({
    method: 'POST',
    url: '/v1/customers',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: `description=${order}`,
  });
  if (status !== 200) throw new Error(`answered ${status}`);
  return [order, now()];
}

async function atRate(rate, seconds) {
  const start = performance.now();
  const begun = made;
  const all = [];
  for (;;) {
    const elapsed = (performance.now() - start) / 1000;
    const due = Math.floor(Math.min(elapsed, seconds) * rate) - (made - begun);
    for (let index = 0; index < due; index += 1) all.push(cause());
    if (elapsed >= seconds) break;
    await pause(5);
  }
  await Promise.all(all);
  return { events: made - begun, seconds: (performance.now() - start) / 1000 };
}

async function singly(rounds) {
  const answered = [];
  for (let round = 0; round < rounds; round += 1) {
    await pause(20 + ((round * 97) % 300));
    answered.push(await cause());
  }
  return { answered };
}

process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const { rate, seconds, rounds } = JSON.parse(line);
  const result = rounds === undefined ? await atRate(rate, seconds) : await singly(rounds);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
await emulator.close();
