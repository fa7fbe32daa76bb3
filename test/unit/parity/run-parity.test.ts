import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openGateway } from '../../../src/gateway/open.ts';
import { openBench, PARITY_MARK } from '../../../src/parity/bench.ts';
import { CLEAN_UP, runParity } from '../../../src/parity/run-parity.ts';
import { SCENARIO_API_VERSION } from '../../../src/scenario/api-version.ts';
import { SCENARIOS } from '../../../src/scenario/library/all.ts';

test('two signals in the midst of tidying up: it says that something may be left, whatever waited', async () => {
  const api = await openGateway(
    { name: 'offline', reason: 'a test' },
    { statePath: ':memory:', now: () => Date.now() },
  );
  onTestFinished(() => api.close());
  const [first, second] = [new AbortController(), new AbortController()];
  const names = ['card-synchronous', 'charge-edited', 'create-only'];
  const bench = openBench({
    api: {
      ...api,
      target: 'test',
      async request(method, path, params, options) {
        const answer = await api.request(method, path, params, options);
        if (method !== 'POST' || path !== '/v1/payment_intents') return answer;
        // As soon as one payment was made: the first signal, and a moment later the second.
        first.abort();
        setTimeout(() => second.abort(), 60);
        return answer;
      },
    },
    mark: { name: PARITY_MARK, run: 'parity_test' },
    retries: 0,
    eventWaitMs: 1000,
    signal: first.signal,
    hurry: second.signal,
    now: () => Date.now(),
    sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
  });
  const checks: { id: string; verdict: string; reason: string }[] = [];
  await runParity({
    bench,
    scenarios: SCENARIOS.filter(({ id }) => names.includes(id)),
    skip: [],
    parallel: 3,
    startsAt: Date.now(),
    apiVersion: SCENARIO_API_VERSION,
    fix: () => 'more',
    sweep: 'the sweep',
    scrub: (text) => text,
    onCheck: (check) => checks.push(check),
    onPlayed: async () => {},
  }).catch(() => {});
  const { object } = await api.request('GET', '/v1/payment_intents', { expand: ['data.latest_charge'] });
  const open = (object['data'] as { status: string; latest_charge: { refunded: boolean } | null }[]).filter(
    ({ status, latest_charge: charge }) =>
      status !== 'canceled' && (charge === null || charge.refunded === false),
  );
  const swept = checks.find(({ id }) => id === CLEAN_UP.id);
  expect(open.length).toBeGreaterThan(0);
  expect(swept).toMatchObject({ verdict: 'fail', fix: 'the sweep' });
});
