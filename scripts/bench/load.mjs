// Load on one server: `node load.mjs PORT CONNECTIONS SECONDS`. Every connection is kept open and sends its next request when
// the answer to the last one is complete. Bare sockets, so that the load costs little beside what it measures.
import { connect } from 'node:net';

const [port, connections, seconds] = process.argv.slice(2).map(Number);
const key = ['sk', 'test', 'bench0load'].join('_');
const body = 'amount=1099&currency=usd&description=bench';
const request = Buffer.from(
  [
    'POST /v1/payment_intents HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Authorization: Bearer ${key}`,
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n'),
);

let done = 0;
let failed = 0;
let counting = false;

/** Calls `next(status)` for each complete answer in a stream of bytes: with a Content-Length, or in chunks. */
function createReader(next) {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const split = rest.indexOf('\r\n\r\n');
      if (split < 0) return;
      const head = rest.toString('latin1', 0, split);
      const length = /content-length: (\d+)/i.exec(head)?.[1];
      let end = split + 4;
      if (length !== undefined) end += Number(length);
      else {
        const last = rest.indexOf('0\r\n\r\n', end);
        if (last < 0) return;
        end = last + 5;
      }
      if (rest.length < end) return;
      rest = rest.subarray(end);
      next(Number(head.slice(9, 12)));
    }
  };
}

for (let index = 0; index < connections; index += 1) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(request));
  socket.on(
    'data',
    createReader((status) => {
      if (counting) {
        done += 1;
        if (status !== 200) failed += 1;
      }
      socket.write(request);
    }),
  );
  socket.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
}

const WARM_UP_MS = 1000;
setTimeout(() => {
  counting = true;
  const start = performance.now();
  setTimeout(() => {
    const perSecond = done / ((performance.now() - start) / 1000);
    process.stdout.write(`${JSON.stringify({ perSecond, failed })}\n`, () => process.exit(0));
  }, seconds * 1000);
}, WARM_UP_MS);
