import type { Registry } from '../../cli/registry.ts';

/** The commands of `payintent emulator`. */
export const emulatorEntries: Registry = [
  {
    name: 'emulator serve',
    group: 'Setup',
    summary: 'serve the emulator over HTTP, for any SDK',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  {
    name: 'emulator exec',
    group: 'Setup',
    summary: 'run a command with an emulator of its own',
    load: async () => (await import('./exec.ts')).execCommand,
  },
  {
    name: 'emulator env',
    group: 'Setup',
    summary: 'print the lines that point an SDK at the emulator',
    load: async () => (await import('./env.ts')).envCommand,
  },
  {
    name: 'emulator status',
    group: 'Setup',
    summary: 'show where the state is and what it holds',
    load: async () => (await import('./status.ts')).statusCommand,
  },
  {
    name: 'emulator advance',
    group: 'Setup',
    summary: "move the emulator's clock forward",
    load: async () => (await import('./advance.ts')).advanceCommand,
  },
  {
    name: 'emulator export',
    group: 'Setup',
    summary: 'write the state to a file or stdout',
    load: async () => (await import('./export.ts')).exportCommand,
  },
  {
    name: 'emulator import',
    group: 'Setup',
    summary: 'replace the state by an exported one',
    load: async () => (await import('./import.ts')).importCommand,
  },
  {
    name: 'emulator reset',
    group: 'Setup',
    summary: 'empty the state',
    load: async () => (await import('./reset.ts')).resetCommand,
  },
];
