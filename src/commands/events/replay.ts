import type { Context } from '../../cli/context.ts';
import { CliError } from '../../cli/errors.ts';
import { sendAgain } from '../../cli/events/deliver.ts';
import { whereTo, whichEvents } from '../../cli/events/options.ts';
import { selectEvents } from '../../cli/events/select-events.ts';
import { checkTypes, typeFilter, wantedTypes } from '../../cli/events/type-filter.ts';
import type { Input } from '../../cli/input.ts';
import type { Command } from '../../cli/spec.ts';
import { timeParam } from '../../cli/typed-params.ts';
import { proseView } from '../../cli/view.ts';
import { deliveryColumns, deliveryFields } from '../../cli/views/deliveries-view.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';

export const eventsReplayCommand: Command = {
  spec: {
    name: 'events replay',
    description:
      'Sends past events once more, the oldest first and one after the other: the last few, or all since a moment. Where to and how they are signed is as with `payintent events resend`.',
    options: [
      { name: 'last', kind: 'integer', value: 'number', summary: 'this many of the newest', common: true },
      {
        name: 'since',
        kind: 'text',
        value: 'time',
        summary: 'all since then: an age like 5m, a date and time, or 1790000000',
        common: true,
      },
      ...whichEvents,
      ...whereTo,
    ],
    examples: [
      {
        command: 'payintent events replay --last 10 --to localhost:3000/webhook',
        summary: 'the last ten, in order',
        illustrative: true,
      },
      {
        command: "payintent events replay --since 5m --types 'payment_intent.*' --to localhost:3000/webhook",
        summary: 'what an app has missed',
        illustrative: true,
      },
    ],
    fields: deliveryFields,
    columns: deliveryColumns,
    exits: [4, 5, 6, 7],
    related: ['events resend', 'events list', 'listen'],
  },
  async run(context, input) {
    const events = await chosenEvents(context, input);
    if (events.length === 0) {
      return {
        data: { object: 'list', data: [] },
        view: { ...proseView(() => 'No such events: nothing was sent.'), rows: [] },
      };
    }
    return sendAgain(context, input, events);
  },
};

/** Oldest first. */
async function chosenEvents(context: Context, input: Input): Promise<readonly ApiRecord[]> {
  const last = input.number('last');
  const since = input.text('since');
  if (last === undefined && since === undefined) {
    throw new CliError('FLAG_INVALID', 'Which events?', {
      why: 'A replay needs --last or --since.',
      fix: ['Add --last 10, or --since 5m'],
    });
  }
  if (last !== undefined && last < 1) {
    throw new CliError('FLAG_INVALID', `--last ${last} is no number of events`);
  }
  const strict = (await context.target()).name === 'offline';
  const types = wantedTypes(input);
  checkTypes(types, strict);
  const { params, keep } = typeFilter(types);
  const { events } = await selectEvents(await context.gateway(), {
    params: input.params([...params, ...timeParam(input, 'since', 'created[gte]', context.host.now())]),
    intent: input.text('intent'),
    keep,
    limit: last ?? Number.POSITIVE_INFINITY,
    signal: context.signal,
  });
  return events.toReversed();
}
