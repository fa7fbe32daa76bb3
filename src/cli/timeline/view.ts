import { adviceFor } from '../../domain/event-advice.ts';
import { PAYMENT_MACHINE } from '../../domain/machine.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import { formPairs } from '../../scenario/snippets/shell.ts';
import { escaped } from '../diagram/markup.ts';
import { renderPage } from '../diagram/page.ts';
import { pathSvg } from '../diagram/svg.ts';
import { isoTime } from '../output.ts';
import { redact, redactValue } from '../redact.ts';
import { labelledWhole, wrap } from '../text.ts';
import { narrow, type Ui } from '../ui.ts';
import type { View } from '../view.ts';
import { paintStatus } from '../views/lifecycle.ts';
import type { Moment } from './read.ts';

export const timelineColumns = ['created', 'title', 'status', 'events'];

export function timelineView(id: string, moments: readonly Moment[]): View {
  return {
    human: (ui) => draw(id, moments, ui),
    rows: moments.map((moment) => ({
      ...moment,
      id: moment.request?.id ?? null,
      events: moment.events.map(({ type }) => type).join(','),
    })),
    columns: timelineColumns,
  };
}

function draw(id: string, moments: readonly Moment[], ui: Ui): string {
  const lines = [ui.color.bold(id), ''];
  let before: string | null = null;
  for (const moment of moments) {
    const bar = ui.accessible ? ' ' : '│';
    lines.push(`  ${ui.color.dim(isoTime(moment.created))}`);
    lines.push(`  ${bar} ${moment.title}`);
    if (moment.request !== null && moment.request.status >= 400) {
      const text = `${moment.request.status} ${moment.request.error ?? ''}`;
      for (const line of wrap(redact(text), ui.width - 6)) lines.push(`  ${bar}   ${ui.color.red(line)}`);
    }
    for (const { type, deliveries } of moment.events) {
      lines.push(
        `  ${ui.width < narrow ? '' : `${bar}   `}${ui.color.dim(ui.accessible ? 'event' : '○')} ${type}`,
      );
      for (const { url, endpoint, status } of deliveries)
        lines.push(
          `  ${bar}     ${ui.accessible ? 'to' : '→'} ${url ?? endpoint} ${paintStatus(status, status, ui)}`,
        );
    }
    if (moment.status !== null && moment.status !== before) {
      lines.push(
        `  ${ui.accessible ? 'status' : '●'} ${ui.color.bold(paintStatus(moment.status, moment.status, ui))}`,
      );
    }
    before = moment.status;
  }
  if (moments.length === 0) lines.push(labelledWhole('Note', 'Nothing is known of it any more.'));
  return lines.join('\n');
}

/** One self-contained page: the way of the intent as a picture, and every request, event and delivery. */
export function timelinePage(id: string, moments: readonly Moment[]): string {
  const path = {
    title: `Timeline of ${id}`,
    machine: PAYMENT_MACHINE,
    points: moments.map(({ title, status, events }) => ({
      title,
      status: status ?? undefined,
      events: events.map(({ type }) => type),
    })),
  };
  return renderPage({
    title: path.title,
    intro: `${moments.length} moments. Times are UTC.`,
    picture: pathSvg(path),
    tables: [
      {
        caption: 'Moments',
        head: ['', 'Time and request', 'Status', 'Events and deliveries'],
        rows: moments.map((moment, index) => [
          String(index + 1),
          `<code>${isoTime(moment.created)}</code><br>${requestCell(moment)}`,
          moment.status === null ? '' : `<code>${escaped(moment.status)}</code>`,
          moment.events.map(eventCell).join(''),
        ]),
      },
    ],
  });
}

function requestCell({ title, request }: Moment): string {
  if (request === null) return escaped(title);
  const params = formPairs(redactValue(request.params) as ApiRecord).map(
    ([name, value]) => `${name}=${value}`,
  );
  return [
    `<pre>${escaped(title)}</pre>`,
    params.length === 0 ? '' : `<pre class="params">${escaped(params.join('\n'))}</pre>`,
    `${request.status}${request.error === null ? '' : ` ${escaped(redact(request.error))}`}`,
  ].join('');
}

function eventCell({ type, deliveries }: Moment['events'][number]): string {
  const advice = adviceFor(type);
  const sent = deliveries.map(
    ({ url, endpoint, status, attempts }) =>
      `<div>→ ${escaped(url ?? endpoint)}: ${escaped(status)} (${attempts})</div>`,
  );
  return `<div><code>${escaped(type)}</code>${advice === undefined ? '' : ` ${escaped(advice)}`}${sent.join('')}</div>`;
}
