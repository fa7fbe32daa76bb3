import { eventColumns, eventFields } from '../../cli/events/options.ts';
import type { Command } from '../../cli/spec.ts';
import { eventView } from '../../cli/views/single-event-view.ts';
import { pathTo } from '../../gateway/gateway.ts';

export const eventsRetrieveCommand: Command = {
  spec: {
    name: 'events retrieve',
    description:
      'Shows one event: what happened to which object, what changed, and which request caused it. The object inside is as it was then; what it is now, its own retrieve says.',
    arguments: [{ name: 'event', summary: 'id of the event (evt_…)', required: true }],
    examples: [
      {
        command: 'payintent events retrieve {intent}',
        summary: 'one event',
        given: ['payintent trigger customer.created'],
      },
      {
        command: 'payintent events retrieve {intent} --fields type,data.object.id',
        summary: 'parts of it',
        given: ['payintent trigger customer.created'],
      },
    ],
    fields: eventFields,
    columns: eventColumns,
    exits: [4, 5, 6],
    related: ['events list', 'events resend', 'explain'],
  },
  async run(context, input) {
    const id = input.argument('event') ?? '';
    const gateway = await context.gateway();
    const { object } = await gateway.request('GET', pathTo('events', id));
    return {
      data: object,
      view: eventView(object),
      next: [`payintent events resend ${id} --to localhost:3000/webhook`],
    };
  },
};
