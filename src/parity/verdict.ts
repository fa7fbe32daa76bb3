import { fail, inconclusive, pass, skipped } from '../conformance/judgement.ts';
import type { Finding } from '../smoke/finding.ts';
import type { Comparison, Difference } from './compare-sides.ts';

/** What a comparison says of a scenario of so many steps. `fix` is the command that shows more. */
export function verdictOf({ differences, compared, end }: Comparison, steps: number, fix: string): Finding {
  const counted = differences.filter(({ depends }) => depends === null);
  const account = differences.length - counted.length;
  const rest = end === null ? '' : ` From step ${end.step} on: ${sentence(end.reason)}`;
  const aside =
    account === 0 ? '' : ` ${account} more ${account === 1 ? 'depends' : 'depend'} on the account.`;
  const [first] = counted;
  if (first !== undefined) {
    const many = counted.length === 1 ? '1 difference' : `${counted.length} differences, the first`;
    return fail(
      `${many} at step ${first.step}: ${described(first)}${aside}${counted.length > 1 ? '' : rest}`,
      fix,
    );
  }
  if (end?.kind === 'account') {
    return inconclusive(
      `The account cannot do step ${end.step}: ${sentence(end.reason)}`,
      'Turn it on in the Dashboard under Settings, Payment methods, or leave the scenario out with --skip.',
    );
  }
  if (end?.kind === 'not-emulated') {
    return inconclusive(`Not emulated at step ${end.step}: ${sentence(end.reason)}`);
  }
  if (compared === 0) return skipped(end === null ? 'It has no steps.' : sentence(end.reason));
  const same = compared === 1 ? '1 step is the same' : `${compared} steps are the same`;
  return pass(`${end === null ? same : `${same}, of ${steps}`}.${rest}${aside}`);
}

/** `payment_intent.amount is 1 in test mode, 2 on the emulator.` */
function described({ field, kind, part, test, emulator }: Difference): string {
  if (part === 'events')
    return `${field} came ${times(test)} in test mode, ${times(emulator)} from the emulator.`;
  if (kind === 'missing') return `${field} is missing from the emulator; test mode has ${shown(test)}.`;
  if (kind === 'extra') return `test mode has no ${field}; the emulator has ${shown(emulator)}.`;
  if (test === emulator) return `${field} names another object on the emulator (${shown(test)}).`;
  return `${field} is ${shown(test)} in test mode, ${shown(emulator)} on the emulator.`;
}

function times(count: unknown): string {
  return count === 0 ? 'never' : count === 1 ? 'once' : `${String(count)} times`;
}

const LONGEST = 120;

/** A value as one line of JSON, shortened where it is long. */
export function shown(value: unknown, longest = LONGEST): string {
  const text = value === undefined ? '(nothing)' : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
