import type { Registry } from '../../cli/registry.ts';

/** The commands of `payintent events`. */
export const eventsEntries: Registry = [
  {
    name: 'events list',
    group: 'Webhooks',
    summary: 'list events, newest first',
    load: async () => (await import('./list.ts')).eventsListCommand,
  },
  {
    name: 'events retrieve',
    group: 'Webhooks',
    summary: 'show one event',
    load: async () => (await import('./retrieve.ts')).eventsRetrieveCommand,
  },
  {
    name: 'events resend',
    group: 'Webhooks',
    summary: 'send an event once more',
    load: async () => (await import('./resend.ts')).eventsResendCommand,
  },
  {
    name: 'events replay',
    group: 'Webhooks',
    summary: 'send past events once more, in order',
    load: async () => (await import('./replay.ts')).eventsReplayCommand,
  },
  {
    name: 'events tail',
    group: 'Webhooks',
    summary: 'show events as they happen',
    load: async () => (await import('./tail.ts')).eventsTailCommand,
  },
];
