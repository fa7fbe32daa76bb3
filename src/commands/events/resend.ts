import { sendAgain } from '../../cli/events/deliver.ts';
import { whereTo } from '../../cli/events/options.ts';
import type { Command } from '../../cli/spec.ts';
import { deliveryColumns, deliveryFields } from '../../cli/views/deliveries-view.ts';
import { type ApiRecord, pathTo } from '../../gateway/gateway.ts';

export const eventsResendCommand: Command = {
  spec: {
    name: 'events resend',
    description:
      'Sends an event once more, the same event with the same id: to --to, signed with the secret of `payintent listen`, or to the webhook endpoints registered with the emulator, with their own secrets. A handler that is safe against duplicates does nothing the second time.',
    arguments: [{ name: 'event', summary: 'id of the event (evt_…)', required: true }],
    options: whereTo,
    examples: [
      {
        command: 'payintent events resend {intent} --to localhost:3000/webhook',
        summary: 'to a handler on this machine',
        given: ['payintent trigger payment_intent.created'],
        illustrative: true,
      },
      {
        command: 'payintent events resend {intent}',
        summary: 'to the endpoints that apps have registered',
        illustrative: true,
      },
    ],
    fields: deliveryFields,
    columns: deliveryColumns,
    exits: [4, 5, 6, 7],
    related: ['events replay', 'listen', 'webhook test'],
  },
  async run(context, input) {
    const gateway = await context.gateway();
    const path = pathTo('events', input.argument('event') ?? '');
    const event: ApiRecord = (await gateway.request('GET', path)).object;
    return sendAgain(context, input, [event]);
  },
};
