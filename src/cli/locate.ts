import { CliError } from './errors.ts';
import { sharedOptions, targetOptions } from './global-options.ts';
import { type CommandEntry, commandsBelow, findCommand, type Registry } from './registry.ts';
import { didYouMean } from './suggest.ts';

export interface Located {
  readonly entry: CommandEntry;
  /** Everything but the command's own words. */
  readonly words: readonly string[];
}

const takesValue = new Set(
  [...targetOptions, ...sharedOptions]
    .filter((option) => option.kind !== 'flag')
    .map((option) => `--${option.name}`),
);

/**
 * Finds the command in a command line. Flags every command shares may stand before it. A group word alone (`config`)
 * and an empty line are questions for help. Throws `COMMAND_UNKNOWN` with the nearest names.
 */
export function locate(registry: Registry, argv: readonly string[]): Located {
  const operands: number[] = [];
  for (let index = 0; index < argv.length && operands.length < 3; index += 1) {
    const word = argv[index] ?? '';
    if (word === '--') break;
    if (takesValue.has(word)) index += 1;
    else if (!word.startsWith('-')) operands.push(index);
    else if (operands.length > 0 && !isSharedFlag(word)) break;
  }
  const typed = operands.map((index) => argv[index] ?? '');
  const help = registry.find((entry) => entry.name === 'help');
  const [first] = typed;
  if (first === undefined) {
    const stray = argv.find((word) => word.startsWith('-') && !isSharedFlag(word));
    if (stray !== undefined) {
      throw new CliError('COMMAND_UNKNOWN', `No command given, only ${stray}`, { fix: ['payintent help'] });
    }
    if (help !== undefined) return { entry: help, words: argv };
  }
  const entry = findCommand(registry, typed);
  if (entry !== undefined) {
    const own = operands.slice(0, entry.name.split(' ').length);
    return { entry, words: argv.filter((_, index) => !own.includes(index)) };
  }
  for (let length = typed.length; length > 0; length -= 1) {
    const below = commandsBelow(registry, typed.slice(0, length));
    if (below.length === 0) continue;
    if (length === typed.length && help !== undefined) return { entry: help, words: argv };
    throw unknown(
      typed.slice(0, length + 1),
      below.map(({ name }) => name),
      `payintent help ${typed.slice(0, length).join(' ')}`,
    );
  }
  throw unknown(
    typed.slice(0, 1),
    registry.filter((one) => one.hidden !== true).map(({ name }) => name),
    'payintent help',
  );
}

function isSharedFlag(word: string): boolean {
  const name = word.replace(/=.*$/, '');
  return [...targetOptions, ...sharedOptions].some(
    (option) => name === `--${option.name}` || name === `-${option.short ?? ''}`,
  );
}

function unknown(typed: readonly string[], names: readonly string[], fix: string): CliError {
  const name = typed.join(' ');
  const first = typed[0] ?? '';
  if (/^pi_[A-Za-z0-9]{10,}/.test(first)) {
    return new CliError('COMMAND_UNKNOWN', `${first} is an intent, not a command`, {
      fix: [`payintent retrieve ${first}`, `payintent explain ${first}`],
    });
  }
  return new CliError('COMMAND_UNKNOWN', `There is no command ${JSON.stringify(name)}`, {
    why: didYouMean(name, names),
    fix: [fix],
  });
}
