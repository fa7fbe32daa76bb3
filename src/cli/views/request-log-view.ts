import type { RequestLog } from '../../gateway/request-log.ts';
import { ago } from '../ago.ts';
import { isoTime } from '../output.ts';
import type { Column } from '../table.ts';
import { labelled, labelledWhole, visibleWidth } from '../text.ts';
import type { Ui } from '../ui.ts';
import type { View } from '../view.ts';

export const requestLogColumns = ['id', 'created', 'method', 'path', 'status', 'duration'] as const;

export const requestLogFields = [
  'id',
  'object',
  'account',
  'api_version',
  'api_version_named',
  'created',
  'duration',
  'error',
  'idempotency_key',
  'key_type',
  'method',
  'origin',
  'original_request',
  'params',
  'path',
  'response',
  'response_size',
  'status',
  'user_agent',
];

/** Many requests, one line each, or a few where the terminal is narrow. `empty` is the sentence for people when there is nothing. */
export function requestListView(requests: readonly RequestLog[], empty: string): View {
  return {
    async human(ui) {
      if (requests.length === 0) return empty;
      const { table } = await import('../table.ts');
      return table(requests, columnsFor(ui), ui, (request) => requestLine(request, ui));
    },
    rows: requests,
    columns: requestLogColumns,
  };
}

function columnsFor(ui: Ui): Column[] {
  return [
    { title: 'status', text: (row) => paintCode(Number(row['status']), ui), drop: 0 },
    { title: 'method', text: (row) => String(row['method']), drop: 0 },
    { title: 'path', text: (row) => String(row['path']), drop: 0 },
    { title: 'request', text: (row) => String(row['id']), drop: 0 },
    { title: 'ms', text: (row) => String(Math.round(Number(row['duration']))), align: 'right', drop: 1 },
    { title: 'when', text: (row) => ago(Number(row['created']), ui.now), drop: 2 },
    { title: 'error', text: (row) => errorWord(row as RequestLog), drop: 3 },
  ];
}

const errorWord = ({ error }: RequestLog) => error?.code ?? error?.type ?? '';

/** A status of HTTP in its colour. */
function paintCode(status: number, ui: Ui): string {
  const text = String(status);
  if (status < 400) return ui.color.green(text);
  return status < 500 ? ui.color.yellow(text) : ui.color.red(text);
}

/** A request as it comes in, with what was wrong below it. */
export function requestLine(request: RequestLog, ui: Ui): string {
  const time = isoTime(request.created).slice(11, 19);
  const what = `${request.method} ${request.path}`;
  const end = `${Math.round(request.duration)}ms  ${request.id}`;
  const start = `${ui.color.dim(time)}  ${paintCode(request.status, ui)}  ${what}`;
  const one = `${start}  ${ui.color.dim(end)}`;
  const lines = visibleWidth(one) <= ui.width ? [one] : [start, `  ${ui.color.dim(end)}`];
  if (request.error !== null) lines.push(labelled('', errorText(request), ui.width));
  return lines.join('\n');
}

function errorText({ error }: RequestLog): string {
  return error === null ? '' : [error.code ?? error.type, error.message].join(': ');
}

/** One request with its parameters and its answer. */
export function requestView(request: RequestLog): View {
  return {
    human: (ui) => drawRequest(request, ui),
    rows: [request],
    columns: requestLogColumns,
  };
}

function drawRequest(request: RequestLog, ui: Ui): string {
  const label = ui.color.dim;
  const lines = [
    `  ${ui.color.bold(request.id)}  ${paintCode(request.status, ui)}`,
    labelledWhole('Request', `${request.method} ${request.path}`, label),
    labelledWhole('Time', `${isoTime(request.created)}, ${request.duration} ms`, label),
  ];
  const exact = (name: string, text: string | null) => {
    if (text !== null) lines.push(labelledWhole(name, text, label));
  };
  exact('Version', request.api_version);
  exact('Key', request.idempotency_key);
  exact('Replay of', request.original_request);
  exact('Account', request.account);
  exact('Sent by', request.user_agent);
  exact('Page', request.origin);
  if (request.error !== null) lines.push(labelled('Error', errorText(request), ui.width, label));
  const { response } = request;
  const answer =
    typeof response === 'string' && response.length < request.response_size
      ? `Answer, its first ${response.length} of ${request.response_size} characters`
      : 'Answer';
  lines.push('', label('Parameters'), pretty(request.params), '', label(answer), pretty(response));
  return lines.join('\n');
}

const pretty = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
