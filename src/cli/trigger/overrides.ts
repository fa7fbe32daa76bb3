import { unknownParameter } from '../../gateway/api-calls.ts';
import { type CallStep, isCall, type Step } from '../../scenario/format.ts';
import { CliError } from '../errors.ts';
import { setParam } from '../params.ts';
import { didYouMean } from '../suggest.ts';
import { readPair } from '../values.ts';

/** What a person wants to be different in a flow. */
export interface Wishes {
  /** `metadata.order=42`, `refund:reason=fraudulent`, as typed. */
  readonly set: readonly string[];
  /** Minor units. */
  readonly amount: number | undefined;
  readonly currency: string | undefined;
}

interface Change {
  readonly flag: string;
  /** As typed: `--set metadata.order=42`. */
  readonly typed: string;
  readonly step: CallStep;
  /** `['metadata', 'order']` */
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * The steps with other parameters: those named go to the main call, or with a prefix (`refund:`) to the call that makes
 * that object. Throws `PARAM_UNKNOWN` for a name the call does not take.
 */
export function withWishes(
  steps: readonly Step[],
  main: CallStep | undefined,
  wishes: Wishes,
): readonly Step[] {
  const changes = [
    ...(wishes.amount === undefined ? [] : [amountChange(main, wishes.amount)]),
    ...(wishes.currency === undefined ? [] : [mainChange('--currency', main, ['currency'], wishes.currency)]),
    ...wishes.set.map((text) => setChange(steps, main, text)),
  ];
  for (const change of changes) checkKnown(change);
  refuseTwice(changes);
  return steps.map((step) => {
    const own = changes.filter((change) => change.step === step);
    if (own.length === 0 || !isCall(step)) return step;
    const params = structuredClone(step.params ?? {}) as Record<string, unknown>;
    for (const { path, value } of own) setParam(params, bracketed(path), value);
    return { ...step, params };
  });
}

/** Nobody knows which of two values was meant. */
function refuseTwice(changes: readonly Change[]): void {
  changes.forEach((change, index) => {
    const { step, path, value, typed } = change;
    if (path.at(-1) === '') return;
    const before = changes
      .slice(0, index)
      .find((one) => one.step === step && bracketed(one.path) === bracketed(path));
    if (before === undefined || String(before.value) === String(value)) return;
    throw new CliError('FLAGS_CONFLICT', `${bracketed(path)} is given twice: ${before.typed} and ${typed}`);
  });
}

/** Money that is captured goes by another name than money that is asked for. */
function amountChange(main: CallStep | undefined, amount: number): Change {
  const name = main?.call === 'payment_intents.capture' ? 'amount_to_capture' : 'amount';
  return mainChange('--amount', main, [name], amount);
}

function mainChange(
  flag: string,
  main: CallStep | undefined,
  path: readonly string[],
  value: unknown,
  typed?: string,
): Change {
  if (main === undefined) {
    throw new CliError('PARAM_UNKNOWN', `${flag} has nothing to change: no call is made`, {
      why: 'The customer or the clock does all that is left to do.',
    });
  }
  return { flag, typed: `${flag} ${typed ?? value}`, step: main, path, value };
}

function setChange(steps: readonly Step[], main: CallStep | undefined, text: string): Change {
  const [name, value] = readPair('--set', text);
  const [, prefix, parameter = ''] = /^(?:([A-Za-z_]+):)?(.*)$/s.exec(name) ?? [];
  const path = pathOf(parameter);
  if (path === undefined) {
    throw new CliError('FLAG_INVALID', `--set ${JSON.stringify(name)} is not a parameter name`, {
      why: 'Names look like description, metadata.order or shipping[name].',
    });
  }
  if (prefix === undefined) return mainChange('--set', main, path, value, text);
  const named = steps.filter(isCall).find((step) => step.as === prefix);
  if (named !== undefined) return { flag: '--set', typed: `--set ${text}`, step: named, path, value };
  const names = steps.filter(isCall).flatMap((step) => step.as ?? []);
  const near = didYouMean(prefix, names);
  throw new CliError('PARAM_UNKNOWN', `No call of this flow makes ${JSON.stringify(prefix)}`, {
    why: `${near === undefined ? '' : `${near} `}It makes: ${names.join(', ') || 'nothing'}.`,
  });
}

/** `a.b`, `a[b]` and `a[]` as steps; undefined for what is no name. */
function pathOf(name: string): string[] | undefined {
  if (name.includes('[')) {
    const match = /^([A-Za-z_]\w*)((?:\[[^[\]]*\])+)$/.exec(name);
    const inner = [...(match?.[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map(([, step = '']) => step);
    return match?.[1] === undefined ? undefined : [match[1], ...inner];
  }
  const steps = name.split('.');
  return /^[A-Za-z_]\w*$/.test(steps[0] ?? '') && steps.every((step) => step !== '') ? steps : undefined;
}

function bracketed([first = '', ...rest]: readonly string[]): string {
  return first + rest.map((step) => `[${step}]`).join('');
}

function checkKnown({ flag, step, path }: Change): void {
  const unknown = unknownParameter(step.call, path);
  if (unknown === undefined) return;
  const where = unknown.parent === '' ? step.call : `${unknown.parent} of ${step.call}`;
  const near = didYouMean(unknown.name, unknown.known);
  const list = unknown.known.length === 0 ? undefined : `It has ${unknown.known.join(', ')}.`;
  throw new CliError('PARAM_UNKNOWN', `${flag}: ${where} has no parameter ${unknown.name}`, {
    why: near ?? list,
    details: { parameters: unknown.known },
  });
}
