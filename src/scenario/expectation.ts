import type { ApiRecord } from '../gateway/gateway.ts';
import type { Expectation, ExpectedError } from './format.ts';

/** The part of a step's result that expectations are about. */
export interface Outcome {
  readonly status: string | undefined;
  readonly error:
    | {
        readonly status: number | undefined;
        readonly code: string | undefined;
        readonly declineCode: string | undefined;
      }
    | undefined;
  readonly events: readonly ApiRecord[];
}

/**
 * Sentences about what is not as expected; none when all is. Stripe promises no order of events that are made in the
 * same second, so the order counts only where `ordered`.
 */
export function deviationsFrom(
  expected: Expectation | undefined,
  outcome: Outcome,
  ordered: boolean,
): string[] {
  if (expected === undefined) return [];
  const found: string[] = [];
  if (expected.status !== undefined && outcome.status !== expected.status) {
    found.push(`expected the status ${expected.status}, it is ${outcome.status ?? 'unknown'}`);
  }
  if (expected.error !== undefined) found.push(...errorDeviations(expected.error, outcome.error));
  if (expected.events !== undefined) {
    const { events: named, besides = [] } = expected;
    const types = outcome.events
      .map((event) => String(event['type']))
      .filter((type) => named.includes(type) || !besides.includes(type));
    const [want, got] = [named, types].map((list) => (ordered ? [...list] : list.toSorted()).join(', '));
    if (want !== got) found.push(`expected the events ${want || 'none'}; there were ${got || 'none'}`);
  }
  return found;
}

function errorDeviations(expected: ExpectedError, error: Outcome['error']): string[] {
  if (error === undefined) return ['expected an error, the call succeeded'];
  const pairs = [
    ['HTTP status', expected.status, error.status],
    ['code', expected.code, error.code],
    ['decline_code', expected.decline_code, error.declineCode],
  ] as const;
  return pairs.flatMap(([name, want, got]) =>
    want === undefined || want === got
      ? []
      : [`expected the ${name} ${want} of the error, it is ${got ?? 'absent'}`],
  );
}
