import { createAuthenticationPage } from './authentication-page.ts';
import { createHostedDocuments } from './hosted-documents.ts';
import { createRequestLogPage } from './request-log-page.ts';
import { type RunningServer, type ServerOptions, startServer } from './server/http-server.ts';
import { type ReadyFile, removeReadyFile, writeReadyFile } from './server/ready-file.ts';
import type { ApiRequest } from './wire.ts';

export interface ListenOptions extends Omit<ServerOptions, 'page'> {
  /** Where to write `{url, pid, port}` once the server listens; taken away at close. */
  readonly readyFile?: string;
}

/**
 * Serves a handle over HTTP with the hosted pages: what `payintent emulator serve` and `createEmulator().listen()` start.
 *
 * @throws PortInUseError when the port is taken; the file system's error when the ready file cannot be written
 */
export async function listen(options: ListenOptions): Promise<RunningServer> {
  const { readyFile, health, ...rest } = options;
  const authentication = createAuthenticationPage(options.handle);
  const documents = createHostedDocuments(options.handle);
  const log = createRequestLogPage(options.handle);
  const page = (request: ApiRequest) => authentication(request) ?? documents(request) ?? log(request);
  const server = await startServer({
    ...rest,
    page,
    // By this a command knows the emulator from Stripe and from other servers that speak its API.
    health: () => ({ program: 'payintent', pid: process.pid, ...health?.() }),
  });
  if (readyFile === undefined) return server;
  const ready: ReadyFile = { url: server.url, pid: process.pid, port: server.port };
  try {
    await writeReadyFile(readyFile, ready);
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    ...server,
    async close() {
      await removeReadyFile(readyFile, ready);
      await server.close();
    },
  };
}
