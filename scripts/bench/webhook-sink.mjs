// A fast webhook handler that counts: `node webhook-sink.mjs`. GET /report tells what arrived.
import { createServer } from 'node:http';

const arrivals = new Map();
const now = () => performance.timeOrigin + performance.now();
let deliveries = 0;
let outOfOrder = 0;
let lastOrder = -1;

/** Reads the event's id, and the number and object the load wrote, without parsing the rest. */
function note(body) {
  const id = /"id": "(evt_\w+)"/.exec(body)?.[1];
  const order = Number(/"description": "(\d+)"/.exec(body)?.[1] ?? -1);
  deliveries += 1;
  if (arrivals.has(id)) return;
  if (order < lastOrder) outOfOrder += 1;
  lastOrder = order;
  arrivals.set(id, [order, now()]);
}

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    const all = request.url.startsWith('/report/all');
    const report = { deliveries, unique: arrivals.size, outOfOrder };
    response.end(JSON.stringify(all ? { ...report, arrivals: [...arrivals.values()] } : report));
    return;
  }
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    note(body);
    response.writeHead(200, { 'content-length': 0 });
    response.end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
