import type { Attempt } from '../../gateway/forwarding/forward.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import { count, labelledWhole } from '../text.ts';
import type { Ui } from '../ui.ts';
import type { View } from '../view.ts';
import { attemptLines } from './attempt-view.ts';
import { createEventReader, eventLines, groupLine } from './event-view.ts';

/** Events that were sent to addresses, each with the answers to it. */
export function deliveriesView(events: readonly ApiRecord[], attempts: readonly Attempt[]): View {
  return {
    human: (ui) => draw(events, attempts, ui),
    rows: attempts.map((attempt) => ({
      id: attempt.eventId,
      type: attempt.eventType,
      url: attempt.url,
      http_status: attempt.httpStatus ?? attempt.reason ?? null,
      ms: attempt.milliseconds,
    })),
    columns: ['id', 'type', 'http_status', 'ms', 'url'],
  };
}

function draw(events: readonly ApiRecord[], attempts: readonly Attempt[], ui: Ui): string {
  const read = createEventReader();
  const lines: string[] = [];
  let group: string | undefined;
  for (const event of events) {
    const facts = read(event);
    if (facts.group !== group || lines.length === 0) {
      if (lines.length > 0) lines.push('');
      lines.push(groupLine(facts.group ?? facts.type, ui));
      group = facts.group;
    }
    lines.push(eventLines(facts, ui));
    for (const attempt of attempts.filter(({ eventId }) => eventId === facts.id)) {
      lines.push(attemptLines(attempt, ui, { showUrl: true, wholeBodies: false, now: ui.now }));
    }
  }
  const good = attempts.filter(({ status }) => status === 'succeeded').length;
  const mark = good === attempts.length ? ui.color.green('✓') : ui.color.red('✗');
  lines.push('', `${mark} ${good} of ${count(attempts.length, 'delivery', 'deliveries')} accepted`);
  return lines.join('\n');
}

/** Deliveries to registered endpoints that somebody else will make. */
export function filedView(events: readonly ApiRecord[], filed: readonly ApiRecord[]): View {
  const rows = filed.flatMap((one, index) =>
    endpoints(one).map((endpoint) => ({
      id: one['event'],
      type: events[index]?.['type'] ?? null,
      endpoint: endpoint['id'],
      url: endpoint['url'],
    })),
  );
  return {
    human: (ui) =>
      [
        `${ui.color.green('✓')} Filed ${count(rows.length, 'delivery', 'deliveries')}`,
        ...rows.flatMap(({ id, type, url }) => [
          labelledWhole('Event', `${String(id)}  ${String(type)}`, ui.color.dim),
          labelledWhole('To', String(url), ui.color.dim),
        ]),
        labelledWhole('Sent by', 'payintent emulator serve, while it runs', ui.color.dim),
      ].join('\n'),
    rows,
    columns: ['id', 'type', 'endpoint', 'url'],
  };
}

function endpoints(filed: ApiRecord): readonly ApiRecord[] {
  const list = filed['webhook_endpoints'];
  return Array.isArray(list) ? list : [];
}

/** Fields of one delivery in JSON. */
export const deliveryFields = [
  'object',
  'event',
  'type',
  'url',
  'accepted',
  'http_status',
  'ms',
  'reason',
  'body',
  'id',
  'endpoint',
] as const;

/** Those of a delivery that are columns in a pipe. */
export const deliveryColumns = ['id', 'type', 'http_status', 'ms', 'url'] as const;
