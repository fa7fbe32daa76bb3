import type { Separator } from '@inquirer/prompts';
import { type Choice, PromptCancelled, type Prompter } from './host.ts';

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
  const typed: string[] = [];
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
                ...(keys === undefined ? {} : { theme: { style: { keysHelpTip: () => keys } } }),
              },
              streams,
            ),
      );
    },
    confirm: ({ message, initial }) =>
      asked(inquirer.confirm({ message, default: initial ?? false }, streams)),
  };
}

/** @param typed the lines of before, newest first: the arrow keys bring them back */
async function readLine(message: string, { input, output }: Streams, typed: string[]): Promise<string> {
  const { createInterface } = await import('node:readline');
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const reader = createInterface({ input, output, terminal: true, history: [...typed], historySize: 50 });
    let isDone = false;
    const end = (finish: () => void): void => {
      if (isDone) return;
      isDone = true;
      reader.close();
      finish();
    };
    reader.setPrompt(`${message} `);
    reader.prompt();
    reader.on('line', (line) => {
      lines.push(line);
      if (line.endsWith('\\')) {
        reader.setPrompt('> ');
        reader.prompt();
        return;
      }
      const text = lines.join('\n').trim();
      if (text !== '') typed.unshift(text.replace(/\\\n\s*/g, ' '));
      end(() => resolve(text));
    });
    reader.on('SIGINT', () => {
      output.write('\n');
      end(() => reject(new PromptCancelled()));
    });
    reader.on('close', () => end(() => reject(new PromptCancelled())));
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
