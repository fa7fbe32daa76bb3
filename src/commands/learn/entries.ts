import type { Registry } from '../../cli/registry.ts';

/** The commands below `payintent learn`. */
export const learnEntries: Registry = [
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
