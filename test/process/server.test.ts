import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect, createServer, type Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { type ListenOptions, listen } from '../../src/emulator/listen.ts';
import type { RunningServer } from '../../src/emulator/server/http-server.ts';
import { PortInUseError } from '../../src/emulator/server/port-in-use-error.ts';
import { createEchoHandle, type EchoHandle } from '../support/echo-handle.ts';
import { collect, parseAnswer, sendRaw } from '../support/raw-http.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function serve(options: Partial<ListenOptions> = {}, echo: EchoHandle = createEchoHandle()) {
  const bugs: unknown[] = [];
  const server = await listen({
    handle: echo.handle,
    port: 0,
    onError: (error) => bugs.push(error),
    ...options,
  });
  stops.push(() => server.close());
  return { ...server, echo, bugs };
}

const raw = async (server: RunningServer, bytes: string | Buffer) =>
  parseAnswer(await sendRaw(server.port, bytes));

/** A whole request that asks for the connection to be closed after the answer. */
function message(line: string, headers: Record<string, string | number> = {}, body = ''): string {
  const all: Record<string, string | number> = { host: '127.0.0.1', connection: 'close', ...headers };
  if (body !== '' && !('content-length' in all)) all['content-length'] = Buffer.byteLength(body);
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${line} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

const errorOf = (body: string): { message: string; type: string } => JSON.parse(body).error;

describe('a request', () => {
  test('reaches the handle whole, and its answer comes back whole', async () => {
    const server = await serve();
    const answer = await fetch(`${server.url}/v1/payment_intents?limit=3`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'X-Mixed-Case': 'Yes' },
      body: 'description=é€😀',
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      id: 'echo_0',
      object: 'echo',
      method: 'POST',
      url: '/v1/payment_intents?limit=3',
      body: 'description=é€😀',
    });
    expect(answer.headers.get('request-id')).toBe('req_0echo');
    expect(answer.headers.get('date')).toMatch(/GMT$/);
    expect(server.echo.requests[0]?.headers['x-mixed-case']).toBe('Yes');
  });

  test('is answered with a Content-Length in bytes and in one piece', async () => {
    const server = await serve(
      {},
      createEchoHandle(() => ({ body: 'é€😀' })),
    );
    const answer = await raw(server, message('GET /v1/x'));
    expect(answer.headers['content-length']).toBe('9');
    expect(answer.headers['transfer-encoding']).toBeUndefined();
    expect(answer.body).toBe('é€😀');
  });

  test('whose characters are split between packets is put together by bytes', async () => {
    const server = await serve();
    const body = Buffer.from('a=😀');
    const socket = connect(server.port, '127.0.0.1');
    socket.setNoDelay(true);
    const answer = collect(socket);
    socket.write(message('POST /v1/x', { 'content-length': body.length }));
    for (const byte of body) {
      socket.write(Buffer.from([byte]));
      await sleep(5);
    }
    expect(JSON.parse(parseAnswer(await answer).body).body).toBe('a=😀');
  });

  test('in chunks is put together', async () => {
    const server = await serve();
    const answer = await raw(
      server,
      `${message('POST /v1/x', { 'transfer-encoding': 'chunked' })}3\r\na=1\r\n4\r\n&b=2\r\n0\r\n\r\n`,
    );
    expect(JSON.parse(answer.body).body).toBe('a=1&b=2');
  });

  test('with Expect: 100-continue is told to go on', async () => {
    const server = await serve();
    const text = await sendRaw(server.port, message('POST /v1/x', { expect: '100-continue' }, 'a=1'));
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  });

  test('of HTTP/1.0 needs no Host', async () => {
    const server = await serve();
    expect((await raw(server, 'GET /v1/x HTTP/1.0\r\n\r\n')).status).toBe(200);
  });

  test('with an absolute target is taken by its path', async () => {
    const server = await serve();
    const answer = await raw(server, message(`GET http://localhost:${server.port}/v1/x?a=1`));
    expect(JSON.parse(answer.body).url).toBe('/v1/x?a=1');
  });

  test('HEAD gets the headers of a GET and no body', async () => {
    const server = await serve();
    const answer = await raw(server, message('HEAD /v1/x'));
    expect(answer.status).toBe(200);
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(10);
    expect(answer.body).toBe('');
    expect(server.echo.requests[0]?.method).toBe('GET');
  });

  test('several on one connection are answered in order, also when sent at once', async () => {
    const server = await serve(
      {},
      createEchoHandle(async ({ url }) => {
        if (url === '/v1/1') await sleep(30);
        return { body: `<${url}>` };
      }),
    );
    const text = await sendRaw(
      server.port,
      ['/v1/1', '/v1/2', '/v1/3']
        .map((url, index) => message(`GET ${url}`, { connection: index === 2 ? 'close' : 'keep-alive' }))
        .join(''),
    );
    expect(text.match(/<[^>]+>/g)).toEqual(['</v1/1>', '</v1/2>', '</v1/3>']);
  });
});

test('a request before what is malformed gets its own answer first', async () => {
  const echo = createEchoHandle(async () => {
    await sleep(40);
    return { body: '<first>' };
  });
  const server = await serve({}, echo);
  const first = message('GET /v1/x', { connection: 'keep-alive' });
  const text = await sendRaw(server.port, `${first}${first}nonsense\r\n\r\n`);
  expect(text.match(/HTTP\/1\.1 \d+|<first>/g)).toEqual([
    'HTTP/1.1 200',
    '<first>',
    'HTTP/1.1 200',
    '<first>',
    'HTTP/1.1 400',
  ]);
});

describe('health', () => {
  test('is answered by the door, with the facts it was given', async () => {
    const server = await serve({ health: () => ({ version: '1.2.3' }) });
    const answer = await fetch(`${server.url}/_payintent/health`);
    expect(await answer.json()).toEqual({
      status: 'ok',
      program: 'payintent',
      pid: process.pid,
      version: '1.2.3',
    });
    expect(server.echo.requests).toEqual([]);
  });

  test('other paths of the emulator go to the handle', async () => {
    const server = await serve();
    await fetch(`${server.url}/_payintent/clock`);
    await fetch(`${server.url}/_payintent/healthy`);
    expect(server.echo.requests.map(({ url }) => url)).toEqual(['/_payintent/clock', '/_payintent/healthy']);
  });
});

describe('the Host header', () => {
  const good = [
    'localhost',
    'LOCALHOST:80',
    'shop.localhost',
    '127.0.0.1',
    '127.8.9.1:1',
    '[::1]',
    '[::1]:12111',
  ];
  test.each(good)('%s is answered', async (host) => {
    const server = await serve();
    expect((await raw(server, message('GET /v1/x', { host }))).status).toBe(200);
  });

  const foreign = [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    '[fe80::1]',
    'a@localhost',
    '',
  ];
  test.each(foreign)('%s is refused', async (host) => {
    const server = await serve();
    const answer = await raw(server, message('GET /v1/x', { host }));
    expect(answer.status).toBe(403);
    expect(errorOf(answer.body)).toEqual({
      message: expect.stringContaining(host),
      type: 'invalid_request_error',
    });
    expect(server.echo.requests).toEqual([]);
  });

  test('of an absolute target counts instead', async () => {
    const server = await serve();
    expect((await raw(server, message('GET http://evil.example/v1/x'))).status).toBe(403);
  });

  test('that the user allowed is answered', async () => {
    const server = await serve({ allowedHosts: ['stripe.test'] });
    expect((await raw(server, message('GET /v1/x', { host: 'stripe.test:12111' }))).status).toBe(200);
  });

  test('missing from HTTP/1.1 is refused', async () => {
    const server = await serve();
    const answer = await raw(server, 'GET /v1/x HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(answer.status).toBe(400);
    expect(errorOf(answer.body).message).toContain('Host');
  });
});

describe('browsers', () => {
  test('get their preflight answered', async () => {
    const server = await serve();
    const answer = await fetch(`${server.url}/v1/payment_intents`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,stripe-version',
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
    expect(answer.headers.get('access-control-allow-headers')).toBe('authorization,stripe-version');
    expect(server.echo.requests).toEqual([]);
  });

  const secret = { authorization: `Bearer ${['sk', 'test', 'x'].join('_')}` };
  const publishable = { authorization: `Bearer ${['pk', 'test', 'x'].join('_')}` };
  test.each([
    ['a publishable key from another site', '/v1/x', 'https://shop.example', publishable, '', 200],
    ['a secret key from a local page', '/v1/x', 'http://localhost:3000', secret, '', 200],
    ['a secret key from another site', '/v1/x', 'https://shop.example', secret, '', 403],
    ['a secret key from a sandboxed page', '/v1/x', 'null', secret, '', 403],
    ['a secret key in the body', '/v1/x', 'https://shop.example', {}, 'a=1&key=sk_test_x', 403],
    ['a publishable key in the body', '/v1/x', 'https://shop.example', {}, 'a=1&key=pk_test_x', 200],
    ['the controls from another site', '/_payintent/clock', 'https://shop.example', publishable, '', 403],
    ['the controls from a local page', '/_payintent/clock', 'http://127.0.0.1:3000', {}, '', 200],
  ])('with %s', async (_name, path, origin, headers, body, status) => {
    const server = await serve();
    const answer = await raw(server, message(`POST ${path}`, { origin, ...headers }, body));
    expect(answer.status).toBe(status);
    expect(server.echo.requests).toHaveLength(status === 200 ? 1 : 0);
  });
});

describe('what is not a request is refused in the shape of the API', () => {
  const long = 'x'.repeat(20_000);
  const cases: [string, string | Buffer, number, RegExp][] = [
    ['noise', 'hello\r\n\r\n', 400, /not well-formed/],
    ['a TLS greeting', Buffer.from([0x16, 0x03, 0x01, 0x00, 0xa5, 0x01, 0, 0]), 400, /http:\/\//],
    ['an unknown method', message('BREW /v1/x'), 405, /BREW/],
    ['a method in lower case', message('get /v1/x'), 405, /get/],
    ['a method of WebDAV', message('PROPFIND /v1/x'), 405, /PROPFIND/],
    ['TRACE', message('TRACE /v1/x'), 405, /TRACE/],
    ['CONNECT', message('CONNECT localhost:80'), 405, /CONNECT/],
    ['HTTP/3.7', 'GET / HTTP/3.7\r\nHost: localhost\r\n\r\n', 400, /not well-formed/],
    [
      'a header without a colon',
      'GET / HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n',
      400,
      /not well-formed/,
    ],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: localhost\r\nA: b\0c\r\n\r\n', 400, /not well-formed/],
    ['a negative Content-Length', message('POST /v1/x', { 'content-length': -1 }), 400, /not well-formed/],
    ['a Content-Length in words', message('POST /v1/x', { 'content-length': 'ten' }), 400, /not well-formed/],
    [
      'both Content-Length and chunks',
      message('POST /v1/x', { 'content-length': 3, 'transfer-encoding': 'chunked' }, 'a=1'),
      400,
      /not well-formed/,
    ],
    [
      'chunked garbage',
      `${message('POST /v1/x', { 'transfer-encoding': 'chunked' })}zz\r\n`,
      400,
      /not well-formed/,
    ],
    ['a long URL', message(`GET /v1/${long}`), 414, /URL is too long/],
    ['a very long URL', message(`GET /v1/${'x'.repeat(100_000)}`), 414, /URL is too long/],
    ['a large header', message('GET /v1/x', { a: 'x'.repeat(100_000) }), 431, /too large headers/],
    [
      'many headers',
      message('GET /v1/x', Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`x-${i}`, 'y']))),
      431,
      /100 headers/,
    ],
    ['a percent sign alone in the URL', message('GET /v1/x?a=%'), 400, /percent-encoding/],
    ['a percent sign before other letters', message('GET /v1/%zz'), 400, /percent-encoding/],
    ['percent-encoded bytes that are not UTF-8', message('GET /v1/x?a=%ff'), 400, /percent-encoding/],
    ['a body with a bad percent-encoding', message('POST /v1/x', {}, 'a=%e2%82'), 400, /percent-encoding/],
    [
      'a body that is not UTF-8',
      Buffer.concat([
        Buffer.from(message('POST /v1/x', { 'content-length': 4 })),
        Buffer.from([0x61, 0x3d, 0xff, 0xfe]),
      ]),
      400,
      /UTF-8/,
    ],
    ['JSON', message('POST /v1/x', { 'content-type': 'application/json' }, '{"a":1}'), 400, /content type/],
    [
      'multipart',
      message('POST /v1/x', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'),
      400,
      /unsupported by the emulator/,
    ],
    ['another expectation', message('POST /v1/x', { expect: 'applause' }, 'a=1'), 417, /Expect/],
    [
      'a WebSocket where there is none',
      message('GET /v1/x', { connection: 'Upgrade', upgrade: 'websocket' }),
      400,
      /WebSocket/,
    ],
  ];
  test.each(cases)('%s', async (_name, bytes, status, text) => {
    const server = await serve();
    const answer = await raw(server, bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(errorOf(answer.body)).toEqual({
      message: expect.stringMatching(text),
      type: 'invalid_request_error',
    });
    expect(server.echo.requests).toEqual([]);
    expect(server.bugs).toEqual([]);
    expect((await fetch(`${server.url}/v1/x`)).status).toBe(200);
  });

  test('a form with a charset, and a body without a type, are requests', async () => {
    const server = await serve();
    const type = 'Application/X-WWW-Form-Urlencoded; charset=UTF-8';
    expect((await raw(server, message('POST /v1/x', { 'content-type': type }, 'a=1'))).status).toBe(200);
    expect((await raw(server, message('POST /v1/x', {}, 'a=1'))).status).toBe(200);
  });

  test.each([
    ['announced', true],
    ['not announced', false],
  ])('a body that is too long, %s', async (_name, announced) => {
    const server = await serve();
    const body = 'a'.repeat(2 * 1024 * 1024);
    const answer = await raw(
      server,
      announced
        ? message('POST /v1/x', {}, body)
        : `${message('POST /v1/x', { 'transfer-encoding': 'chunked' })}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    );
    expect(answer.status).toBe(413);
    expect(errorOf(answer.body).message).toContain('1048576 bytes');
    expect(server.echo.requests).toEqual([]);
  });

  test('a body that never ends is cut off', async () => {
    const server = await serve();
    const socket = connect(server.port, '127.0.0.1');
    const answer = collect(socket, 10_000);
    socket.write(message('POST /v1/x', { 'transfer-encoding': 'chunked', connection: 'keep-alive' }));
    const chunk = `10000\r\n${'a'.repeat(65_536)}\r\n`;
    let sent = 0;
    while (!socket.destroyed && sent < 1_000) {
      if (!socket.write(chunk)) await sleep(1);
      sent += 1;
    }
    expect(parseAnswer(await answer).status).toBe(413);
    expect(sent).toBeLessThan(1_000);
  });

  test('a body of exactly the limit is a request', async () => {
    const server = await serve({ limits: { bodyBytes: 1000 } });
    const send = (bytes: number) => raw(server, message('POST /v1/x', {}, 'a'.repeat(bytes)));
    expect((await send(1000)).status).toBe(200);
    expect((await send(1001)).status).toBe(413);
  });

  test('an announced body that is too long is refused before it is sent', async () => {
    const server = await serve();
    const text = await sendRaw(
      server.port,
      message('POST /v1/x', {
        'content-length': 5_000_000,
        expect: '100-continue',
        connection: 'keep-alive',
      }),
    );
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe('slow and vanishing clients', () => {
  test('headers that trickle in are answered 408', async () => {
    const server = await serve({ limits: { headersMs: 200, requestMs: 400 } });
    const answer = await raw(server, 'GET /v1/x HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    expect(answer.status).toBe(408);
    expect(errorOf(answer.body).type).toBe('invalid_request_error');
  });

  test('a body that does not arrive is answered 408', async () => {
    const server = await serve({ limits: { headersMs: 200, requestMs: 400 } });
    const answer = await raw(server, message('POST /v1/x', { 'content-length': 10 }).concat('a=1'));
    expect(answer.status).toBe(408);
    expect(server.echo.requests).toEqual([]);
  });

  test('a client that leaves in the middle of its body, or before the answer, harms nobody', async () => {
    const server = await serve(
      {},
      createEchoHandle(async () => {
        await sleep(20);
        return {};
      }),
    );
    for (const text of [message('POST /v1/x', { 'content-length': 10 }), message('GET /v1/x'), 'GET /v1']) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(text, () => setTimeout(() => socket.resetAndDestroy(), 5));
    }
    await sleep(80);
    expect((await fetch(`${server.url}/v1/x`)).status).toBe(200);
    expect(server.bugs).toEqual([]);
  });
});

describe('a handle with a bug', () => {
  test('that throws is a 500 in the shape of the API, and is reported', async () => {
    const server = await serve(
      {},
      createEchoHandle(() => Promise.reject(new Error('broken'))),
    );
    const answer = await fetch(`${server.url}/v1/x`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({
      error: { message: expect.stringContaining('bug'), type: 'api_error' },
    });
    expect(server.bugs).toEqual([new Error('broken')]);
  });

  test('that gives a header which cannot be sent is a 500', async () => {
    const server = await serve(
      {},
      createEchoHandle(() => ({ headers: { 'x-bad': 'a\nb' } })),
    );
    expect((await fetch(`${server.url}/v1/x`)).status).toBe(500);
  });
});

describe('closing', () => {
  test('finishes what is under way, refuses what is new, and does not wait for idle connections', async () => {
    let release = () => {};
    const echo = createEchoHandle(({ url }) =>
      url === '/v1/slow' ? new Promise<object>((resolve) => (release = () => resolve({}))) : undefined,
    );
    const server = await serve({}, echo);
    await fetch(`${server.url}/v1/idle`);
    const slow = fetch(`${server.url}/v1/slow`);
    while (echo.requests.length < 2) await sleep(5);
    const closed = server.close();
    await expect(fetch(`${server.url}/v1/new`)).rejects.toThrow();
    release();
    expect((await slow).status).toBe(200);
    const start = performance.now();
    await closed;
    expect(performance.now() - start).toBeLessThan(500);
  });

  test('cuts what does not finish, also a half-sent request, within two seconds', async () => {
    const server = await serve(
      {},
      createEchoHandle(() => new Promise(() => {})),
    );
    const hanging = fetch(`${server.url}/v1/x`).catch((error: unknown) => error);
    const half = connect(server.port, '127.0.0.1');
    half.on('error', () => {});
    half.write('POST /v1/x HTTP/1.1\r\n');
    while (server.echo.requests.length < 1) await sleep(5);
    const start = performance.now();
    await server.close();
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(await hanging).toBeInstanceOf(Error);
  });

  test('ends taken-over connections too', async () => {
    const server = await serve({ onUpgrade: (_request, socket) => socket.write('HTTP/1.1 101 Hi\r\n\r\n') });
    const socket = connect(server.port, '127.0.0.1');
    const text = collect(socket);
    socket.write(message('GET /v1/x', { connection: 'Upgrade', upgrade: 'websocket' }));
    while (socket.bytesRead === 0) await sleep(5);
    await server.close();
    expect(await text).toContain('101 Hi');
  });
});

describe('listening', () => {
  test('is on loopback unless said otherwise', async () => {
    const server = await serve();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    await expect(fetch(`http://[::1]:${server.port}/v1/x`)).rejects.toThrow();
  });

  test('on a port that is taken says so and what to do', async () => {
    const first = await serve();
    const second = listen({ handle: first.echo.handle, port: first.port });
    await expect(second).rejects.toBeInstanceOf(PortInUseError);
    await expect(second).rejects.toMatchObject({
      port: first.port,
      message: expect.stringMatching(/another port/),
    });
  });

  test('on a port that another program holds, too', async () => {
    const other = await new Promise<NetServer>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
    });
    stops.push(() => new Promise<void>((resolve) => other.close(() => resolve())));
    const { port } = other.address() as { port: number };
    await expect(listen({ handle: createEchoHandle().handle, port })).rejects.toBeInstanceOf(PortInUseError);
  });

  test('writes a ready file that holds until it closes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'payintent-ready-'));
    stops.push(() => rmSync(folder, { recursive: true }));
    const readyFile = join(folder, 'ready.json');
    const server = await serve({ readyFile });
    expect(JSON.parse(readFileSync(readyFile, 'utf8'))).toEqual({
      url: server.url,
      pid: process.pid,
      port: server.port,
    });
    await server.close();
    expect(existsSync(readyFile)).toBe(false);
  });

  test('leaves the ready file of a later server alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'payintent-ready-'));
    stops.push(() => rmSync(folder, { recursive: true }));
    const readyFile = join(folder, 'ready.json');
    const first = await serve({ readyFile });
    const second = await serve({ readyFile });
    await first.close();
    expect(JSON.parse(readFileSync(readyFile, 'utf8')).port).toBe(second.port);
  });

  test('without a place for the ready file fails and leaves no server behind', async () => {
    const first = await serve();
    const { port } = first;
    await first.close();
    await expect(serve({ readyFile: '/nonexistent/ready.json', port })).rejects.toMatchObject({
      code: 'ENOENT',
    });
    await serve({ port });
  });

  test('keeps connections open between requests', async () => {
    const server = await serve();
    const socket = connect(server.port, '127.0.0.1');
    const answers = collect(socket);
    socket.write(message('GET /v1/1', { connection: 'keep-alive' }));
    await sleep(50);
    socket.write(message('GET /v1/2'));
    expect((await answers).match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  });

  test('reports each answer to whoever logs them', async () => {
    const entries: { method: string; url: string; status: number; ms: number }[] = [];
    const server = await serve({ onAnswer: (entry) => entries.push(entry) });
    await fetch(`${server.url}/v1/x?a=1`);
    await raw(server, message('GET /v1/%'));
    expect(entries).toMatchObject([
      { method: 'GET', url: '/v1/x?a=1', status: 200, ms: expect.any(Number) },
      { method: 'GET', url: '/v1/%', status: 400, ms: expect.any(Number) },
    ]);
  });
});

test('a client of node:http is served too', async () => {
  const server = await serve();
  const status = await new Promise<number | undefined>((resolve, reject) => {
    httpRequest(`${server.url}/v1/x`, { method: 'DELETE' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(200);
});
