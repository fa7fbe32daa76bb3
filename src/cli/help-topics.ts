import type { Result } from './spec.ts';

export interface HelpTopic {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<() => Result | Promise<Result>>;
}

/** Subjects of `payintent help` that are no commands. */
export const helpTopics: readonly HelpTopic[] = [
  {
    name: 'statuses',
    summary: 'the seven statuses and every way between them',
    load: async () => (await import('./topics/statuses.ts')).statusesTopic,
  },
  {
    name: 'test-cards',
    summary: 'the test payment methods to start with',
    load: async () => (await import('./topics/test-cards.ts')).testCardsTopic,
  },
  {
    name: 'scenario-files',
    summary: 'how to write a scenario of your own for simulate',
    load: async () => (await import('./topics/scenario-files.ts')).scenarioFilesTopic,
  },
  {
    name: 'errors',
    summary: 'every error of payintent, with its exit code and fix',
    load: async () => (await import('./topics/errors.ts')).errorsTopic,
  },
  {
    name: 'exit-codes',
    summary: 'what each exit code means',
    load: async () => (await import('./topics/exit-codes.ts')).exitCodesTopic,
  },
  {
    name: 'environment',
    summary: 'the variables and files that are read',
    load: async () => (await import('./topics/environment.ts')).environmentTopic,
  },
  {
    name: 'output',
    summary: 'terminals, pipes, JSON and fields',
    load: async () => (await import('./topics/output.ts')).outputTopic,
  },
  {
    name: 'offline',
    summary: 'what the emulator does, and what it does not',
    load: async () => (await import('./topics/offline.ts')).offlineTopic,
  },
];
