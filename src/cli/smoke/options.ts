import type { OptionSpec } from '../spec.ts';

export const smokeOptions: readonly OptionSpec[] = [
  {
    name: 'only',
    kind: 'items',
    value: 'checks',
    complete: 'smoke-checks',
    summary: 'run only these checks',
    common: true,
  },
  {
    name: 'skip',
    kind: 'items',
    value: 'checks',
    complete: 'smoke-checks',
    summary: 'leave these checks out',
    common: true,
  },
  { name: 'list', kind: 'flag', summary: 'list the checks and run none' },
  {
    name: 'amount',
    kind: 'amount',
    value: 'integer',
    summary: 'what payments cost, 1099 or the least of the currency unless given',
    common: true,
  },
  {
    name: 'currency',
    kind: 'text',
    value: 'code',
    complete: 'currencies',
    summary: 'in what, usd unless given',
    common: true,
  },
  {
    name: 'require-methods',
    kind: 'items',
    value: 'types',
    complete: 'method-types',
    summary: 'payment method types that must be offered: card,sepa_debit',
    common: true,
  },
  {
    name: 'publishable-key',
    kind: 'text',
    value: 'pk_test_…',
    summary: 'publishable key that must be of the same account; STRIPE_PUBLISHABLE_KEY unless given',
  },
  {
    name: 'timeout',
    kind: 'duration',
    value: 'duration',
    summary: 'how long an answer may take, 30s unless given',
    common: true,
  },
  {
    name: 'retries',
    kind: 'integer',
    value: 'number',
    summary:
      'how often a request is tried again after 429, a 5xx answer or a broken connection, 2 unless given',
    common: true,
  },
  {
    name: 'require-events',
    kind: 'items',
    value: 'types',
    complete: 'event-types',
    summary: 'event types that a webhook endpoint must hear, besides payment_intent.succeeded',
    common: true,
  },
  {
    name: 'webhook-url',
    kind: 'text',
    value: 'url',
    summary: 'handler that gets a harmless signed event, and a forged one',
    common: true,
  },
  {
    name: 'webhook-secret',
    kind: 'text',
    value: 'whsec_…',
    summary:
      'signing secret for --webhook-url; other programs can read a command line, so prefer PAYINTENT_WEBHOOK_SECRET',
  },
  {
    name: 'webhook-timeout',
    kind: 'duration',
    value: 'duration',
    summary: 'how long an event may take to arrive, 30s unless given',
  },
  {
    name: 'report',
    kind: 'items',
    value: 'format=file',
    summary:
      'also write a report: junit=FILE, tap (FILE, or stdout), github (annotations and step summary), sarif=FILE, markdown=FILE, json=FILE',
    common: true,
  },
  {
    name: 'options',
    kind: 'text',
    value: 'file',
    summary: 'read flags from this file, smoke.yaml unless given; what is typed wins',
    complete: 'files',
  },
  {
    name: 'parallel',
    kind: 'integer',
    value: 'number',
    summary: 'how many checks run at a time, 1 unless given',
  },
  {
    name: 'sweep',
    kind: 'flag',
    summary: 'check nothing: cancel and refund what runs that were killed have left',
  },
];
