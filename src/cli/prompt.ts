import { confirm, input, password, Separator, select } from '@inquirer/prompts';
import { type Choice, PromptCancelled, type Prompter } from './host.ts';

/** The questions, asked on the terminal. The one file that loads inquirer. */
export function openPrompter(streams: {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}): Prompter {
  return {
    input: ({ message, initial, validate }) =>
      asked(
        input(
          {
            message,
            ...(initial === undefined ? {} : { default: initial }),
            ...(validate === undefined ? {} : { validate: (value: string) => validate(value) }),
          },
          streams,
        ),
      ),
    secret: ({ message }) => asked(password({ message, mask: '*' }, streams)),
    select: ({ message, choices }) =>
      asked(select({ message, choices: grouped(choices), pageSize: 14, loop: false }, streams)),
    confirm: ({ message, initial }) => asked(confirm({ message, default: initial ?? false }, streams)),
  };
}

function grouped<T>(
  choices: readonly Choice<T>[],
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
    return [new Separator(`── ${choice.group}`), shown];
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
