import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import { type Watch, watchStore } from '../delivery/watch.ts';
import type { Engine } from '../engine.ts';
import { answerOnSocket, refusal } from '../server/door-answer.ts';
import type { ApiResponse } from '../wire.ts';
import { SOCKET_PATH } from './create-session.ts';
import { createFeed, type Feed } from './feed.ts';
import { acknowledged } from './messages.ts';
import { CLI_SECRET, type CliSession, findSession, keepCursor } from './sessions.ts';

/** The WebSocket door for Stripe's CLI. */
export interface StripeCliDoor {
  /** Takes an upgrade over, or refuses it. The Host header has been checked. */
  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Says goodbye to everybody: the CLI then tries to come back. Before the state is closed. */
  close(): void;
}

/** The words by which the CLI knows that it has to begin a new session. */
const UNKNOWN_ID = 'Unknown WebSocket ID.';

/** How long a CLI that comes back has to acknowledge what it received before, until that is sent again. Milliseconds. */
const LATE_ACKNOWLEDGEMENTS_MS = 500;

/** The CLI asks for a sign of life every two seconds; one that was silent for this long is gone. Milliseconds. */
const SILENCE_MS = 30_000;

/** How long an acknowledgement may wait to be kept: after a crash what came in between is sent twice. Milliseconds. */
const KEEP_WITHIN_MS = 250;

/** Bytes that wait for a slow reader before nothing more is given to it. */
const MOST_BUFFERED = 4 * 1024 * 1024;
const AT_ONCE = 50;
const MOST_SERVED = 50;
const LONGEST_MESSAGE = 1024 * 1024;

/** A session that this process serves, with its connection if it has one. */
interface Served {
  readonly id: string;
  readonly feed: Feed;
  /** As it was kept last. */
  cursor: number;
  socket: WebSocket | undefined;
  /** Before this moment nothing is sent, in milliseconds of `performance.now`. */
  quietUntil: number;
  heardAt: number;
}

export function createStripeCliDoor(
  { store, realNow, setCliListeners }: Pick<Engine, 'realNow' | 'setCliListeners' | 'store'>,
  onTrouble: (error: unknown) => void = () => {},
): StripeCliDoor {
  const served = new Map<string, Served>();
  let server: Promise<WebSocketServer> | undefined;
  let watch: Watch | undefined;
  let keeper: NodeJS.Timeout | undefined;
  let closed = false;
  setCliListeners(
    () =>
      [...served.values()].filter(({ feed, socket }) => socket !== undefined && feed.feature === 'webhooks')
        .length,
  );

  function serve(session: CliSession): Served {
    const known = served.get(session.id);
    if (known !== undefined) return known;
    const secret = store.getMeta(CLI_SECRET) ?? '';
    const entry: Served = {
      id: session.id,
      feed: createFeed({ store, session, secret, realNow }),
      cursor: session.cursor,
      socket: undefined,
      quietUntil: 0,
      heardAt: 0,
    };
    served.set(session.id, entry);
    forgetOldest(entry);
    return entry;
  }

  /** Whoever went away and comes back after all begins where its session was kept. */
  function forgetOldest(except: Served): void {
    if (served.size <= MOST_SERVED) return;
    keep();
    const gone = [...served.values()].find((entry) => entry.socket === undefined && entry !== except);
    if (gone !== undefined) served.delete(gone.id);
  }

  function attach(entry: Served, socket: WebSocket): void {
    // Of two connections of one session the first is dead, as far as the CLI is concerned.
    entry.socket?.terminate();
    entry.socket = socket;
    entry.heardAt = performance.now();
    entry.quietUntil = entry.feed.waits ? entry.heardAt + LATE_ACKNOWLEDGEMENTS_MS : 0;
    entry.feed.rewind();
    const hear = () => {
      entry.heardAt = performance.now();
    };
    socket.on('ping', hear);
    socket.on('pong', hear);
    socket.on('message', (data, isBinary) => {
      hear();
      const key = isBinary ? undefined : acknowledged(String(data));
      if (key === undefined) return;
      entry.feed.acknowledge(key);
      keepSoon();
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      if (entry.socket === socket) entry.socket = undefined;
      if (![...served.values()].some((one) => one.socket !== undefined)) rest();
    });
    watch ??= watchStore(store, look, onTrouble);
    look();
  }

  /** What this process is about to write must be in the state before anybody hears of it. */
  function look(): void {
    store.committed().then(() => {
      for (const entry of served.values()) {
        try {
          if (!closed) pump(entry);
        } catch (error) {
          onTrouble(error);
        }
      }
    }, onTrouble);
  }

  function pump(entry: Served): void {
    const { socket, feed } = entry;
    if (socket === undefined || socket.readyState !== socket.OPEN) return;
    const now = performance.now();
    if (now - entry.heardAt > SILENCE_MS) socket.terminate();
    if (now < entry.quietUntil || now - entry.heardAt > SILENCE_MS) return;
    while (socket.bufferedAmount < MOST_BUFFERED) {
      const messages = feed.take(AT_ONCE);
      for (const message of messages) socket.send(message);
      if (messages.length < AT_ONCE) break;
    }
    if (feed.cursor !== entry.cursor) keepSoon();
  }

  function keepSoon(): void {
    if (!closed) keeper ??= setTimeout(keep, KEEP_WITHIN_MS).unref();
  }

  function keep(): void {
    clearTimeout(keeper);
    keeper = undefined;
    for (const entry of served.values()) {
      const { cursor } = entry.feed;
      if (cursor === entry.cursor) continue;
      entry.cursor = cursor;
      keepCursor(store, entry.id, cursor).catch(onTrouble);
    }
  }

  function rest(): void {
    watch?.stop();
    watch = undefined;
  }

  function refuse(request: IncomingMessage): ApiResponse | Served {
    if (closed) return refusal(503, 'The emulator is stopping.');
    const url = new URL(request.url ?? '/', 'ws://localhost');
    if (url.pathname !== SOCKET_PATH) return refusal(400, 'This path takes no WebSocket connection.');
    // Only browsers send an Origin, and what goes over this connection is for no page.
    if (request.headers.origin !== undefined)
      return refusal(403, 'A page in a browser may not open this connection.');
    const id = request.headers['websocket-id'];
    const session = typeof id === 'string' ? findSession(store, id) : undefined;
    const entry = session === undefined ? served.get(String(id)) : serve(session);
    if (entry === undefined) return refusal(404, UNKNOWN_ID);
    const feature = url.searchParams.get('websocket_feature');
    if (session !== undefined && feature !== null && feature !== session.feature)
      return refusal(400, `This session is for ${session.feature}.`);
    return entry;
  }

  async function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const entry = refuse(request);
    if ('status' in entry) return answerOnSocket(socket as Socket, entry);
    server ??= loadServer();
    const ready = await server;
    if (closed || socket.destroyed) {
      socket.destroy();
      return;
    }
    ready.handleUpgrade(request, socket, head, (connection) => attach(entry, connection));
  }

  return {
    onUpgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      accept(request, socket, head).catch((error: unknown) => {
        socket.destroy();
        onTrouble(error);
      });
    },
    close() {
      closed = true;
      rest();
      try {
        keep();
      } catch (error) {
        onTrouble(error);
      }
      clearTimeout(keeper);
      for (const { socket } of served.values()) socket?.close(1001, 'The emulator is stopping.');
    },
  };
}

/** The one place that loads `ws`, when the first connection comes. */
async function loadServer(): Promise<WebSocketServer> {
  const { WebSocketServer } = await import('ws');
  return new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: LONGEST_MESSAGE });
}
