import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createEngine, type Engine } from '../../../src/emulator/engine.ts';
import { createTransport } from '../../../src/emulator/transport.ts';
import { jsonPieces } from '../../../src/gateway/event-sources/json-pieces.ts';
import { openOfflineSource } from '../../../src/gateway/event-sources/offline.ts';
import { openPollingSource } from '../../../src/gateway/event-sources/polling.ts';
import type { Cursor, EventSource, SourceItem } from '../../../src/gateway/event-sources/source.ts';
import type { Gateway } from '../../../src/gateway/gateway.ts';
import { GatewayError } from '../../../src/gateway/gateway-error.ts';
import { openSdk } from '../../../src/gateway/stripe-sdk.ts';

const KEY = ['sk', 'test', 'sources'].join('_');

let engine: Engine;
let now: number;

beforeEach(() => {
  now = Date.UTC(2026, 10, 22, 12);
  engine = createEngine({ realNow: () => now });
});
afterEach(() => engine.close());

/** Adds events as the API would show them; `ago` in seconds. */
function add(count: number, ago = 0): string[] {
  const ids: string[] = [];
  engine.store.transaction(() => {
    for (let index = 0; index < count; index += 1) {
      const id = `evt_${engine.store.count('events')}`;
      const created = Math.floor(now / 1000) - ago;
      engine.store.insert('events', { id, object: 'event', type: 'customer.created', created });
      ids.push(id);
    }
  });
  engine.store.flush();
  return ids;
}

/** Reads a source in the background. */
function follow(source: EventSource, cursor: Cursor) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const items: SourceItem[] = [];
  const ended = (async () => {
    for await (const item of source.read(cursor, stop.signal)) items.push(item);
  })();
  return {
    items,
    ids: () => items.flatMap((item) => (item.kind === 'events' ? item.events.map(({ id }) => id) : [])),
    gaps: () => items.filter((item) => item.kind === 'gap'),
    async until(holds: () => boolean) {
      for (let wait = 0; !holds(); wait += 1) {
        if (wait > 1500) throw new Error(`it did not happen: ${JSON.stringify(items.slice(-3))}`);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    async stop() {
      stop.abort();
      await ended;
    },
  };
}

/** The SDK over the emulator, with trouble on request. */
async function openApi(): Promise<{
  gateway: Gateway;
  requests: string[];
  fail: (error?: GatewayError) => void;
}> {
  const sdk = await openSdk({ target: 'test', key: KEY, httpClient: createTransport(engine.handle) });
  const requests: string[] = [];
  let trouble: GatewayError | undefined;
  return {
    requests,
    fail(error) {
      trouble = error;
    },
    gateway: {
      ...sdk,
      async request(method, path, params, options) {
        requests.push(JSON.stringify(params));
        if (trouble !== undefined) throw trouble;
        return sdk.request(method, path, params, options);
      },
    },
  };
}

const waits = { busy: 2, idle: 2 };
const network = () => new GatewayError('Nobody answers.', { kind: 'network', body: {} });

describe('polling', () => {
  test('hands on what is new, oldest first, each event once', async () => {
    add(3);
    const { gateway } = await openApi();
    const source = openPollingSource({ gateway, place: 'x', now: () => now, waits });
    const reader = follow(source, await source.head());
    const first = add(2);
    await reader.until(() => reader.ids().length === 2);
    const second = add(250);
    await reader.until(() => reader.ids().length === 252);
    expect(reader.ids()).toEqual([...first, ...second]);
    await reader.stop();
  });

  test('finds events that show up late, behind others', async () => {
    const { gateway } = await openApi();
    const source = openPollingSource({ gateway, place: 'x', now: () => now, waits });
    const reader = follow(source, await source.head());
    add(2);
    await reader.until(() => reader.ids().length === 2);
    const late = add(1, 60);
    await reader.until(() => reader.ids().length === 3);
    expect(reader.ids().at(-1)).toBe(late[0]);
    // Older than that is history, such as what another program imported.
    add(1, 3600);
    add(1);
    await reader.until(() => reader.ids().length === 4);
    await reader.stop();
    expect(reader.ids()).not.toContain('evt_3');
  });

  test('asks for little while nothing happens', async () => {
    add(100);
    const { gateway, requests } = await openApi();
    const source = openPollingSource({ gateway, place: 'x', now: () => now, waits });
    const reader = follow(source, await source.head());
    await reader.until(() => requests.length > 10);
    await reader.stop();
    expect(requests.filter((params) => params.includes('starting_after')).length).toBeLessThan(5);
  });

  test('tells a time without network, and one in which the machine slept, and fetches what happened', async () => {
    const { gateway, fail } = await openApi();
    const source = openPollingSource({ gateway, place: 'x', now: () => now, waits });
    const reader = follow(source, await source.head());
    add(1);
    await reader.until(() => reader.ids().length === 1);
    const from = now;
    fail(network());
    await reader.until(() => reader.items.some((item) => item.kind === 'note'));
    now += 40_000;
    add(120);
    fail();
    await reader.until(() => reader.ids().length === 121);
    expect(reader.gaps()).toMatchObject([
      { reason: 'network', from, to: now, events: 120, detail: 'Nobody answers.' },
    ]);
    add(1);
    now += 3_600_000;
    await reader.until(() => reader.gaps().length === 2);
    expect(reader.gaps()[1]).toMatchObject({ reason: 'sleep' });
    await reader.until(() => reader.ids().length === 122);
    expect(new Set(reader.ids()).size).toBe(122);
    await reader.stop();
  });

  test('gives up when the key is refused', async () => {
    const { gateway, fail } = await openApi();
    const source = openPollingSource({ gateway, place: 'x', now: () => now, waits });
    const cursor = await source.head();
    fail(new GatewayError('Invalid API Key', { kind: 'auth', status: 401, body: {} }));
    const next = source.read(cursor, new AbortController().signal)[Symbol.asyncIterator]().next();
    await expect(next).rejects.toThrow('Invalid API Key');
  });

  test('begins in the past', async () => {
    add(1, 700);
    const wanted = add(3, 500);
    const { gateway } = await openApi();
    const source = openPollingSource({ gateway, place: 'x', now: () => now, waits });
    const reader = follow(source, await source.head(600_000));
    await reader.until(() => reader.ids().length === 3);
    expect(reader.ids()).toEqual(wanted);
    await reader.stop();
  });
});

describe('offline', () => {
  test('goes on where a cursor stands, and begins in the past', async () => {
    engine.close();
    const folder = mkdtempSync(join(tmpdir(), 'payintent-source-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const statePath = join(folder, 'state.db');
    engine = createEngine({ state: statePath, realNow: () => now });
    add(2, 700);
    const lately = add(3, 60);
    const source = await openOfflineSource({ statePath, now: () => now });
    onTestFinished(() => source.close());
    const head = await source.head();
    // Two connections in one thread: the other one must have let go of the lock.
    await new Promise((resolve) => setImmediate(resolve));
    const fresh = add(450);
    expect(source.countAfter(head)).toBe(450);
    const reader = follow(source, head);
    await reader.until(() => reader.ids().length === 450);
    expect(reader.ids()).toEqual(fresh);
    await reader.stop();
    const past = follow(source, await source.head(600_000));
    await past.until(() => past.ids().length === 453);
    expect(past.ids()).toEqual([...lately, ...fresh]);
    await new Promise((resolve) => setImmediate(resolve));
    engine.store.reset();
    const after = add(1);
    await past.until(() => past.ids().length === 454);
    expect(past.ids().at(-1)).toBe(after[0]);
    await past.stop();
  });
});

describe('JSON in a stream', () => {
  const objects = [{ a: '}{"\\', b: [{ c: 'é{' }] }, { d: { e: 1 } }];
  const text = `Ready { not\n${JSON.stringify(objects[0], null, 2)}\nwords\n${JSON.stringify(objects[1])}\n{"cut": 1`;

  test.each([1, 2, 3, 7, 1000])('in pieces of %i characters', (size) => {
    const pieces = jsonPieces();
    const found: string[] = [];
    for (let at = 0; at < text.length; at += size) found.push(...pieces.push(text.slice(at, at + size)));
    expect(found.map((one) => JSON.parse(one))).toEqual(objects);
  });
});
