import type { Context } from '../cli/context.ts';
import { CliError } from '../cli/errors.ts';
import type { Input } from '../cli/input.ts';
import type { Command, Result } from '../cli/spec.ts';
import {
  requestLine,
  requestListView,
  requestLogColumns,
  requestLogFields,
  requestView,
} from '../cli/views/request-log-view.ts';
import type { StateAccess } from '../gateway/emulator-access.ts';
import { OfflineStateError } from '../gateway/offline-state-error.ts';
import {
  followRequestLog,
  type LogFilter,
  type RequestLog,
  readLoggedRequest,
  readRequestLog,
} from '../gateway/request-log.ts';

const usualLimit = 20;
const methods = ['DELETE', 'GET', 'POST'];

export const logsCommand: Command = {
  spec: {
    name: 'logs',
    description:
      'Shows the requests the offline emulator answered, newest first, whichever command, app or SDK sent them; the newest ten thousand are kept. With a request id (every error of the API names one, and so does the Request-Id header) it shows that request with its parameters and the whole answer. API keys, client secrets, signing secrets and card numbers are masked. --tail goes on with each request as it is answered.',
    arguments: [{ name: 'request', summary: 'a request id, req_…, to see it whole' }],
    options: [
      { name: 'tail', kind: 'flag', summary: 'go on with new requests until ^C', common: true },
      { name: 'failed', kind: 'flag', summary: 'only those that were refused or declined', common: true },
      {
        name: 'limit',
        kind: 'integer',
        value: 'number',
        summary: `how many; ${usualLimit} if absent, with --tail none of the past`,
        common: true,
      },
      { name: 'method', kind: 'text', value: 'verb', summary: 'only GET, POST or DELETE', choices: methods },
      { name: 'path', kind: 'text', value: 'path', summary: 'only this path and what lies below it' },
      {
        name: 'status',
        kind: 'text',
        value: 'code',
        summary: 'only this HTTP status: 402, or 4xx for a kind',
      },
      {
        name: 'state',
        kind: 'text',
        value: 'file',
        summary: "the file of the emulator's state; one per user unless given",
        complete: 'files',
      },
    ],
    examples: [
      {
        command: 'payintent logs --failed --limit 5',
        summary: 'the last five that went wrong',
        given: ['payintent create --amount 1099 --currency eur'],
      },
      {
        command: 'payintent logs --path /v1/payment_intents --jsonl',
        summary: 'one JSON object a line, for a script',
      },
      { command: 'payintent logs --tail', summary: 'watch an app talk to the emulator', illustrative: true },
    ],
    fields: requestLogFields,
    columns: requestLogColumns,
    exits: [5, 6, 130, 143],
    related: ['listen', 'emulator serve'],
    longRunning: true,
    local: true,
  },
  async run(context, input) {
    const access = stateOf(context);
    const id = input.argument('request');
    if (id !== undefined) return showOne(context, input, access, id);
    const filter = readFilter(input);
    const limit = input.number('limit') ?? (input.flag('tail') ? 0 : usualLimit);
    if (limit < 0) throw new CliError('FLAG_INVALID', `--limit ${limit} is less than nothing`);
    if (input.flag('tail')) return tail(context, access, filter, limit);
    const requests = readRequestLog(access, filter, limit);
    const filtered = Object.values(filter).some((wanted) => wanted !== undefined && wanted !== false);
    return {
      data: { object: 'list', data: requests },
      view: requestListView(
        requests,
        filtered ? 'No requests of the offline emulator match.' : 'The offline emulator has had no requests.',
      ),
      next: requests.slice(0, 1).map((request) => `payintent logs ${request.id}`),
    };
  },
};

function stateOf(context: Context): StateAccess {
  if (context.globals.target === 'test') {
    throw new CliError(
      'FLAGS_CONFLICT',
      'Stripe shows the requests of a test-mode key in its Dashboard only',
      {
        why: 'Its API has no request logs.',
        fix: ['Open https://dashboard.stripe.com/test/logs', "Run Stripe's CLI: stripe logs tail"],
      },
    );
  }
  return { statePath: context.statePath, now: () => context.host.now() };
}

function readFilter(input: Input): LogFilter {
  const status = input.text('status');
  if (status !== undefined && !/^[1-5](\d\d|xx)$/i.test(status)) {
    throw new CliError('FLAG_INVALID', `--status ${status} is no HTTP status`, {
      why: 'It takes three digits such as 402, or a kind such as 4xx.',
    });
  }
  return {
    failed: input.flag('failed'),
    method: input.text('method'),
    path: input.text('path'),
    status,
  };
}

function showOne(context: Context, input: Input, access: StateAccess, id: string): Result {
  for (const name of ['tail', 'failed'] as const) {
    if (input.flag(name))
      throw new CliError('FLAGS_CONFLICT', `--${name} is for many requests, ${id} is one`);
  }
  const request = readLoggedRequest(access, id);
  if (request === undefined) {
    throw new CliError('OBJECT_NOT_FOUND', `The log of the offline emulator has no request ${id}`, {
      why: `It keeps the newest ten thousand requests of ${context.statePath}.`,
      fix: ['payintent logs'],
    });
  }
  return { data: request, view: requestView(request) };
}

async function tail(
  context: Context,
  access: StateAccess,
  filter: LogFilter,
  limit: number,
): Promise<Result> {
  if (context.statePath === ':memory:') {
    throw new CliError('FLAGS_CONFLICT', 'A state in memory has no requests but those of this process', {
      fix: ['Give --state a file, or leave it out'],
    });
  }
  const show = (request: RequestLog) =>
    context.emit(request, (ui) => requestLine(request, ui), requestLogColumns);
  context.report.whole('State', context.statePath);
  context.report.note('^C', 'Stop');
  await followRequestLog(access, filter, show, {
    past: limit,
    signal: context.signal,
    onTrouble: (error) =>
      context.report.warn(
        error instanceof OfflineStateError ? `${error.message} ${error.wayOut}` : String(error),
      ),
  });
  return {};
}
