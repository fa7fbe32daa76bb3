import { CliError } from '../cli/errors.ts';
import { expandOption } from '../cli/global-options.ts';
import { intentFields } from '../cli/intent-fields.ts';
import { walkPages } from '../cli/pages.ts';
import { shellWord } from '../cli/shell-word.ts';
import type { Command } from '../cli/spec.ts';
import { intentListView } from '../cli/views/intent-list-view.ts';
import { intentColumns } from '../cli/views/intent-view.ts';
import { pathTo } from '../gateway/gateway.ts';

export const searchCommand: Command = {
  spec: {
    name: 'search',
    description:
      'Finds PaymentIntents with Stripe\'s query language. Fields: amount, created, currency, customer, status, metadata["key"]. Operators: : (equals), ~ (contains), > < >= <= for numbers, - (not), AND or OR but not both. On Stripe a new intent can take a minute to be found; offline it is found at once.',
    arguments: [{ name: 'query', summary: "query: status:'succeeded' AND amount>1000", required: true }],
    options: [
      {
        name: 'limit',
        kind: 'integer',
        value: 'number',
        summary: 'how many; the API answers 10 if absent',
        common: true,
      },
      { name: 'all', kind: 'flag', summary: 'every one there is', common: true },
      {
        name: 'page',
        kind: 'text',
        value: 'cursor',
        param: 'page',
        summary: 'next_page of the answer before',
      },
      expandOption,
    ],
    examples: [
      {
        command: `payintent search "status:'succeeded' AND amount>1000"`,
        summary: 'paid, and more than 10.00',
        given: ['payintent create --amount 1099 --currency eur --payment-method visa --confirm'],
      },
      {
        command: `payintent search "metadata['order']:'6735'"`,
        summary: 'by a note of your own',
        given: ['payintent create --amount 1099 --currency eur --metadata order=6735'],
      },
    ],
    fields: intentFields,
    columns: intentColumns,
    exits: [4, 6],
    related: ['list', 'retrieve'],
  },
  async run(context, input) {
    if (input.flag('all') && input.number('limit') !== undefined) {
      throw new CliError('FLAGS_CONFLICT', '--all and --limit exclude each other');
    }
    const query = input.argument('query') ?? '';
    const gateway = await context.gateway();
    const found = await walkPages(
      gateway,
      pathTo('payment_intents', 'search'),
      { query, ...input.params() },
      { limit: input.number('limit'), all: input.flag('all'), signal: context.signal },
    );
    const page = found['next_page'];
    const limit = input.number('limit');
    const next = [
      'payintent search',
      shellWord(query),
      ...(limit === undefined ? [] : [`--limit ${limit}`]),
    ].join(' ');
    return {
      data: found,
      view: intentListView(found, 'No payment intents match.'),
      next: typeof page === 'string' ? [`${next} --page ${page}`] : [],
    };
  },
};
