import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { deliveryHeaders } from '../../../src/emulator/delivery/headers.ts';
import {
  createPoster,
  isAccepted,
  isDown,
  type Outcome,
  type PostRequest,
  postEvent,
} from '../../../src/emulator/delivery/post.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listening(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

const http = (listener: RequestListener) => listening(createHttpServer(listener));
const tcp = (take: (socket: Socket) => void) =>
  listening(
    createTcpServer((socket) => {
      socket.on('error', () => {});
      take(socket);
    }),
  );
const post = (url: string, more: Partial<PostRequest> = {}) =>
  postEvent({ url, body: '{}', headers: {}, timeoutMs: 2000, ...more });

describe('an answer', () => {
  it('is told with its status and the start of its body', async () => {
    let seen = '';
    const url = await http((request, response) => {
      request.on('data', (chunk) => {
        seen += chunk;
      });
      request.on('end', () =>
        response.writeHead(418, { 'x-why': 'tea' }).end(`${request.method} ${request.url}`),
      );
    });
    const outcome = await post(url, { body: '{"a": "ü"}', headers: { 'Content-Type': 'application/json' } });
    expect(outcome).toMatchObject({ kind: 'answered', status: 418, bodyStart: 'POST /hook', bodyCut: false });
    expect(outcome).toMatchObject({ headers: { 'x-why': 'tea' } });
    expect(outcome.ms).toBeGreaterThan(0);
    expect(seen).toBe('{"a": "ü"}');
  });

  it.each([
    [200, true],
    [204, true],
    [299, true],
    [301, false],
    [400, false],
    [500, false],
  ])('%i is acceptance: %s', async (status, accepted) => {
    const url = await http((_request, response) =>
      response.writeHead(status, { location: '/elsewhere' }).end(),
    );
    const outcome = await post(url);
    expect(outcome).toMatchObject({ kind: 'answered', status });
    expect(isAccepted(outcome)).toBe(accepted);
    expect(isDown(outcome)).toBe(false);
  });

  it('that is long is kept in part', async () => {
    const url = await http((_request, response) => response.end('x'.repeat(100_000)));
    expect(await post(url, { keepBytes: 10 })).toMatchObject({ bodyStart: 'xxxxxxxxxx', bodyCut: true });
  });

  it('that has no end is left after a while', async () => {
    const url = await http((_request, response) => {
      const more = () => response.destroyed || response.write('x'.repeat(65_536), () => setImmediate(more));
      more();
    });
    expect(await post(url)).toMatchObject({ kind: 'answered', status: 200, bodyCut: true });
  });

  it('whose body stops or breaks off has been given all the same', async () => {
    const stops = await http((_request, response) => void response.writeHead(200).write('start'));
    expect(await post(stops, { timeoutMs: 100 })).toMatchObject({ status: 200, bodyStart: 'start' });
    const breaks = await tcp((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nstart'));
    });
    expect(await post(breaks)).toMatchObject({ status: 200, bodyStart: 'start' });
  });

  it('that is compressed, as deliveries allow, can be read', async () => {
    const page = '<h1>Internal error</h1>'.repeat(1000);
    const url = await http((_request, response) =>
      response.writeHead(500, { 'content-encoding': 'gzip' }).end(gzipSync(page)),
    );
    expect(await post(url)).toMatchObject({
      status: 500,
      bodyStart: expect.stringContaining('<h1>Internal'),
    });
    const outcome = (await post(url, { keepBytes: 40 })) as Extract<Outcome, { kind: 'answered' }>;
    expect(page.startsWith(outcome.bodyStart)).toBe(true);
  });
});

describe('no answer', () => {
  it('where nobody is', async () => {
    const server = createTcpServer();
    const url = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    servers.pop();
    const outcome = await post(url);
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'refused' });
    expect(isDown(outcome)).toBe(true);
  });

  it('where the name leads nowhere', async () => {
    const outcome = await post('http://nowhere.invalid/');
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'dns' });
    expect(isDown(outcome)).toBe(true);
  });

  it('in time', async () => {
    const url = await http(() => {});
    const outcome = await post(url, { timeoutMs: 60 });
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'timeout', message: 'no answer within 60 ms' });
    expect(outcome.ms).toBeGreaterThanOrEqual(55);
    expect(isDown(outcome)).toBe(false);
  });

  it('when the connection is cut', async () => {
    const url = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const outcome = await post(url);
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'reset' });
    expect(isDown(outcome)).toBe(false);
  });

  it('that is HTTP', async () => {
    const url = await tcp((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n')));
    expect(await post(url)).toMatchObject({ kind: 'failed', reason: 'not_http' });
  });

  it('over TLS from a server without it', async () => {
    const url = await http((_request, response) => response.end());
    expect(await post(url.replace('http:', 'https:'))).toMatchObject({ kind: 'failed', reason: 'tls' });
  });

  it.each(['ftp://127.0.0.1/', 'no url', ''])('from "%s", which is no address', async (url) => {
    expect(await post(url)).toMatchObject({ kind: 'failed', reason: 'url' });
  });

  it('to headers that cannot be sent', async () => {
    const url = await http((_request, response) => response.end());
    expect(await post(url, { headers: { 'X-A': 'line\nline' } })).toMatchObject({
      kind: 'failed',
      reason: 'url',
    });
  });

  it('once it is stopped', async () => {
    const url = await http(() => {});
    const stop = new AbortController();
    const outcome = post(url, { signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    expect(await outcome).toMatchObject({ kind: 'failed', reason: 'stopped' });
    expect(await post(url, { signal: stop.signal })).toMatchObject({ kind: 'failed', reason: 'stopped' });
  });
});

describe('connections', () => {
  it('are kept between deliveries', async () => {
    const ports = new Set<number | undefined>();
    const url = await http((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });
    const poster = createPoster();
    for (let round = 0; round < 5; round += 1) await poster.post({ url, body: '{}', headers: {} });
    poster.close();
    expect(ports.size).toBe(1);
  });

  it('that the other side has dropped meanwhile are no failure of the handler', async () => {
    let count = 0;
    const sockets: Socket[] = [];
    const url = await tcp((socket) => {
      sockets.push(socket);
      socket.on('data', () => {
        count += 1;
        // The first connection answers once and breaks at the second request.
        if (socket === sockets[0] && count > 1) socket.resetAndDestroy();
        else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: keep-alive\r\n\r\n');
      });
    });
    const poster = createPoster();
    expect(await poster.post({ url, body: '{}', headers: {} })).toMatchObject({ status: 200 });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await poster.post({ url, body: '{}', headers: {} })).toMatchObject({ status: 200 });
    expect(sockets).toHaveLength(2);
    poster.close();
  });
});

describe('headers', () => {
  it('of the user win, whatever their case', () => {
    const headers = deliveryHeaders('t=1,v1=a', { 'user-agent': 'mine', 'X-Tenant': 'a' });
    expect(headers).toMatchObject({ 'user-agent': 'mine', 'X-Tenant': 'a', 'Stripe-Signature': 't=1,v1=a' });
    expect(headers).not.toHaveProperty('User-Agent');
    expect(deliveryHeaders(undefined)).not.toHaveProperty('Stripe-Signature');
  });
});
