import type { Command } from '../cli/spec.ts';
import { readTimeline } from '../cli/timeline/read.ts';
import { timelineColumns, timelinePage, timelineView } from '../cli/timeline/view.ts';

export const timelineCommand: Command = {
  spec: {
    name: 'timeline',
    description:
      'Shows what happened to an intent, oldest first: its statuses, the requests, the events they sent and their deliveries, to registered webhook endpoints and by listen. With --format html: one self-contained page to keep or to send to somebody. On test it knows the events of the last thirty days only. Changes nothing.',
    arguments: [{ name: 'intent', summary: 'id of the intent', required: true, complete: 'intents' }],
    options: [
      {
        name: 'format',
        kind: 'text',
        value: 'format',
        choices: ['terminal', 'html'],
        summary: 'terminal unless given; html is a page on stdout',
        common: true,
      },
    ],
    examples: [
      {
        command: 'payintent timeline {intent}',
        summary: 'what happened to it',
        given: ['payintent create --amount 1099 --currency eur --payment-method visa --confirm'],
      },
      {
        command: 'payintent timeline {intent} --format html',
        summary: 'as a page: add > timeline.html',
        given: ['payintent create --amount 1099 --currency eur --payment-method 3ds --confirm'],
      },
    ],
    fields: ['created', 'title', 'request', 'status', 'events'],
    columns: timelineColumns,
    exits: [4, 5, 6],
    related: ['retrieve', 'events list', 'logs', 'simulate', 'learn'],
  },
  async run(context, input) {
    const id = input.argument('intent') ?? '';
    const moments = await readTimeline(context, id);
    if (input.text('format') === 'html') return { raw: [timelinePage(id, moments)] };
    return {
      data: moments,
      view: timelineView(id, moments),
      next: [`payintent retrieve ${id}`],
    };
  },
};
