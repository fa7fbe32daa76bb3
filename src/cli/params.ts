import type { ApiRecord } from '../gateway/gateway.ts';
import { CliError } from './errors.ts';

type Branch = Record<string, unknown>;

/**
 * Puts a value where a bracketed name says: `shipping[address][city]`, `payment_method_types[]`, `expand[0]`.
 * Changes `params`. Throws `FLAG_INVALID` for a name that is none, or one that is a value and a group at once.
 */
export function setParam(params: Branch, name: string, value: unknown): void {
  const match = /^([A-Za-z_][\w.-]*)((?:\[[^[\]]*\])*)$/.exec(name);
  if (match === null) {
    throw new CliError('FLAG_INVALID', `${JSON.stringify(name)} is not a parameter name`, {
      why: 'Names look like description, shipping[name] or payment_method_types[].',
    });
  }
  const steps = [
    match[1] ?? '',
    ...[...(match[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map((step) => step[1] ?? ''),
  ];
  let here: Branch | unknown[] = params;
  steps.forEach((step, index) => {
    const last = index === steps.length - 1;
    if (last) {
      put(here, step, value);
      return;
    }
    const next = read(here, step);
    if (next === undefined) {
      const following = steps[index + 1] ?? '';
      const made: Branch | unknown[] = following === '' || /^\d+$/.test(following) ? [] : {};
      put(here, step, made);
      here = made;
    } else if (isBranch(next)) here = next;
    else throw new CliError('FLAG_INVALID', `${name} is given both a value and parameters inside it`);
  });
}

function isBranch(value: unknown): value is Branch | unknown[] {
  return typeof value === 'object' && value !== null;
}

function read(branch: Branch | unknown[], step: string): unknown {
  if (!Array.isArray(branch)) return Object.hasOwn(branch, step) ? branch[step] : undefined;
  return step === '' ? undefined : branch[Number(step)];
}

function put(branch: Branch | unknown[], step: string, value: unknown): void {
  if (Array.isArray(branch)) {
    if (step === '') branch.push(value);
    else if (/^\d+$/.test(step)) branch[Number(step)] = value;
    else throw new CliError('FLAG_INVALID', `[${step}] and [] cannot be mixed in one parameter`);
  } else if (step === '__proto__') {
    throw new CliError('FLAG_INVALID', '"__proto__" is not a parameter name');
  } else branch[step] = value;
}

/** True where nothing was given at all. */
export function isEmpty(params: ApiRecord): boolean {
  return Object.keys(params).length === 0;
}
