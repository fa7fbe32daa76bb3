import type { Registry } from '../../cli/registry.ts';

/** `payintent learn` and the commands below it. */
export const learnEntries: Registry = [
  {
    name: 'learn',
    group: 'Learning and testing',
    summary: 'learn how payments work by making them, in English or Arabic',
    load: async () => (await import('./learn.ts')).learnCommand,
  },
  {
    name: 'learn glossary',
    group: 'Learning and testing',
    summary: 'explain the words of payments, in English and Arabic',
    load: async () => (await import('./glossary.ts')).learnGlossaryCommand,
  },
  {
    name: 'learn prompt',
    group: 'Learning and testing',
    summary: 'print a prompt for an AI assistant about building with PaymentIntents',
    load: async () => (await import('./prompt.ts')).learnPromptCommand,
  },
];
