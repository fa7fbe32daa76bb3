import { describe, expect, it } from 'vitest';
import {
  createFaults,
  FaultSyntaxError,
  NO_FAULTS,
  parseFaults,
} from '../../../src/emulator/delivery/faults.ts';

describe('reading faults', () => {
  it('takes them all, with and without values and shares', () => {
    expect(parseFaults('duplicate=2,reorder,delay=5s,drop-ack,bad-signature=10%')).toEqual({
      duplicate: { copies: 2, share: 1 },
      reorder: { share: 1 },
      delay: { ms: 5000, share: 1 },
      dropAck: { share: 1 },
      badSignature: { share: 0.1 },
    });
    expect(parseFaults(' duplicate=3@50% , delay=250ms@0.2,reorder@5%, drop-ack=1 ')).toEqual({
      duplicate: { copies: 3, share: 0.5 },
      delay: { ms: 250, share: 0.2 },
      reorder: { share: 0.05 },
      dropAck: { share: 1 },
    });
    expect(parseFaults('duplicate,delay')).toEqual({
      duplicate: { copies: 2, share: 1 },
      delay: { ms: 1000, share: 1 },
    });
    expect(parseFaults('')).toEqual({});
  });

  it.each([
    ['typo', 'typo'],
    ['reorder,duplicate=two', 'duplicate=two'],
    ['duplicate=0', 'duplicate=0'],
    ['duplicate=1000', 'duplicate=1000'],
    ['delay=soon', 'delay=soon'],
    ['delay=5', 'delay=5'],
    ['bad-signature=110%', 'bad-signature=110%'],
    ['reorder=often', 'reorder=often'],
    ['drop-ack@', 'drop-ack@'],
  ])('refuses %s and names the part', (text, part) => {
    const read = () => parseFaults(text);
    expect(read).toThrow(FaultSyntaxError);
    expect(read).toThrow(expect.objectContaining({ part }));
  });
});

describe('plans', () => {
  const ids = Array.from({ length: 2000 }, (_, index) => `whd_${index}`);

  it('are the same for the same seed, delivery and attempt, and differ with the seed', () => {
    const spec = parseFaults('bad-signature=50%,delay=1s@50%');
    const plans = (seed: number) => ids.map((id) => createFaults(spec, seed).plan(id, 1));
    expect(plans(7)).toEqual(plans(7));
    expect(plans(7)).not.toEqual(plans(8));
  });

  it('happen about as often as they are asked for, independently of one another', () => {
    const faults = createFaults(parseFaults('bad-signature=10%,drop-ack=30%'), 1);
    const plans = ids.map((id) => faults.plan(id, 1));
    const share = (matching: (plan: (typeof plans)[number]) => boolean) =>
      plans.filter(matching).length / 2000;
    expect(share(({ badSignature }) => badSignature)).toBeCloseTo(0.1, 1);
    expect(share(({ dropAck }) => dropAck)).toBeCloseTo(0.3, 1);
    expect(share(({ badSignature, dropAck }) => badSignature && dropAck)).toBeLessThan(0.06);
  });

  it('concern first attempts only, so that every delivery arrives in the end', () => {
    const faults = createFaults(parseFaults('duplicate=2,reorder,delay=5s,drop-ack,bad-signature'), 'seed');
    expect(faults.plan('whd_1', 1)).toEqual({
      copies: 2,
      delayMs: 5000,
      dropAck: true,
      badSignature: true,
      goesSecond: true,
    });
    expect(faults.plan('whd_1', 2)).toEqual(NO_FAULTS);
  });
});
