import { describe, expect, it } from 'vitest';
import {
  describeSchedule,
  holdsLine,
  LIVE_MODE_SCHEDULE,
  LOCAL_SCHEDULE,
  NO_RETRIES,
  type RetrySchedule,
  retryDelay,
  TEST_MODE_SCHEDULE,
} from '../../../src/emulator/delivery/schedule.ts';

/** The waits after failures in a row, in seconds. */
function waits(schedule: RetrySchedule, down = false, scale = 1): number[] {
  const found: number[] = [];
  for (let count = 1; ; count += 1) {
    const counts = down ? { failures: 0, unreachable: count } : { failures: count, unreachable: 0 };
    const delay = retryDelay(schedule, counts, down, scale);
    if (delay === undefined) return found;
    found.push(delay / 1000);
  }
}

describe('schedules', () => {
  it('local: three times as long each time', () => {
    expect(waits(LOCAL_SCHEDULE)).toEqual([1, 3, 9, 27, 81, 243]);
    expect(describeSchedule(LOCAL_SCHEDULE)).toBe('1s, 3s, 9s, 27s, 81s, 243s');
  });

  it('local, while nobody is there: every nine seconds for an hour', () => {
    const all = waits(LOCAL_SCHEDULE, true);
    expect(all.slice(0, 5)).toEqual([1, 3, 9, 9, 9]);
    expect(Math.max(...all)).toBe(9);
    const sum = all.reduce((total, wait) => total + wait, 0);
    expect(sum).toBeGreaterThan(3500);
    expect(sum).toBeLessThan(3700);
  });

  it('test mode: three retries over a few hours, whether somebody is there or not', () => {
    expect(waits(TEST_MODE_SCHEDULE)).toHaveLength(3);
    expect(waits(TEST_MODE_SCHEDULE, true)).toEqual(waits(TEST_MODE_SCHEDULE));
    const hours = waits(TEST_MODE_SCHEDULE).reduce((total, wait) => total + wait, 0) / 3600;
    expect(hours).toBeGreaterThan(2);
    expect(hours).toBeLessThan(6);
  });

  it('live mode: longer and longer, for nearly three days and never more', () => {
    const all = waits(LIVE_MODE_SCHEDULE);
    expect(all).toEqual([...all].sort((a, b) => a - b));
    const days = all.reduce((total, wait) => total + wait, 0) / 86_400;
    expect(days).toBeGreaterThan(2.5);
    expect(days).toBeLessThanOrEqual(3);
  });

  it('none: none', () => {
    expect(waits(NO_RETRIES)).toEqual([]);
    expect(describeSchedule(NO_RETRIES)).toBe('');
  });

  it('are scaled', () => {
    expect(waits(LOCAL_SCHEDULE, false, 0.1)).toEqual([0.1, 0.3, 0.9, 2.7, 8.1, 24.3]);
    expect(describeSchedule(LOCAL_SCHEDULE, 0.1)).toBe('100ms, 300ms, 900ms, 2.7s, 8.1s, 24.3s');
    expect(describeSchedule(TEST_MODE_SCHEDULE, 2)).toBe('10m, 2h, 6h');
  });
});

describe('holding others up', () => {
  it('local: during the first three retries, and for as long as nobody is there', () => {
    const held = (failures: number, unreachable = 0) => holdsLine(LOCAL_SCHEDULE, { failures, unreachable });
    expect([held(1), held(2), held(3), held(4)]).toEqual([true, true, true, false]);
    expect(held(0, 100)).toBe(true);
  });

  it('as Stripe does it: never', () => {
    expect(holdsLine(TEST_MODE_SCHEDULE, { failures: 1, unreachable: 0 })).toBe(false);
    expect(holdsLine(TEST_MODE_SCHEDULE, { failures: 0, unreachable: 1 })).toBe(false);
  });
});
