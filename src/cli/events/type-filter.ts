import { matchesAnyPattern } from '../../domain/event-patterns.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import type { Input } from '../input.ts';
import { checkPatterns } from '../listen/patterns.ts';
import type { OptionSpec } from '../spec.ts';
import type { TypedParam } from '../typed-params.ts';

/** The most that the API takes in `types`. */
const MOST_TYPES = 20;

/** Which types of events, under one name everywhere. Stripe's CLI says `--events`, the API has `type` too: both are taken. */
export const typeOptions: readonly OptionSpec[] = [
  {
    name: 'types',
    short: 'e',
    kind: 'items',
    value: 'types',
    summary: 'only these types, commas between; payment_intent.* means a group',
    complete: 'event-types',
    common: true,
  },
  ...['events', 'type'].map(
    (name): OptionSpec => ({
      name,
      kind: 'items',
      value: 'types',
      summary: 'the same as --types',
      complete: 'event-types',
      hidden: true,
    }),
  ),
];

/** The types and groups that were asked for; empty for all. */
export function wantedTypes(input: Input): readonly string[] {
  return [...new Set(typeOptions.flatMap(({ name }) => input.items(name)))];
}

/** Refuses a type or group that can never come. `strict` where every type is known: offline. @throws CliError */
export function checkTypes(types: readonly string[], strict: boolean): void {
  checkPatterns('--types', types, strict);
}

/** How a list is kept to some types. */
export interface TypeFilter {
  readonly params: readonly TypedParam[];
  /** What the API cannot be asked for is read and left out: several groups at once, or very many types. */
  readonly keep: ((event: ApiRecord) => boolean) | undefined;
}

/** The API takes one type or group, or a list of types without groups. */
export function typeFilter(types: readonly string[]): TypeFilter {
  const typed = `--types ${types.join(',')}`;
  const [first, ...more] = types;
  if (first === undefined) return { params: [], keep: undefined };
  if (more.length === 0) return { params: [{ name: 'type', value: first, typed }], keep: undefined };
  if (types.length <= MOST_TYPES && types.every((type) => !type.endsWith('*')))
    return { params: [{ name: 'types', value: types, typed }], keep: undefined };
  return { params: [], keep: ({ type }) => matchesAnyPattern(types, String(type)) };
}
