import { CliError } from '../../cli/errors.ts';
import { checkTypes, typeOptions, wantedTypes } from '../../cli/events/type-filter.ts';
import { checkPatterns } from '../../cli/listen/patterns.ts';
import type { ListenPlan } from '../../cli/listen/plan.ts';
import { listen } from '../../cli/listen/run.ts';
import type { Command } from '../../cli/spec.ts';

/** `listen` that delivers nothing. */
const WATCH_ONLY: ListenPlan = {
  events: [],
  places: [],
  headers: {},
  skipVerify: false,
  handlerTimeout: undefined,
  concurrency: 1,
  schedule: 'none',
  timeScale: 1,
  faults: undefined,
  backfill: undefined,
  fresh: false,
  limits: { max: undefined, until: undefined, timeout: undefined },
  exitOnGap: false,
  source: undefined,
  wholeBodies: false,
  exec: undefined,
  envFile: undefined,
  envKey: '',
  readyFile: undefined,
};

export const eventsTailCommand: Command = {
  spec: {
    name: 'events tail',
    description:
      'Shows events as they happen until ^C, grouped by payment, and delivers none of them: `payintent listen` does that. It works on both targets, whichever program causes the events.',
    options: [
      ...typeOptions,
      {
        name: 'backfill',
        kind: 'duration',
        value: 'duration',
        summary: 'begin with what happened this long ago: 10m',
        common: true,
      },
      { name: 'max', kind: 'integer', value: 'number', summary: 'end after so many events' },
      {
        name: 'until',
        kind: 'text',
        value: 'type',
        summary: 'end after an event of this type',
        complete: 'event-types',
      },
      { name: 'timeout', kind: 'duration', value: 'duration', summary: 'end after this long: 30s' },
    ],
    examples: [
      { command: 'payintent events tail', summary: 'until ^C', illustrative: true },
      {
        command:
          'payintent events tail --backfill 10m --until payment_intent.succeeded --timeout 30s --jsonl',
        summary: 'wait for a payment in a script',
        given: ['payintent create --amount 1099 --currency eur --payment-method visa --confirm'],
      },
    ],
    exits: [4, 6, 8, 130, 143],
    related: ['listen', 'events list'],
    longRunning: true,
  },
  async run(context, input) {
    const target = await context.target();
    const strict = target.name === 'offline';
    if (strict && context.statePath === ':memory:') {
      throw new CliError('FLAGS_CONFLICT', 'A state in memory has no events but those of this process', {
        fix: ['Give --state a file, or leave it out'],
      });
    }
    const until = input.text('until');
    const max = input.number('max');
    if (max !== undefined && max < 1)
      throw new CliError('FLAG_INVALID', `--max ${max} is no number of events`);
    const events = wantedTypes(input);
    checkTypes(events, strict);
    checkPatterns('--until', until === undefined ? [] : [until], strict);
    const plan: ListenPlan = {
      ...WATCH_ONLY,
      events,
      backfill: input.number('backfill'),
      limits: { max, until, timeout: input.number('timeout') },
    };
    return listen(context, plan, target, '');
  },
};
