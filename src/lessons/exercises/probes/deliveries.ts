import type { ApiRecord } from '../../../gateway/gateway.ts';
import type { ProbeBench } from '../exercise.ts';

/** Of a list of events the one of this type about an intent. @throws Error where there is none */
export function eventAbout(events: readonly ApiRecord[], type: string, intent: string): ApiRecord {
  const found = events.find((event) => event['type'] === type && objectOf(event)['id'] === intent);
  if (found === undefined) throw new Error(`no ${type} about ${intent}`);
  return found;
}

export const objectOf = (event: ApiRecord): ApiRecord => (event['data'] as { object: ApiRecord }).object;

/** What the program tells at `GET /orders` of one order; empty where it tells nothing. */
export async function orderAt(bench: ProbeBench, order: string): Promise<ApiRecord> {
  const { answer } = await bench.visit('GET', '/orders');
  if (typeof answer !== 'object' || answer === null) return {};
  const found: unknown = Reflect.get(answer, order);
  return typeof found === 'object' && found !== null ? (found as ApiRecord) : {};
}

export const isAccepted = (status: number): boolean => status >= 200 && status < 300;
