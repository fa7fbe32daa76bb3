import type { Context } from '../../cli/context.ts';
import { CliError } from '../../cli/errors.ts';
import { eventColumns, eventFields, whichEvents } from '../../cli/events/options.ts';
import { selectEvents } from '../../cli/events/select-events.ts';
import { checkTypes, type TypeFilter, typeFilter, wantedTypes } from '../../cli/events/type-filter.ts';
import { dataOption } from '../../cli/global-options.ts';
import type { Input } from '../../cli/input.ts';
import { walkPages } from '../../cli/pages.ts';
import type { Command, OptionSpec } from '../../cli/spec.ts';
import { type TypedParam, timeParam } from '../../cli/typed-params.ts';
import { eventListView } from '../../cli/views/event-list-view.ts';
import { itemsOf } from '../../cli/views/intent-list-view.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';

const DEFAULT_LIMIT = 10;

const createdOptions: readonly OptionSpec[] = [
  {
    name: 'created-gte',
    kind: 'text',
    value: 'time',
    summary: 'created at or after: a date, 1790000000, or an age like 5m',
  },
  { name: 'created-lte', kind: 'text', value: 'time', summary: 'created at or before' },
];

export const eventsListCommand: Command = {
  spec: {
    name: 'events list',
    description:
      'Lists events, the newest first, as far as the API goes back: thirty days. An event tells what happened to an object, with the object as it was then; nothing here changes an intent.',
    options: [
      {
        name: 'limit',
        kind: 'integer',
        value: 'number',
        param: 'limit',
        summary: 'how many; 10 if absent',
        common: true,
      },
      { name: 'all', kind: 'flag', summary: 'every one there is', common: true },
      ...whichEvents,
      ...createdOptions,
      {
        name: 'starting-after',
        kind: 'text',
        value: 'id',
        param: 'starting_after',
        summary: 'older than this event: the next page',
      },
      {
        name: 'ending-before',
        kind: 'text',
        value: 'id',
        param: 'ending_before',
        summary: 'newer than this event: the page before',
      },
      dataOption,
    ],
    examples: [
      { command: 'payintent events list --limit 3', summary: 'the newest three' },
      {
        command: 'payintent events list --intent {intent} --fields created,type',
        summary: 'the history of a payment',
        given: ['payintent create --amount 1099 --currency eur --payment-method visa --confirm'],
      },
      {
        command: "payintent events list --types 'payment_intent.*' --created-gte 1h --all -q",
        summary: 'ids only, for a script',
      },
    ],
    fields: eventFields,
    columns: eventColumns,
    exits: [4, 6],
    related: ['events retrieve', 'events tail', 'trigger', 'listen'],
  },
  async run(context, input) {
    if (input.flag('all') && input.number('limit') !== undefined) {
      throw new CliError('FLAGS_CONFLICT', '--all and --limit exclude each other');
    }
    const types = wantedTypes(input);
    checkTypes(types, (await context.target()).name === 'offline');
    const filter = typeFilter(types);
    const params = input.params([...filter.params, ...createdRange(context, input)]);
    const list = await listEvents(context, input, params, filter.keep);
    const gateway = await context.gateway();
    const where = gateway.target === 'offline' ? 'in the offline emulator' : 'in test mode';
    const filtered =
      Object.keys(params).some((name) => name !== 'limit') || input.text('intent') !== undefined;
    return {
      data: list,
      view: eventListView(
        itemsOf(list),
        filtered
          ? `No such events ${where}.`
          : `No events ${where}. Make some: payintent trigger payment_intent.succeeded`,
      ),
    };
  },
};

async function listEvents(
  context: Context,
  input: Input,
  params: ApiRecord,
  keep: TypeFilter['keep'],
): Promise<ApiRecord> {
  const gateway = await context.gateway();
  const intent = input.text('intent');
  const limit = input.number('limit');
  if (intent === undefined && keep === undefined) {
    return walkPages(gateway, '/v1/events', params, {
      limit,
      all: input.flag('all'),
      signal: context.signal,
    });
  }
  const { events, more } = await selectEvents(gateway, {
    params,
    intent,
    keep,
    limit: input.flag('all') ? Number.POSITIVE_INFINITY : (limit ?? DEFAULT_LIMIT),
    signal: context.signal,
  });
  return { object: 'list', data: events, has_more: more, url: '/v1/events' };
}

const createdRange = ({ host }: Context, input: Input): readonly TypedParam[] =>
  ['gte', 'lte'].flatMap((bound) => timeParam(input, `created-${bound}`, `created[${bound}]`, host.now()));
