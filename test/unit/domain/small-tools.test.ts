import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, LONGEST_DURATION, parseDuration } from '../../../src/domain/duration.ts';
import { editDistance, nearest, nearestAll } from '../../../src/domain/nearest.ts';

describe('durations', () => {
  it.each([
    ['7d', 604_800],
    ['24h', 86_400],
    ['90s', 90],
    ['2w', 1_209_600],
    ['1h30m', 5400],
    ['1D', 86_400],
    [' 5m ', 300],
  ])('%j is %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each(['', '7', 'd', '0s', '-1d', '1.5h', '30m1h', '1h1h', '1y', '7 d', '9999w'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it('are read back as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LONGEST_DURATION }), (seconds) => {
        expect(parseDuration(formatDuration(seconds))).toBe(seconds);
      }),
    );
    expect(formatDuration(604_800)).toBe('1w');
    expect(formatDuration(0)).toBe('0s');
  });
});

describe('the nearest word', () => {
  it.each([
    ['confrim', 'confirm'],
    ['captrue', 'capture'],
    ['cretae', 'create'],
    ['CANCEL', 'cancel'],
    ['increment_', 'increment'],
    ['conf', 'confirm'],
  ])('%s means %s', (given, meant) => {
    expect(nearest(given, ['create', 'confirm', 'capture', 'cancel', 'increment'])).toBe(meant);
  });

  it.each(['xyzzy', '', 'banana'])('%j means nothing', (given) => {
    expect(nearest(given, ['create', 'confirm', 'capture', 'cancel'])).toBeUndefined();
  });

  it('lists the closest first', () => {
    expect(nearestAll('visa-d', ['visa-de', 'visa-debit', 'visa-dk', 'amex'], 2)[0]).toBe('visa-de');
  });

  it('measures edits as a distance does', () => {
    expect(editDistance('abcd', 'acbd')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
