import { describe, expect, test } from 'vitest';
import type { Gateway } from '../../../src/gateway/gateway.ts';
import { Patience } from '../../../src/parity/bench.ts';
import { spaced } from '../../../src/parity/spaced.ts';

describe('requests', () => {
  const run = async (pauses: readonly number[]) => {
    let now = 1000;
    const begun: number[] = [];
    const inner: Gateway = {
      target: 'test',
      async request() {
        begun.push(now);
        return { object: {}, requestId: undefined, replayed: false };
      },
      close: async () => {},
    };
    const gateway = spaced(inner, {
      perSecond: 20,
      now: () => now,
      async sleep(milliseconds) {
        now += milliseconds;
      },
    });
    for (const pause of pauses) {
      now += pause;
      await gateway.request('GET', '/v1/account');
    }
    return begun;
  };

  test('begin at even distances', async () => {
    expect(await run([0, 0, 0, 0])).toEqual([1000, 1050, 1100, 1150]);
  });

  test('do not wait where there was time enough', async () => {
    expect(await run([0, 200, 10, 0])).toEqual([1000, 1200, 1250, 1300]);
  });
});

test('patience halves with each wait in vain, and is whole again when something came', () => {
  const patience = new Patience(16_000);
  const seen = [true, false, false, false, false, false, false, true].map((came) => {
    patience.note(came);
    return patience.milliseconds;
  });
  expect(seen).toEqual([16_000, 8000, 4000, 2000, 1000, 1000, 1000, 16_000]);
  expect(new Patience(200).milliseconds).toBe(200);
});
