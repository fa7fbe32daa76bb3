import { scheduleNames } from '../../gateway/retry-schedules.ts';
import { typeOptions } from '../events/type-filter.ts';
import type { OptionSpec } from '../spec.ts';

/** The flags of `listen`, those that most people use first. */
export const listenOptions: readonly OptionSpec[] = [
  {
    name: 'forward-to',
    short: 'f',
    kind: 'pair',
    value: 'url',
    summary: 'deliver every event to this address, signed; repeatable',
    common: true,
  },
  ...typeOptions,
  {
    name: 'exec',
    kind: 'text',
    value: 'command',
    summary: 'run the app beside it, with the secret in its environment; both stop together',
    common: true,
  },
  {
    name: 'env-file',
    kind: 'text',
    value: 'file',
    summary:
      'write the signing secret into this file, leaving the rest of it alone; it has to exist, since Node.js itself ends where a file named by this flag does not',
    complete: 'files',
    common: true,
  },
  {
    name: 'dotenv',
    kind: 'text',
    value: 'file',
    summary: 'the same as --env-file, and makes the file where there is none',
    complete: 'files',
  },
  {
    name: 'env-key',
    kind: 'text',
    value: 'name',
    summary: 'name of that variable, STRIPE_WEBHOOK_SECRET unless given',
  },
  { name: 'print-secret', kind: 'flag', summary: 'print the signing secret and end', common: true },
  {
    name: 'route',
    kind: 'pair',
    value: 'types=url',
    summary: "deliver only these types to an address, with a secret of its own: 'charge.*=URL'; repeatable",
  },
  {
    name: 'headers',
    short: 'H',
    kind: 'pair',
    value: 'name:value',
    summary: 'send this header too; repeatable',
  },
  { name: 'skip-verify', kind: 'flag', summary: 'do not check certificates of https addresses' },
  {
    name: 'handler-timeout',
    kind: 'duration',
    value: 'duration',
    summary: 'how long an app may take to answer, 10s unless given',
  },
  { name: 'unordered', kind: 'flag', summary: 'deliver up to eight events at once, in no order' },
  {
    name: 'retries',
    kind: 'text',
    value: 'schedule',
    choices: scheduleNames,
    summary: "when failed deliveries are sent again: local unless given; test and live resemble Stripe's",
  },
  {
    name: 'time-scale',
    kind: 'text',
    value: 'factor',
    summary: 'factor for the waits before retries: 0.1 makes 3s 300ms',
  },
  {
    name: 'backfill',
    kind: 'duration',
    value: 'duration',
    summary: 'begin with the events of the last 10m, or however long',
  },
  {
    name: 'fresh',
    kind: 'flag',
    summary: 'forget earlier runs: what they left undelivered, and what they delivered',
  },
  { name: 'once', kind: 'flag', summary: 'stop after one event, when it is delivered' },
  {
    name: 'max',
    kind: 'integer',
    value: 'number',
    summary: 'stop after so many events, when they are delivered',
  },
  {
    name: 'until',
    kind: 'text',
    value: 'type',
    summary: 'stop after an event of this type, when it is delivered',
    complete: 'event-types',
  },
  { name: 'timeout', kind: 'duration', value: 'duration', summary: 'stop after this time at the latest' },
  {
    name: 'ready-file',
    kind: 'text',
    value: 'file',
    summary: 'write this file once it listens; removed at the end',
    complete: 'files',
  },
  { name: 'body', kind: 'flag', summary: "show the handler's answers whole, accepted ones too" },
  {
    name: 'inject',
    kind: 'text',
    value: 'faults',
    summary:
      'misbehave as deliveries can: duplicate=2,reorder,delay=5s,drop-ack,bad-signature=10%; name@10% means now and then',
  },
  { name: 'seed', kind: 'text', value: 'text', summary: 'makes --inject do the same again' },
  {
    name: 'exit-on-gap',
    kind: 'flag',
    summary: 'end with 6 when events could not be heard for a while; the next run fetches them',
  },
  {
    name: 'source',
    kind: 'text',
    value: 'name',
    choices: ['stripe-cli'],
    summary: "on test, hear events through Stripe's own CLI instead of asking the API",
  },
];
