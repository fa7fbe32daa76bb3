import type { Registry } from '../cli/registry.ts';
import { emulatorEntries } from './emulator/entries.ts';
import { eventsEntries } from './events/entries.ts';
import { learnEntries } from './learn/entries.ts';
import { webhookEntries } from './webhook/entries.ts';

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
  {
    name: 'methods',
    group: 'Looking things up',
    summary: 'list test payment methods by what they do',
    load: async () => (await import('./methods.ts')).methodsCommand,
  },
  {
    name: 'explain',
    group: 'Looking things up',
    summary: 'say what a status, code, field, card or intent means',
    load: async () => (await import('./explain.ts')).explainCommand,
  },
  ...webhookEntries,
  {
    name: 'listen',
    group: 'Webhooks',
    summary: 'show events as they happen, and deliver them to an app',
    load: async () => (await import('./listen.ts')).listenCommand,
  },
  {
    name: 'trigger',
    group: 'Webhooks',
    summary: 'bring about an event by playing the flow that causes it',
    load: async () => (await import('./trigger.ts')).triggerCommand,
  },
  ...eventsEntries,
  {
    name: 'logs',
    group: 'Webhooks',
    summary: 'show the requests the emulator got',
    load: async () => (await import('./logs.ts')).logsCommand,
  },
  {
    name: 'simulate',
    group: 'Learning and testing',
    summary: 'walk an intent through its statuses, step by step',
    load: async () => (await import('./simulate.ts')).simulateCommand,
  },
  ...learnEntries,
  {
    name: 'timeline',
    group: 'Looking things up',
    summary: 'show what happened to an intent, on a terminal or as a page',
    load: async () => (await import('./timeline.ts')).timelineCommand,
  },
  {
    name: 'smoke',
    group: 'Learning and testing',
    summary: 'say whether a Stripe configuration works',
    load: async () => (await import('./smoke.ts')).smokeCommand,
  },
  {
    name: 'advise',
    group: 'Learning and testing',
    summary: 'say what of an app would hurt in production',
    load: async () => (await import('./advise.ts')).adviseCommand,
  },
  {
    name: 'parity',
    group: 'Learning and testing',
    summary: 'say where the emulator differs from Stripe test mode',
    load: async () => (await import('./parity.ts')).parityCommand,
  },
  ...emulatorEntries,
  {
    name: 'doctor',
    group: 'Setup',
    summary: 'say what is wrong with keys, files and the machine',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  {
    name: 'config show',
    group: 'Setup',
    summary: 'show the configuration and where it is',
    load: async () => (await import('./config/show.ts')).configShowCommand,
  },
  {
    name: 'config set-key',
    group: 'Setup',
    summary: 'store a test-mode key',
    load: async () => (await import('./config/key.ts')).configSetKeyCommand,
  },
  {
    name: 'config remove-key',
    group: 'Setup',
    summary: 'forget the stored key',
    load: async () => (await import('./config/key.ts')).configRemoveKeyCommand,
  },
  {
    name: 'config set',
    group: 'Setup',
    summary: 'change a setting',
    load: async () => (await import('./config/set.ts')).configSetCommand,
  },
  {
    name: 'config unset',
    group: 'Setup',
    summary: 'remove a setting',
    load: async () => (await import('./config/set.ts')).configUnsetCommand,
  },
  {
    name: 'config path',
    group: 'Setup',
    summary: 'print the path of the configuration file',
    load: async () => (await import('./config/path.ts')).configPathCommand,
  },
  {
    name: 'completion',
    group: 'Setup',
    summary: 'print the completion script of a shell',
    load: async () => (await import('./completion.ts')).completionCommand,
  },
  {
    name: 'help',
    group: 'Setup',
    summary: 'show how a command or a subject works',
    load: async () => (await import('./help.ts')).helpCommand,
  },
  {
    name: '__complete',
    group: 'Setup',
    summary: 'answer a shell that completes',
    load: async () => (await import('./complete.ts')).completeCommand,
    hidden: true,
  },
];
