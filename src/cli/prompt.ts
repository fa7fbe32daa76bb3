import type { Separator } from '@inquirer/prompts';
import { type Choice, PromptCancelled, type Prompter } from './host.ts';

/** Said below a list, in the words that lessons use, too. */
const USUAL_KEYS = '↑↓ move • ⏎ choose';

interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * The questions, asked on the terminal. The one file that loads inquirer, and only when something is asked.
 *
 * @param accessible numbered choices in place of a list that is repainted
 */
export async function openPrompter(streams: Streams, accessible: boolean): Promise<Prompter> {
  const inquirer = await import('@inquirer/prompts');
  const typed: Typed = { before: [], waiting: [] };
  const separate = (text: string): Separator => new inquirer.Separator(text);
  return {
    input: ({ message, initial, validate }) =>
      asked(
        inquirer.input(
          {
            message,
            ...(initial === undefined ? {} : { default: initial }),
            ...(validate === undefined ? {} : { validate: (value: string) => validate(value) }),
          },
          streams,
        ),
      ),
    line: ({ message }) => readLine(message, streams, typed),
    secret: ({ message }) => asked(inquirer.password({ message, mask: '*' }, streams)),
    select: ({ message, choices, keys }) => {
      const offered = grouped(choices, separate);
      return asked(
        accessible
          ? inquirer.rawlist({ message, choices: offered }, streams)
          : inquirer.select(
              {
                message,
                choices: offered,
                pageSize: 14,
                loop: false,
                theme: { style: { keysHelpTip: () => keys ?? USUAL_KEYS } },
              },
              streams,
            ),
      );
    },
    confirm: ({ message, initial }) =>
      asked(inquirer.confirm({ message, default: initial ?? false }, streams)),
  };
}

/** Lines that were typed. */
interface Typed {
  /** Newest first: the arrow keys bring them back. */
  readonly before: string[];
  /** Came with one that was pasted, and are still to be handed on. */
  readonly waiting: string[];
}

async function readLine(
  message: string,
  { input, output }: Streams,
  { before, waiting }: Typed,
): Promise<string> {
  const next = waiting.shift();
  if (next !== undefined) {
    output.write(`${message} ${next}\n`);
    return next;
  }
  const { createInterface } = await import('node:readline');
  const part: string[] = [];
  return new Promise((resolve, reject) => {
    const reader = createInterface({ input, output, terminal: true, history: [...before], historySize: 50 });
    let isDone = false;
    const end = (finish: () => void): void => {
      if (isDone) return;
      isDone = true;
      reader.close();
      finish();
    };
    const prompt = (text: string): void => {
      reader.setPrompt(`${text} `);
      reader.prompt();
    };
    prompt(message);
    reader.on('line', (line) => {
      part.push(line);
      if (line.endsWith('\\')) {
        prompt('>');
        return;
      }
      const text = part.splice(0).join('\n').trim();
      if (text !== '') {
        before.unshift(text.replace(/\\\n\s*/g, ' '));
        waiting.push(text);
      }
      // What was pasted together comes in one turn of the event loop.
      setImmediate(() => end(() => resolve(waiting.shift() ?? '')));
    });
    reader.on('SIGINT', () => {
      output.write('\n');
      end(() => reject(new PromptCancelled()));
    });
    reader.on('close', () => {
      if (waiting.length === 0) end(() => reject(new PromptCancelled()));
    });
  });
}

function grouped<T>(
  choices: readonly Choice<T>[],
  separate: (text: string) => Separator,
): (Separator | { name: string; value: T; description?: string })[] {
  let group: string | undefined;
  return choices.flatMap((choice) => {
    const shown = {
      name: choice.name,
      value: choice.value,
      ...(choice.description === undefined ? {} : { description: choice.description }),
    };
    if (choice.group === undefined || choice.group === group) return [shown];
    group = choice.group;
    return [separate(`── ${choice.group}`), shown];
  });
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    // The library's class is not compared: two copies of it may be in one process.
    if (error instanceof Error && /^(ExitPromptError|AbortPromptError)$/.test(error.name))
      throw new PromptCancelled();
    throw error;
  }
}
