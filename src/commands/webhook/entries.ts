import type { Registry } from '../../cli/registry.ts';

/** The commands of `payintent webhook`. */
export const webhookEntries: Registry = [
  {
    name: 'webhook test',
    group: 'Webhooks',
    summary: 'say whether a webhook handler would survive production',
    load: async () => (await import('./test.ts')).webhookTestCommand,
  },
  {
    name: 'webhook verify',
    group: 'Webhooks',
    summary: 'say whether a signature verifies, and if not, why',
    load: async () => (await import('./verify.ts')).webhookVerifyCommand,
  },
  {
    name: 'webhook sign',
    group: 'Webhooks',
    summary: 'make the signature header of a body',
    load: async () => (await import('./sign.ts')).webhookSignCommand,
  },
];
