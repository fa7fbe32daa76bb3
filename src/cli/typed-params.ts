import type { ApiRecord } from '../gateway/gateway.ts';
import { CliError } from './errors.ts';
import type { Input } from './input.ts';
import { setParam } from './params.ts';
import { readTime } from './values.ts';

/** A parameter, and how it was typed: `--amount 3`, `-d amount=3`. */
export interface TypedParam {
  /** `amount`, `shipping[name]`, `expand[]` */
  readonly name: string;
  readonly value: unknown;
  readonly typed: string;
}

/** A parameter that is a moment, from an option that takes it in several forms; nothing where that was not given. */
export function timeParam(input: Input, option: string, name: string, now: number): readonly TypedParam[] {
  const text = input.text(option);
  if (text === undefined) return [];
  return [{ name, value: readTime(`--${option}`, text, now), typed: `--${option} ${text}` }];
}

/**
 * Parameters by the names they were typed with. Nobody knows which of two values was meant: a parameter given twice is
 * refused with `FLAGS_CONFLICT` unless both are the same; `name[]` adds to a list as often as it is given.
 */
export function gatherParams(given: readonly TypedParam[]): ApiRecord {
  const params: Record<string, unknown> = {};
  const seen = new Map<string, TypedParam>();
  for (const param of given.flatMap(separated)) {
    const { name, value } = param;
    const before = seen.get(name);
    if (before === undefined || name.endsWith('[]')) {
      refuseOverlap(seen, param);
      setParam(params, name, value);
      seen.set(name, param);
    } else if (String(before.value) !== String(value)) {
      throw new CliError('FLAGS_CONFLICT', `${name} is given twice: ${before.typed} and ${param.typed}`);
    }
  }
  return params;
}

/** A list by its elements, so that `-d types[0]=x` is told from it. */
function separated(param: TypedParam): readonly TypedParam[] {
  const { name, value } = param;
  if (!Array.isArray(value)) return [param];
  return value.map((one, index) => ({ ...param, name: `${name}[${index}]`, value: one }));
}

function refuseOverlap(seen: ReadonlyMap<string, TypedParam>, { name, typed }: TypedParam): void {
  for (const before of seen.values()) {
    const [outer, inner] = before.name.length < name.length ? [before.name, name] : [name, before.name];
    if (outer !== inner && inner.startsWith(`${outer}[`)) {
      throw new CliError('FLAGS_CONFLICT', `${outer} is given both a value and parameters inside it`, {
        why: `By ${before.typed} and ${typed}.`,
      });
    }
  }
}
