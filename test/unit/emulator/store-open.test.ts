import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../../../src/emulator/sqlite.ts';
import { moveStateAside, openStore } from '../../../src/emulator/store/open-store.ts';
import { SCHEMA_VERSION } from '../../../src/emulator/store/schema.ts';
import { toStateError } from '../../../src/emulator/store/state-error.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'payintent-open-'));
});
afterEach(() => {
  chmodSync(directory, 0o700);
  rmSync(directory, { recursive: true });
});

const modeOf = (path: string) => statSync(path).mode & 0o777;

const stateError = (code: string, path: string, message: RegExp) =>
  expect.objectContaining({
    name: 'StateError',
    code,
    path,
    message: expect.stringMatching(message),
    wayOut: expect.stringContaining('--state OTHER'),
  });

/** A state file with one object in it. */
function createState(path: string): void {
  const store = openStore({ path });
  store.insert('customers', { id: 'cus_1', object: 'customer', created: 1 });
  store.close();
}

describe('a new state', () => {
  it('is created with its directory, for its owner only', () => {
    const path = join(directory, 'a', 'b', 'state.db');
    createState(path);
    expect(modeOf(path)).toBe(0o600);
    expect(modeOf(join(directory, 'a', 'b'))).toBe(0o700);
    expect(modeOf(join(directory, 'a'))).toBe(0o700);
    const store = openStore({ path });
    expect(store.get('customers', 'cus_1')).toEqual({ id: 'cus_1', object: 'customer', created: 1 });
    expect(store.info()).toMatchObject({
      path,
      schema: SCHEMA_VERSION,
      generation: 0,
      jobs: 0,
      counts: { customers: 1, charges: 0 },
    });
    expect(store.info().sizeBytes).toBeGreaterThan(10_000);
    for (const suffix of ['-wal', '-shm']) expect(modeOf(path + suffix)).toBe(0o600);
    store.close();
  });

  it('leaves the rights of a directory that exists alone', () => {
    chmodSync(directory, 0o755);
    createState(join(directory, 'state.db'));
    expect(modeOf(directory)).toBe(0o755);
  });

  it('may be an empty file, or be reached by a link', () => {
    writeFileSync(join(directory, 'empty.db'), '');
    symlinkSync(join(directory, 'empty.db'), join(directory, 'link.db'));
    createState(join(directory, 'link.db'));
    const store = openStore({ path: join(directory, 'empty.db') });
    expect(store.count('customers')).toBe(1);
    store.close();
  });

  it('in memory leaves no trace and is nobody else’s', () => {
    const one = openStore({ path: ':memory:' });
    const two = openStore({ path: ':memory:' });
    one.insert('customers', { id: 'cus_1', object: 'customer' });
    expect(two.count('customers')).toBe(0);
    expect(one.info()).toMatchObject({ path: ':memory:', sizeBytes: 0 });
    one.close();
    two.close();
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('a file that is no state', () => {
  it.each([
    ['text', Buffer.from('This is my shopping list, and not a database. '.repeat(30))],
    ['a few bytes', Buffer.from('SQL')],
  ])('is kept as it is: %s', (_name, content) => {
    const path = join(directory, 'state.db');
    writeFileSync(path, content);
    expect(() => openStore({ path })).toThrow(
      stateError('STATE_CORRUPT', path, /damaged.*file is not a database/),
    );
    expect(readFileSync(path)).toEqual(content);
    expect(readdirSync(directory)).toEqual(['state.db']);
  });

  it('is kept as it is: a database of another program', () => {
    const path = join(directory, 'bookmarks.db');
    const other = openSqlite(path);
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    other.close();
    const content = readFileSync(path);
    expect(() => openStore({ path })).toThrow(stateError('STATE_UNREADABLE', path, /another program/));
    expect(readFileSync(path)).toEqual(content);
  });

  it('may be a directory, or lie below a file', () => {
    mkdirSync(join(directory, 'state.db'));
    expect(() => openStore({ path: join(directory, 'state.db') })).toThrow(
      stateError('STATE_UNREADABLE', join(directory, 'state.db'), /is a directory/),
    );
    writeFileSync(join(directory, 'file'), '');
    const below = join(directory, 'file', 'state.db');
    expect(() => openStore({ path: below })).toThrow(stateError('STATE_UNREADABLE', below, /ENOTDIR|EEXIST/));
  });
});

it('reports damage found while reading, and keeps the file', () => {
  const path = join(directory, 'state.db');
  const store = openStore({ path });
  for (let number = 0; number < 300; number += 1) {
    store.insert('customers', { id: `cus_${number}`, object: 'customer', created: 1, name: 'x'.repeat(500) });
  }
  store.close();
  const db = openSqlite(path);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  const content = readFileSync(path);
  content.fill(0xff, 40 * 4096);
  writeFileSync(path, content);
  const readAll = () => {
    const damaged = openStore({ path });
    try {
      return [...damaged.scan('customers')];
    } finally {
      damaged.close();
    }
  };
  expect(readAll).toThrow(stateError('STATE_CORRUPT', path, /malformed/));
  expect(readFileSync(path).length).toBe(content.length);
});

it('refuses a state of a newer version and leaves it alone', () => {
  const path = join(directory, 'state.db');
  createState(path);
  const db = openSqlite(path);
  db.exec('PRAGMA user_version = 99');
  db.close();
  const content = readFileSync(path);
  expect(() => openStore({ path })).toThrow(stateError('STATE_NEWER', path, /schema 99.*up to \d+/));
  expect(readFileSync(path)).toEqual(content);
});

it.skipIf(process.getuid?.() === 0)('says when it may not read or write', () => {
  const path = join(directory, 'state.db');
  createState(path);
  chmodSync(path, 0o400);
  expect(() => openStore({ path })).toThrow(stateError('STATE_READ_ONLY', path, /EACCES/));
  chmodSync(path, 0o000);
  expect(() => openStore({ path })).toThrow(stateError('STATE_UNREADABLE', path, /EACCES/));
  chmodSync(path, 0o600);
  chmodSync(directory, 0o500);
  expect(() => openStore({ path })).toThrow(stateError('STATE_READ_ONLY', path, /EACCES/));
  const missing = join(directory, 'deeper', 'state.db');
  expect(() => openStore({ path: missing })).toThrow(stateError('STATE_UNREADABLE', missing, /EACCES/));
});

describe('errors of SQLite and of the file system', () => {
  const path = '/somewhere/state.db';

  it.each([
    ['STATE_FULL', { errcode: 13 }],
    ['STATE_FULL', { code: 'ENOSPC' }],
    ['STATE_BUSY', { errcode: 5 }],
    ['STATE_BUSY', { errcode: 5 | (2 << 8) }],
    ['STATE_READ_ONLY', { errcode: 8 }],
    ['STATE_READ_ONLY', { code: 'EROFS' }],
    ['STATE_CORRUPT', { errcode: 11 }],
    ['STATE_CORRUPT', { errcode: 26 }],
    ['STATE_UNREADABLE', { errcode: 14 }],
    ['STATE_UNREADABLE', { errcode: 10 }],
    ['STATE_UNREADABLE', { code: 'EACCES' }],
  ])('become %s', (code, fields) => {
    const cause = Object.assign(new Error('because of this'), fields);
    const error = toStateError(cause, path);
    expect(error).toEqual(stateError(code, path, /\/somewhere\/state\.db.*because of this/));
    expect(toStateError(error, path)).toBe(error);
  });

  it('leaves other errors as they are', () => {
    for (const error of [
      new TypeError('a bug'),
      Object.assign(new Error('UNIQUE'), { errcode: 19 }),
      'text',
      null,
    ]) {
      expect(toStateError(error, path)).toBe(error);
    }
  });
});

it('moves a damaged file aside together with its log', () => {
  const path = join(directory, 'state.db');
  writeFileSync(path, 'damaged');
  writeFileSync(`${path}-wal`, 'log');
  expect(moveStateAside(path, '20261122T071500Z')).toBe(`${path}.corrupt-20261122T071500Z`);
  createState(path);
  expect(readFileSync(`${path}.corrupt-20261122T071500Z`, 'utf8')).toBe('damaged');
  expect(readFileSync(`${path}.corrupt-20261122T071500Z-wal`, 'utf8')).toBe('log');
});
