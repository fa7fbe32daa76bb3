import { parseDuration } from '../../domain/duration.ts';
import { findTestMethod } from '../../domain/test-methods.ts';
import { INTENT_ID } from '../../scenario/forks.ts';
import type { Step } from '../../scenario/format.ts';
import { CliError } from '../errors.ts';
import { setParam } from '../params.ts';
import { didYouMean } from '../suggest.ts';

/** Verbs that can be tried on the intent at hand, with their operations. */
const CALLS: Readonly<Record<string, string>> = {
  cancel: 'payment_intents.cancel',
  capture: 'payment_intents.capture',
  confirm: 'payment_intents.confirm',
  increment: 'payment_intents.increment_authorization',
  refund: 'refunds.create',
  retrieve: 'payment_intents.retrieve',
  update: 'payment_intents.update',
};

const VERBS = [...Object.keys(CALLS), 'authenticate', 'advance'];

export const MOVE_HINT = 'e.g. confirm --payment-method visa, capture --amount-to-capture 500, advance 7d';

/** A move as typed: `capture --amount-to-capture 500`. The intent is the one at hand. Answers the step, or what is wrong. */
export function readMove(typed: string): Step | string {
  const words = (typed.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [])
    .map((word) => word.replace(/["']/g, ''))
    .filter((word, index) => !(index === 0 && word === 'payintent') && !/^pi_\w+$/.test(word));
  const [verb, ...rest] = words;
  if (verb === undefined) return `Type a move, ${MOVE_HINT}`;
  const title = `Your move: ${words.join(' ')}`;
  if (verb === 'advance') return advanceStep(title, rest);
  if (verb === 'authenticate') {
    return { title, authenticate: INTENT_ID, outcome: rest.includes('--fail') ? 'fail' : 'succeed' };
  }
  const call = CALLS[verb];
  if (call === undefined) {
    return `There is no move ${JSON.stringify(verb)}. ${didYouMean(verb, VERBS) ?? `There are ${VERBS.join(', ')}.`}`;
  }
  const params = readFlags(rest);
  if (typeof params === 'string') return params;
  return call === 'refunds.create'
    ? { title, call, as: 'refund', params: { payment_intent: INTENT_ID, ...params } }
    : { title, call, on: INTENT_ID, params };
}

function advanceStep(title: string, rest: readonly string[]): Step | string {
  const [duration = ''] = rest;
  if (parseDuration(duration) === undefined) return 'Say how far: advance 7d, advance 10s';
  return { title, advance: duration };
}

function readFlags(words: readonly string[]): Record<string, unknown> | string {
  const params: Record<string, unknown> = {};
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const next = words[index + 1];
    const flag = /^--(no-)?([a-z-]+)(?:=(.*))?$/.exec(word);
    if (word === '-d' && next !== undefined && next.includes('=')) {
      const equals = next.indexOf('=');
      try {
        setParam(params, next.slice(0, equals), next.slice(equals + 1));
      } catch (error) {
        if (error instanceof CliError) return error.message;
        throw error;
      }
      index += 1;
    } else if (flag !== null) {
      const name = (flag[2] ?? '').replaceAll('-', '_');
      const given = flag[3] ?? (next === undefined || next.startsWith('-') ? undefined : next);
      if (flag[3] === undefined && given !== undefined) index += 1;
      if (name === 'metadata' && given?.includes('=') === true) {
        const [key = '', ...rest] = given.split('=');
        params[name] = { ...(params[name] as object | undefined), [key]: rest.join('=') };
      } else params[name] = flag[1] === undefined ? typedValue(name, given) : false;
    } else return `${JSON.stringify(word)} is neither --flag value nor -d name=value`;
  }
  return params;
}

function typedValue(name: string, given: string | undefined): unknown {
  if (given === undefined) return true;
  if (name === 'payment_method') return findTestMethod(given)?.pm ?? given;
  if (name.endsWith('_types')) return given.split(',');
  return /^\d+$/.test(given) ? Number(given) : given;
}
