import { addressOf, defaultHost, defaultPort } from '../../cli/emulator-address.ts';
import { isoTime } from '../../cli/output.ts';
import type { Command } from '../../cli/spec.ts';
import { labelled, labelledWhole } from '../../cli/text.ts';
import type { Ui } from '../../cli/ui.ts';
import { sizeText } from '../../domain/byte-size.ts';
import { IN_MEMORY, readState, type StateFacts } from '../../gateway/emulator-access.ts';
import { probeServer, type ServerFacts, stateMark } from '../../gateway/emulator-server.ts';
import { readServedState } from '../../gateway/state-door.ts';
import { aheadText, daysText, readPort } from './door.ts';
import { serverBase } from './server-base.ts';
import { countsText, stateOf, stateOption } from './state.ts';

/** Whether a server answers, and what it is. */
interface ServerRow {
  readonly url: string;
  readonly answers: 'emulator' | 'nobody' | 'other';
  readonly pid: number | null;
  /** Whether it works on the state shown; null where nobody can tell. */
  readonly same_state: boolean | null;
}

/** Of the state that is shown; its path is null where only the server knows it. */
type Facts = Omit<StateFacts, 'path'> & { readonly path: string | null };

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
      'Shows where the state of the emulator is, what it holds, what its clock shows, when something happens next, and whether a server answers. Where PAYINTENT_API_BASE names a served emulator, as inside `payintent emulator exec`, it is about that one. Changes nothing.',
    options: [
      {
        name: 'port',
        kind: 'integer',
        value: 'number',
        summary: `look for a server on this port, ${defaultPort} unless given or PAYINTENT_API_BASE names one`,
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
    const access = stateOf(context);
    const port = readPort(input.number('port'), defaultPort);
    const base = input.number('port') === undefined ? serverBase(context) : undefined;
    const url = base ?? addressOf(defaultHost, port);
    const found = port === 0 ? undefined : await probeServer(url);
    const served = base === undefined ? undefined : await factsElsewhere(url, found, context.statePath);
    const facts = served ?? readState(access);
    const server = serverRow(url, found, served === undefined ? context.statePath : undefined);
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

/**
 * What a server that commands are sent to works on, where that is another state than the one of this user: in memory with
 * `emulator exec`. Where its file is it does not say.
 */
async function factsElsewhere(
  url: string,
  found: ServerFacts | 'other' | undefined,
  ownPath: string,
): Promise<Facts | undefined> {
  if (found === undefined || found === 'other' || found.state === stateMark(ownPath)) return undefined;
  const facts = await readServedState(url);
  const path = found.state === stateMark(IN_MEMORY) ? IN_MEMORY : null;
  return facts === undefined ? undefined : { ...facts, exists: true, path };
}

/** `statePath` is the state shown; undefined where it is the server's own. */
function serverRow(
  url: string,
  found: ServerFacts | 'other' | undefined,
  statePath: string | undefined,
): ServerRow {
  if (found === undefined || found === 'other')
    return { url, answers: found ?? 'nobody', pid: null, same_state: null };
  const same = found.state === undefined ? null : found.state === stateMark(statePath ?? '');
  return {
    url,
    answers: 'emulator',
    pid: found.pid ?? null,
    same_state: statePath === undefined ? true : same,
  };
}

function draw(facts: Facts, server: ServerRow, ui: Ui): string {
  const label = ui.color.dim;
  const line = (name: string, text: string) => labelled(name, text, ui.width, label);
  return [
    labelledWhole('State', whereText(facts.path), label),
    line('', facts.exists ? `${sizeText(facts.sizeBytes)}, schema ${facts.schema}` : 'not made yet'),
    line('Objects', countsText(facts.counts)),
    line('Clock', `${isoTime(facts.now)} (${aheadText(facts.offset)})`),
    line('Next', nextText(facts)),
    labelledWhole('Server', server.url, label),
    line('', serverText(server)),
  ].join('\n');
}

function whereText(path: string | null): string {
  if (path === null) return "a file of the server's own";
  return path === IN_MEMORY ? 'in memory' : path;
}

function nextText({ nextJobAt, now, jobs }: Facts): string {
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
