import type { Context } from '../cli/context.ts';
import { CliError } from '../cli/errors.ts';
import { dataOption, expandOption } from '../cli/global-options.ts';
import type { Input } from '../cli/input.ts';
import { intentFields } from '../cli/intent-fields.ts';
import { walkPages } from '../cli/pages.ts';
import type { Command, OptionSpec } from '../cli/spec.ts';
import { type TypedParam, timeParam } from '../cli/typed-params.ts';
import { intentListView, itemsOf } from '../cli/views/intent-list-view.ts';
import { intentColumns } from '../cli/views/intent-view.ts';
import { pathTo } from '../gateway/gateway.ts';

const createdOptions = (['gt', 'gte', 'lt', 'lte'] as const).map(
  (bound): OptionSpec => ({
    name: `created-${bound}`,
    kind: 'text',
    value: 'time',
    summary: {
      gt: 'created after: a date, 1790000000, or an age like 7d',
      gte: 'created at or after',
      lt: 'created before',
      lte: 'created at or before',
    }[bound],
  }),
);

export const listCommand: Command = {
  spec: {
    name: 'list',
    description: 'Lists PaymentIntents, the newest first. --limit and --all fetch as many pages as it takes.',
    options: [
      {
        name: 'limit',
        kind: 'integer',
        value: 'number',
        param: 'limit',
        summary: 'how many; the API answers 10 if absent',
        common: true,
      },
      { name: 'all', kind: 'flag', summary: 'every one there is', common: true },
      {
        name: 'customer',
        kind: 'text',
        value: 'id',
        param: 'customer',
        summary: 'of this customer',
        common: true,
      },
      ...createdOptions,
      {
        name: 'starting-after',
        kind: 'text',
        value: 'id',
        param: 'starting_after',
        summary: 'older than this intent: the next page',
        complete: 'intents',
      },
      {
        name: 'ending-before',
        kind: 'text',
        value: 'id',
        param: 'ending_before',
        summary: 'newer than this intent: the page before',
        complete: 'intents',
      },
      expandOption,
      dataOption,
    ],
    examples: [
      { command: 'payintent list --limit 3', summary: 'the newest three' },
      {
        command: 'payintent list --created-gt 7d --all --fields id,status,amount',
        summary: 'a week, for a script',
      },
      { command: 'payintent list --all -q', summary: 'ids only' },
    ],
    fields: intentFields,
    columns: intentColumns,
    exits: [4, 6],
    related: ['search', 'retrieve'],
  },
  async run(context, input) {
    if (input.flag('all') && input.number('limit') !== undefined) {
      throw new CliError('FLAGS_CONFLICT', '--all and --limit exclude each other');
    }
    const gateway = await context.gateway();
    const params = input.params(createdRange(context, input));
    const list = await walkPages(gateway, pathTo('payment_intents'), params, {
      limit: input.number('limit'),
      all: input.flag('all'),
      signal: context.signal,
    });
    const filtered = Object.keys(params).some((name) => name !== 'limit');
    const where = gateway.target === 'offline' ? 'in the offline emulator' : 'in test mode';
    return {
      data: list,
      view: intentListView(
        list,
        filtered
          ? `No payment intents ${where} match.`
          : `No payment intents ${where}.\nCreate one: payintent create --amount 1099 --currency eur`,
      ),
      next: nextPage(input, list),
    };
  },
};

const createdRange = ({ host }: Context, input: Input): readonly TypedParam[] =>
  ['gt', 'gte', 'lt', 'lte'].flatMap((bound) =>
    timeParam(input, `created-${bound}`, `created[${bound}]`, host.now()),
  );

/** The same command for the following page, where there is one. */
function nextPage(input: Input, list: Readonly<Record<string, unknown>>): string[] {
  const last = itemsOf(list).at(-1)?.['id'];
  if (list['has_more'] !== true || typeof last !== 'string') return [];
  const limit = input.number('limit');
  const kept = ['customer', 'created-gt', 'created-gte', 'created-lt', 'created-lte'].flatMap((name) => {
    const value = input.text(name);
    return value === undefined ? [] : [`--${name} ${value}`];
  });
  return [
    [
      'payintent list',
      ...(limit === undefined ? [] : [`--limit ${limit}`]),
      ...kept,
      `--starting-after ${last}`,
    ].join(' '),
  ];
}
