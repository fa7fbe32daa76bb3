import type { OptionSpec } from '../../cli/spec.ts';
import { secretOptions } from '../../cli/webhook-secret.ts';
import { FRAMEWORK_IDS } from '../../webhook/frameworks.ts';

export const testOptions: readonly OptionSpec[] = [
  { name: 'url', kind: 'text', value: 'url', summary: 'address of the handler', common: true },
  ...secretOptions,
  {
    name: 'probe-url',
    kind: 'text',
    value: 'url',
    summary: 'address that answers JSON about what the app has fulfilled; {order} and {intent} are filled in',
    common: true,
  },
  {
    name: 'probe-cmd',
    kind: 'text',
    value: 'command',
    summary:
      'command that prints that JSON; it finds PAYINTENT_ORDER and PAYINTENT_PAYMENT_INTENT in its environment',
    common: true,
  },
  {
    name: 'probe-path',
    kind: 'text',
    value: 'path',
    summary: 'where that JSON counts fulfilments: shipped, or orders.{order}.times',
  },
  {
    name: 'order-url',
    kind: 'text',
    value: 'url',
    summary: 'tell the app of every order before it is paid: POST of order, payment_intent, amount, currency',
  },
  {
    name: 'order-cmd',
    kind: 'text',
    value: 'command',
    summary: 'the same with a command and its environment',
  },
  {
    name: 'break-url',
    kind: 'text',
    value: 'url',
    summary: 'make the app fail inside, and work again: POST of {"broken": true} or false',
  },
  {
    name: 'break-cmd',
    kind: 'text',
    value: 'command',
    summary: 'the same with a command, PAYINTENT_BROKEN being 1 or 0',
  },
  {
    name: 'emulator-port',
    kind: 'integer',
    value: 'number',
    summary: 'serve the emulator of this run on a port, for an app that asks Stripe about its events',
  },
  {
    name: 'only',
    kind: 'items',
    value: 'checks',
    complete: 'webhook-checks',
    summary: 'run only these checks',
    common: true,
  },
  {
    name: 'skip',
    kind: 'items',
    value: 'checks',
    complete: 'webhook-checks',
    summary: 'leave these checks out',
    common: true,
  },
  { name: 'list', kind: 'flag', summary: 'list the checks and run none' },
  {
    name: 'report',
    kind: 'items',
    value: 'format=file',
    summary: 'also write a report: junit=report.xml, tap=report.tap, json=report.json',
    common: true,
  },
  {
    name: 'framework',
    kind: 'text',
    value: 'name',
    choices: FRAMEWORK_IDS,
    summary: 'word the fixes for this framework',
    common: true,
  },
  { name: 'amount', kind: 'amount', value: 'integer', summary: 'what orders cost, 5000 unless given' },
  {
    name: 'currency',
    kind: 'text',
    value: 'code',
    complete: 'currencies',
    summary: 'in what, usd unless given',
  },
  {
    name: 'metadata',
    kind: 'pair',
    value: 'name=value',
    summary:
      'metadata of the intents, {order} being the id of the order; order={order} and order_id={order} unless given',
  },
  { name: 'headers', kind: 'pair', value: 'name: value', summary: 'send this header with every delivery' },
  {
    name: 'answer-within',
    kind: 'duration',
    value: 'duration',
    summary: 'how long an answer may take, 3s unless given',
  },
  {
    name: 'timeout',
    kind: 'duration',
    value: 'duration',
    summary: 'how long to wait for an answer, 10s unless given',
  },
  {
    name: 'settle',
    kind: 'duration',
    value: 'duration',
    summary: 'how long to wait for an effect to show in the probe, 3s unless given',
  },
];
