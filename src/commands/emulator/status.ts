import { addressOf, defaultHost, defaultPort } from '../../cli/emulator-address.ts';
import { isoTime } from '../../cli/output.ts';
import type { Command } from '../../cli/spec.ts';
import { labelled, labelledWhole } from '../../cli/text.ts';
import type { Ui } from '../../cli/ui.ts';
import { sizeText } from '../../domain/byte-size.ts';
import { readState, type StateFacts } from '../../gateway/emulator-access.ts';
import { probeServer, stateMark } from '../../gateway/emulator-server.ts';
import { aheadText, daysText, readPort } from './door.ts';
import { countsText, stateOf, stateOption } from './state.ts';

/** Whether a server answers, and what it is. */
interface ServerRow {
  readonly url: string;
  readonly answers: 'emulator' | 'nobody' | 'other';
  readonly pid: number | null;
  /** Whether it works on the state shown; null where nobody can tell. */
  readonly same_state: boolean | null;
}

const columns = [
  'state',
  'size_bytes',
  'schema',
  'objects.payment_intents',
  'objects.events',
  'clock.now',
  'clock.offset',
  'next_job_at',
  'server.answers',
];

export const statusCommand: Command = {
  spec: {
    name: 'emulator status',
    description:
      'Shows where the state of the emulator is, what it holds, what its clock shows, when something happens next, and whether a server answers. Changes nothing.',
    options: [
      {
        name: 'port',
        kind: 'integer',
        value: 'number',
        summary: `look for a server on this port, ${defaultPort} unless given`,
      },
      stateOption,
    ],
    examples: [
      { command: 'payintent emulator status', summary: 'look at the usual state' },
      { command: 'payintent emulator status --json --fields state,objects', summary: 'for a script' },
    ],
    fields: [
      'object',
      'state',
      'exists',
      'size_bytes',
      'schema',
      'generation',
      'objects',
      'clock',
      'jobs',
      'next_job_at',
      'server',
    ],
    columns,
    exits: [6],
    related: ['emulator serve', 'emulator reset'],
    local: true,
  },
  async run(context, input) {
    const facts = readState(stateOf(context));
    const port = readPort(input.number('port'), defaultPort);
    const url = addressOf(defaultHost, port);
    const found = port === 0 ? undefined : await probeServer(url);
    const server: ServerRow =
      found === undefined || found === 'other'
        ? { url, answers: found ?? 'nobody', pid: null, same_state: null }
        : {
            url,
            answers: 'emulator',
            pid: found.pid ?? null,
            same_state: found.state === undefined ? null : found.state === stateMark(context.statePath),
          };
    const data = {
      object: 'emulator',
      state: facts.path,
      exists: facts.exists,
      size_bytes: facts.sizeBytes,
      schema: facts.schema,
      generation: facts.generation,
      objects: facts.counts,
      clock: { now: facts.now, offset: facts.offset },
      jobs: facts.jobs,
      next_job_at: facts.nextJobAt ?? null,
      server,
    };
    return {
      data,
      view: { human: (ui) => draw(facts, server, ui), rows: [data], columns, key: 'state' },
      ...(facts.exists ? {} : { next: ['payintent create --amount 1099 --currency eur'] }),
    };
  },
};

function draw(facts: StateFacts, server: ServerRow, ui: Ui): string {
  const label = ui.color.dim;
  const line = (name: string, text: string) => labelled(name, text, ui.width, label);
  return [
    labelledWhole('State', facts.path, label),
    line('', facts.exists ? `${sizeText(facts.sizeBytes)}, schema ${facts.schema}` : 'not made yet'),
    line('Objects', countsText(facts.counts)),
    line('Clock', `${isoTime(facts.now)} (${aheadText(facts.offset)})`),
    line('Next', nextText(facts)),
    labelledWhole('Server', server.url, label),
    line('', serverText(server)),
  ].join('\n');
}

function nextText({ nextJobAt, now, jobs }: StateFacts): string {
  if (nextJobAt === undefined) return 'nothing is due';
  const wait = nextJobAt - now;
  const when = wait <= 0 ? 'due now' : `in ${daysText(wait)}`;
  return `${isoTime(nextJobAt)} (${when})${jobs > 1 ? `, and ${jobs - 1} more later` : ''}`;
}

function serverText({ answers, pid, same_state }: ServerRow): string {
  if (answers === 'nobody') return 'nothing answers there';
  if (answers === 'other') return 'another program answers there';
  const which = same_state === false ? 'on another state' : same_state === true ? 'on this state' : '';
  return ['an emulator answers', which, pid === null ? '' : `(process ${pid})`].filter(Boolean).join(' ');
}
