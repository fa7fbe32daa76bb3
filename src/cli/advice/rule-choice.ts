import type { Rule } from '../../advice/rule.ts';
import { RULES } from '../../advice/rules.ts';
import { CliError } from '../errors.ts';
import type { Settings } from '../smoke/layered.ts';
import { didYouMean } from '../suggest.ts';

/** The rules that `--only` and `--skip` leave. Throws `FLAG_INVALID`. */
export function chosenRules(input: Pick<Settings, 'items'>): readonly Rule[] {
  const only = known('--only', input.items('only'));
  const skip = known('--skip', input.items('skip'));
  return RULES.filter(({ id }) => (only.length === 0 || only.includes(id)) && !skip.includes(id));
}

function known(flag: string, typed: readonly string[]): readonly string[] {
  const ids = RULES.map(({ id }) => id);
  for (const id of typed) {
    if (ids.includes(id)) continue;
    throw new CliError('FLAG_INVALID', `${flag}: there is no rule ${JSON.stringify(id)}`, {
      why: `${didYouMean(id, ids) ?? ''} The rules are ${ids.join(', ')}.`.trim(),
      fix: ['payintent advise --list'],
    });
  }
  return typed;
}
