import type { OptionSpec } from '../spec.ts';
import { typeOptions } from './type-filter.ts';

/** Which events: the flags that `events list` and `events replay` share. */
export const whichEvents: readonly OptionSpec[] = [
  ...typeOptions,
  {
    name: 'intent',
    kind: 'text',
    value: 'id',
    summary: 'about this intent, its charges, refunds and disputes',
    complete: 'intents',
    common: true,
  },
];

/** Where events are sent once more, and how they are signed. */
export const whereTo: readonly OptionSpec[] = [
  {
    name: 'to',
    kind: 'pair',
    value: 'url',
    summary: 'send to this address, signed; repeatable; without it to registered endpoints',
    common: true,
  },
  {
    name: 'endpoint',
    kind: 'text',
    value: 'id',
    summary: 'to this registered webhook endpoint (we_…) of the emulator only',
  },
  {
    name: 'headers',
    short: 'H',
    kind: 'pair',
    value: 'name:value',
    summary: 'send this header too; repeatable',
  },
  {
    name: 'handler-timeout',
    kind: 'duration',
    value: 'duration',
    summary: 'how long the handler may take, 10s unless given',
  },
];

export const eventFields = [
  'id',
  'object',
  'account',
  'api_version',
  'context',
  'created',
  'data',
  'livemode',
  'pending_webhooks',
  'request',
  'type',
] as const;

export const eventColumns = ['id', 'type', 'data.object.id', 'created'] as const;
