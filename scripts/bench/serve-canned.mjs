// The least a Node.js server can do for a POST: read the body, answer with the same 1.5 KB of JSON. It stores nothing.
import { createServer } from 'node:http';

const answer = JSON.stringify({ id: 'pi_0', object: 'payment_intent', filler: 'x'.repeat(1450) });
const server = createServer((request, response) => {
  request.resume().once('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(answer);
  });
});
process.once('SIGTERM', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`);
});
