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
    secret: ({ message }) => asked(inquirer.password({ message, mask: '*' }, streams)),
    select: ({ message, choices }) => {
      const offered = grouped(choices, separate);
      return asked(
        accessible
          ? inquirer.rawlist({ message, choices: offered }, streams)
          : inquirer.select({ message, choices: offered, pageSize: 14, loop: false }, streams),
      );
    },
    confirm: ({ message, initial }) =>
      asked(inquirer.confirm({ message, default: initial ?? false }, streams)),
  };
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
