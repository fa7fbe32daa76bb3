import { toQuery } from '../gateway/form-encoding.ts';
import type { ApiRecord, Gateway } from '../gateway/gateway.ts';
import type { WouldSend } from '../gateway/open.ts';
import { redactValue } from './redact.ts';
import type { Change } from './session.ts';
import type { Result } from './spec.ts';
import { labelled, labelledWhole } from './text.ts';
import type { Ui } from './ui.ts';

interface Report {
  readonly dry_run: true;
  readonly request: { readonly method: string; readonly url: string; readonly params: unknown };
  /** The status the object would have; null where nothing was tried. */
  readonly status: unknown;
  /** Types of the events it would send; null where nothing was tried. */
  readonly events: readonly string[] | null;
}

/** A dry run on `test`: the request that was not sent. */
export function unsentResult({ method, path, params }: WouldSend): Result {
  return result({
    dry_run: true,
    request: { method, url: path, params: redactValue(params) },
    status: null,
    events: null,
  });
}

/** A dry run offline: what the last change did to the copy of the state, with the events it sent there. */
export async function sentResult(
  gateway: Gateway,
  changes: readonly Change[],
  original: Result,
): Promise<Result> {
  const last = changes.at(-1);
  if (last === undefined) return original;
  const requestIds = new Set(changes.map(({ answer }) => answer.requestId));
  const { object } = await gateway.request('GET', '/v1/events', { limit: 100 });
  const events = (Array.isArray(object['data']) ? object['data'] : [])
    .filter((event: ApiRecord) => requestIds.has(requestOf(event)))
    .map((event: ApiRecord) => String(event['type']))
    .reverse();
  return {
    ...result({
      dry_run: true,
      request: { method: last.method, url: last.path, params: redactValue(last.params) },
      status: last.answer.object['status'] ?? null,
      events,
    }),
    ...(original.exit === undefined ? {} : { exit: original.exit }),
  };
}

function requestOf(event: ApiRecord): string | undefined {
  const request = event['request'];
  const id: unknown =
    typeof request === 'object' && request !== null ? Reflect.get(request, 'id') : undefined;
  return typeof id === 'string' ? id : undefined;
}

function result(report: Report): Result {
  return {
    data: report,
    view: {
      human: (ui) => draw(report, ui),
      rows: [
        {
          method: report.request.method,
          url: report.request.url,
          status: report.status,
          events: report.events?.join(',') ?? null,
        },
      ],
      columns: ['method', 'url', 'status', 'events'],
      key: 'url',
    },
  };
}

function draw(report: Report, ui: Ui): string {
  const { method, url, params } = report.request;
  const fields =
    typeof params === 'object' && params !== null ? Object.fromEntries(Object.entries(params)) : {};
  const sent = decodeURIComponent(toQuery(fields))
    .split('&')
    .filter((pair) => pair !== '');
  return [
    ui.color.bold('Dry run: nothing was done'),
    labelledWhole('Request', `${method} ${url}`, ui.color.dim),
    ...sent.map((pair) => labelledWhole('', pair)),
    ...(report.events === null
      ? [
          labelled(
            'Result',
            'Only Stripe knows what it would answer. Offline, a dry run shows it.',
            ui.width,
            ui.color.dim,
          ),
        ]
      : [
          labelled('Status', String(report.status), ui.width, ui.color.dim),
          labelled(
            'Events',
            report.events.length === 0 ? 'none' : report.events.join(', '),
            ui.width,
            ui.color.dim,
          ),
        ]),
  ].join('\n');
}
