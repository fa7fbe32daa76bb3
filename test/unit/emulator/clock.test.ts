import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../../../src/emulator/clock.ts';
import { openStore } from '../../../src/emulator/store/open-store.ts';
import type { Store } from '../../../src/emulator/store/store.ts';

let directory: string;
let path: string;
let store: Store;
let milliseconds: number;
const realNow = () => milliseconds;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'payintent-clock-'));
  path = join(directory, 'state.db');
  store = openStore({ path });
  milliseconds = 1_000_999;
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

it('shows real time in whole seconds until it is advanced', () => {
  const clock = createClock(store, realNow);
  expect(clock.now()).toBe(1000);
  milliseconds += 1;
  expect(clock.now()).toBe(1001);
  expect(clock.offset()).toBe(0);
  expect(clock.advance(86_400)).toBe(87_401);
  milliseconds += 5000;
  expect(clock.now()).toBe(87_406);
  expect(clock.advance(0)).toBe(87_406);
  expect(clock.offset()).toBe(86_400);
});

it.each([-1, 0.5, Number.NaN, Infinity])('cannot be advanced by %s', (seconds) => {
  expect(() => createClock(store, realNow).advance(seconds)).toThrow(RangeError);
});

it('is shared with others that have the state open, once committed', () => {
  const other = openStore({ path });
  const otherClock = createClock(other, realNow);
  expect(otherClock.now()).toBe(1000);
  createClock(store, realNow).advance(500);
  expect(otherClock.now()).toBe(1000);
  store.flush();
  expect(otherClock.now()).toBe(1500);
  other.close();
  store.close();
  store = openStore({ path });
  expect(createClock(store, realNow).now()).toBe(1500);
});

describe('never goes back', () => {
  it('when the real time does', () => {
    const clock = createClock(store, realNow);
    expect(clock.now()).toBe(1000);
    milliseconds -= 600_000;
    expect(clock.now()).toBe(1000);
    expect(clock.advance(10)).toBe(1010);
    milliseconds += 1_000_000;
    expect(clock.now()).toBeGreaterThan(1010);
  });

  it('behind what the state already holds', () => {
    store.insert('customers', { id: 'cus_1', object: 'customer', created: 5000 });
    store.insert('customers', { id: 'cus_2', object: 'customer', created: 6000 });
    store.remove('customers', 'cus_2');
    expect(createClock(store, realNow).now()).toBe(6000);
  });
});

it('starts anew with a reset, and forgets an advance that was undone', () => {
  const clock = createClock(store, realNow);
  const undone = () =>
    store.transaction(() => {
      clock.advance(100);
      throw new Error('undone');
    });
  expect(undone).toThrow('undone');
  expect(clock.now()).toBe(1000);
  clock.advance(100);
  expect(clock.now()).toBe(1100);
  store.reset();
  expect(clock.now()).toBe(1000);
});
