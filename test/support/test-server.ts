import type { IncomingMessage, Server } from 'node:http';
import { onTestFinished } from 'vitest';
import type { ApiRequest } from '../../src/emulator/wire.ts';

/** Opens a server on a free port of this machine until the test is over. @returns the port */
export async function openForTest(server: Server, afterwards: () => void = () => {}): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
    afterwards();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A whole request as the emulator's engine takes it. */
export async function readRequest(request: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
