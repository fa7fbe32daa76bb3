import type { TestMethod } from '../domain/test-methods.ts';
import type { Choice, Prompter } from './host.ts';

/** Offers the common test methods by what they do; `later` adds a way to choose none, worded so. */
export async function askPaymentMethod(prompter: Prompter, later?: string): Promise<TestMethod | undefined> {
  const { TEST_METHODS } = await import('../domain/test-methods.ts');
  const offered = TEST_METHODS.filter((method) => method.common).map(
    (method): Choice<TestMethod | undefined> => ({
      name: method.name,
      value: method,
      description: method.title,
      group: method.group,
    }),
  );
  const none: Choice<TestMethod | undefined>[] =
    later === undefined ? [] : [{ name: 'none', value: undefined, description: later, group: 'not now' }];
  return prompter.select({ message: 'Payment method', choices: [...offered, ...none] });
}
