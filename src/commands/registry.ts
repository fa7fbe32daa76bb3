import type { Registry } from '../cli/registry.ts';

/** Every command, in the order of `help`. Nothing is loaded but the one that runs. */
export const registry: Registry = [
  {
    name: 'create',
    group: 'Payments',
    summary: 'create a PaymentIntent, and confirm it with --confirm',
    load: async () => (await import('./create.ts')).createCommand,
  },
  {
    name: 'retrieve',
    group: 'Payments',
    summary: 'show a PaymentIntent, or wait for it',
    load: async () => (await import('./retrieve.ts')).retrieveCommand,
  },
];
