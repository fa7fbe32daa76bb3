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
    name: 'confirm',
    group: 'Payments',
    summary: 'attempt the payment',
    load: async () => (await import('./confirm.ts')).confirmCommand,
  },
  {
    name: 'update',
    group: 'Payments',
    summary: 'change a PaymentIntent before it is paid',
    load: async () => (await import('./update.ts')).updateCommand,
  },
  {
    name: 'capture',
    group: 'Payments',
    summary: 'take reserved money',
    load: async () => (await import('./capture.ts')).captureCommand,
  },
  {
    name: 'increment',
    group: 'Payments',
    summary: 'raise a reserved amount',
    load: async () => (await import('./increment.ts')).incrementCommand,
  },
  {
    name: 'cancel',
    group: 'Payments',
    summary: 'end a PaymentIntent for good',
    load: async () => (await import('./cancel.ts')).cancelCommand,
  },
  {
    name: 'refund',
    group: 'Payments',
    summary: 'give money back',
    load: async () => (await import('./refund.ts')).refundCommand,
  },
  {
    name: 'authenticate',
    group: 'Payments',
    summary: 'pass or fail 3D Secure for the customer, offline',
    load: async () => (await import('./authenticate.ts')).authenticateCommand,
  },
  {
    name: 'retrieve',
    group: 'Looking things up',
    summary: 'show a PaymentIntent, or wait for it',
    load: async () => (await import('./retrieve.ts')).retrieveCommand,
  },
  {
    name: 'list',
    group: 'Looking things up',
    summary: 'list PaymentIntents, newest first',
    load: async () => (await import('./list.ts')).listCommand,
  },
  {
    name: 'search',
    group: 'Looking things up',
    summary: "find PaymentIntents with Stripe's query language",
    load: async () => (await import('./search.ts')).searchCommand,
  },
];
