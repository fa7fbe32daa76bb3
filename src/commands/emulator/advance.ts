import type { Context } from '../../cli/context.ts';
import { CliError } from '../../cli/errors.ts';
import { isoTime } from '../../cli/output.ts';
import type { Command } from '../../cli/spec.ts';
import { labelled, labelledWhole } from '../../cli/text.ts';
import type { Ui } from '../../cli/ui.ts';
import { readDuration } from '../../cli/values.ts';
import { advanceServer, ClockDoorError } from '../../gateway/clock-door.ts';
import { advanceState, type Passage } from '../../gateway/emulator-access.ts';
import { daysText } from './door.ts';
import { serverBase } from './server-base.ts';
import { refuseTest, reportState, stateOf, stateOption } from './state.ts';

export const advanceCommand: Command = {
  spec: {
    name: 'emulator advance',
    description:
      "Moves the emulator's clock forward and lets happen what falls due on the way, in order: bank debits settle or fail (processing becomes succeeded or requires_payment_method), holds expire after 7 days (requires_capture becomes canceled), idempotency keys are forgotten after a day. Prints the events that were emitted. A running server on the same state follows; one whose state is in memory is reached with --api-base or PAYINTENT_API_BASE.",
    arguments: [{ name: 'duration', summary: 'how far: 90s, 24h, 7d, 1h30m', required: true }],
    options: [
      stateOption,
      {
        name: 'api-base',
        kind: 'text',
        value: 'url',
        summary: 'advance the emulator served at this address instead of the state file',
      },
    ],
    examples: [
      {
        command: 'payintent emulator advance 7d',
        summary: 'let a hold expire',
        given: [
          'payintent create --amount 2000 --currency usd --payment-method visa --capture-method manual --confirm',
        ],
      },
      { command: 'payintent emulator advance 24h --json', summary: 'with the events as JSON' },
    ],
    fields: ['object', 'from', 'to', 'seconds', 'events'],
    columns: ['created', 'type', 'subject', 'id'],
    exits: [6],
    related: ['emulator status', 'retrieve'],
    local: true,
  },
  async run(context, input) {
    const seconds = readDuration('duration', input.argument('duration') ?? '') / 1000;
    const passage = await advance(context, seconds);
    return {
      data: {
        object: 'emulator_advance',
        from: passage.from,
        to: passage.to,
        seconds,
        events: passage.events,
      },
      view: {
        human: (ui) => draw(passage, seconds, ui),
        rows: passage.events.map((event) => ({ ...event })),
        columns: ['created', 'type', 'subject', 'id'],
      },
    };
  },
};

async function advance(context: Context, seconds: number): Promise<Passage> {
  refuseTest(context);
  const url = serverBase(context);
  if (url === undefined) {
    reportState(context);
    return advanceState(stateOf(context), seconds);
  }
  context.report.whole('Server', url);
  try {
    return await advanceServer(url, seconds);
  } catch (error) {
    if (!(error instanceof ClockDoorError)) throw error;
    if (error.kind === 'unreachable') {
      throw new CliError('NETWORK_FAILED', `Nothing answers at ${url}`, {
        fix: ['payintent emulator serve'],
        cause: error,
      });
    }
    throw new CliError('FLAG_INVALID', `${url} is not a payintent emulator`, {
      why: "Only an emulator's clock can be moved.",
      fix: ["Add --offline to advance the state of this machine's emulator"],
      cause: error,
    });
  }
}

/** How many events a terminal shows. */
const most = 20;

function draw({ from, to, events }: Passage, seconds: number, ui: Ui): string {
  const label = ui.color.dim;
  return [
    `${ui.color.green('✓')} Advanced  ${daysText(seconds)}`,
    labelled('From', isoTime(from), ui.width, label),
    labelled('To', isoTime(to), ui.width, label),
    labelled(
      'Events',
      events.length === 0 ? 'none: nothing fell due' : String(events.length),
      ui.width,
      label,
    ),
    ...events.slice(0, most).flatMap(({ created, type, subject }) => {
      const time = label(isoTime(created));
      return ui.width < 80
        ? [`  ${time}`, `    ${type}`, ...(subject === null ? [] : [`    ${subject}`])]
        : [`  ${time}  ${type}  ${subject ?? ''}`.trimEnd()];
    }),
    ...(events.length > most
      ? [labelledWhole('', `and ${events.length - most} more: payintent events list`, label)]
      : []),
  ].join('\n');
}
