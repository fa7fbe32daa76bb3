import type { Command } from './spec.ts';

/** What is known of a command before it is loaded: enough for `help` and for finding it. */
export interface CommandEntry {
  /** Words after `payintent`. */
  readonly name: string;
  readonly group: CommandGroup;
  readonly summary: string;
  /** Loads exactly this command's file. */
  readonly load: () => Promise<Command>;
  readonly hidden?: boolean;
}

export const commandGroups = [
  'Payments',
  'Looking things up',
  'Webhooks',
  'Learning and testing',
  'Setup',
] as const;

export type CommandGroup = (typeof commandGroups)[number];

export type Registry = readonly CommandEntry[];

/** Finds the command the first words name, the longest name first: `emulator clock advance` before `emulator`. */
export function findCommand(registry: Registry, words: readonly string[]): CommandEntry | undefined {
  for (let length = Math.min(3, words.length); length > 0; length -= 1) {
    const name = words.slice(0, length).join(' ');
    const entry = registry.find((candidate) => candidate.name === name);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** The commands below a group word: `config` has `config show`, `config set-key`, … */
export function commandsBelow(registry: Registry, words: readonly string[]): Registry {
  const prefix = `${words.join(' ')} `;
  return registry.filter((entry) => entry.name.startsWith(prefix));
}
