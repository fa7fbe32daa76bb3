import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RunningLine } from '../../../src/cli/running-line.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function terminal(columns: number, isTTY = true) {
  const written: string[] = [];
  return { written, stream: { isTTY, columns, write: (text: string) => void written.push(text) } };
}

test('what is done at once is not announced', () => {
  const { written, stream } = terminal(80);
  const line = new RunningLine(stream, true);
  line.show('… payment');
  vi.advanceTimersByTime(200);
  line.clear();
  vi.advanceTimersByTime(10_000);
  expect(written).toEqual([]);
});

test('what goes on is named, replaced and taken away without a trace', () => {
  const { written, stream } = terminal(80);
  const line = new RunningLine(stream, true);
  line.show('… payment');
  vi.advanceTimersByTime(1000);
  line.show('… list');
  vi.advanceTimersByTime(1000);
  line.clear();
  line.clear();
  expect(written).toEqual(['… payment', `\r${' '.repeat(9)}\r`, '… list', `\r${' '.repeat(6)}\r`]);
});

test('it never takes a second line', () => {
  const { written, stream } = terminal(20);
  new RunningLine(stream, true).show('… authorize-capture, authorize-cancel');
  vi.advanceTimersByTime(1000);
  expect(written).toEqual(['… authorize-captur…']);
});

test.each([
  ['where nobody sees it', terminal(80, false), true],
  ['where it is not wanted', terminal(80), false],
] as const)('nothing is written %s', (_, { written, stream }, isWanted) => {
  new RunningLine(stream, isWanted).show('… payment');
  vi.advanceTimersByTime(1000);
  expect(written).toEqual([]);
});
