import { formatDuration } from '../../domain/duration.ts';
import type { Gap, SourceEvent } from '../../gateway/event-sources/source.ts';
import type { Attempt } from '../../gateway/forwarding/forward.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import type { Context } from '../context.ts';
import { isoTime, outputMode } from '../output.ts';
import { redact } from '../redact.ts';
import type { Ui } from '../ui.ts';
import { attemptLines, bodyStart } from '../views/attempt-view.ts';
import { clockTime, createEventReader, eventLines, groupLine, shownEvent } from '../views/event-view.ts';

/** What the tab-separated form holds, whatever the record. */
const columns = [
  'type',
  'created',
  'id',
  'event_type',
  'subject',
  'amount',
  'currency',
  'status',
  'url',
  'http_status',
  'ms',
];

/** How many events are remembered for the sake of their deliveries. */
const REMEMBERED = 5000;

export interface AnnouncerOptions {
  readonly showUrls: boolean;
  readonly wholeBodies: boolean;
}

/** Tells what happens while `listen` runs: lines for people, records for programs. */
export interface Announcer {
  event(event: SourceEvent): void;
  attempt(attempt: Attempt): void;
  gap(gap: Gap): void;
  /** A record for programs only; people are told through the report. */
  record(record: ApiRecord): void;
}

export function createAnnouncer(context: Context, options: AnnouncerOptions): Announcer {
  const read = createEventReader();
  const { globals, host } = context;
  const mode = outputMode(globals, host.stdout.isTTY);
  const idsOnly = globals.quiet && mode === 'lines';
  const asJson = mode === 'json' || mode === 'jsonl';
  /** By event: which group it was shown in. */
  const groups = new Map<string, string>();
  let group: string | undefined;
  let isFirst = true;

  function remember(event: string, of: string): void {
    groups.set(event, of);
    const [oldest] = groups.keys();
    if (groups.size > REMEMBERED && oldest !== undefined) groups.delete(oldest);
  }

  /** Lines that belong to another group than those before begin with its name. */
  function heading(of: string | undefined, ui: Ui): string {
    if (of === undefined || of === group) return '';
    const space = isFirst ? '' : '\n';
    group = of;
    isFirst = false;
    return `${space}${groupLine(of, ui)}\n`;
  }

  function emit(record: ApiRecord, human: (ui: Ui) => string): void {
    context.emit(record, human, columns);
  }

  return {
    event({ event }) {
      const facts = read(event);
      const { id, type, created, subject, amount, currency, status, before, fulfil } = facts;
      const record: ApiRecord = {
        type: 'event',
        id,
        event_type: type,
        created,
        subject: subject ?? null,
        payment_intent: facts.group.startsWith('pi_') ? facts.group : null,
        amount: amount ?? null,
        currency: currency ?? null,
        status: status ?? null,
        previous_status: before ?? null,
        fulfil,
        ...(asJson ? { event: shownEvent(event, globals.showSecrets) } : {}),
      };
      if (mode === 'human') remember(id, facts.group);
      emit(record, (ui) => heading(facts.group, ui) + eventLines(facts, ui));
    },
    attempt(attempt) {
      if (idsOnly) return;
      const now = host.now();
      const { text, cut } = bodyStart(attempt, options.wholeBodies);
      const shared = { id: attempt.eventId, event_type: attempt.eventType, url: attempt.url };
      emit(
        {
          type: 'delivery',
          ...shared,
          attempt: attempt.number,
          status: attempt.status,
          http_status: attempt.httpStatus ?? null,
          ms: attempt.milliseconds,
          error: attempt.reason ?? null,
          message: attempt.message ?? null,
          body: redact(text),
          body_truncated: cut,
          ...(attempt.faults.length === 0 ? {} : { injected: attempt.faults }),
        },
        (ui) =>
          heading(groups.get(attempt.eventId), ui) +
          attemptLines(attempt, ui, {
            showUrl: options.showUrls,
            wholeBodies: options.wholeBodies,
            now,
          }),
      );
      if (attempt.status !== 'failed' || mode === 'human') return;
      const retryAt = attempt.retryAt ?? now;
      emit(
        {
          type: 'retry',
          ...shared,
          attempt: attempt.number + 1,
          retry_at: Math.round(retryAt / 1000),
          in_ms: Math.max(0, Math.round(retryAt - now)),
        },
        () => '',
      );
    },
    gap(gap) {
      const { report } = context;
      const isNews = gap.reason !== 'restart' || gap.events !== 0;
      const [from, to] = [gap.from, gap.to].map((time) => isoTime(Math.round(time / 1000)));
      const away = formatDuration(Math.max(1, Math.round((gap.to - gap.from) / 1000)));
      if (mode === 'human') {
        const span = `${clockTime(gap.from)} to ${clockTime(gap.to)} (${away})`;
        if (isNews) report.warn(`Gap: ${reasonText(gap)} from ${span}. ${outcome(gap)}`);
        group = undefined;
        return;
      }
      if (isNews) report.warn(`Gap of ${away}: ${reasonText(gap)}. ${outcome(gap)}`);
      if (idsOnly) return;
      emit(
        {
          type: 'gap',
          reason: gap.reason,
          from: from ?? null,
          to: to ?? null,
          seconds: Math.round((gap.to - gap.from) / 1000),
          events: gap.events ?? null,
          backfilled: gap.lost !== true,
          ...(gap.detail === undefined ? {} : { detail: gap.detail }),
        },
        () => '',
      );
    },
    record(record) {
      if (mode !== 'human' && !idsOnly) emit(record, () => '');
    },
  };
}

function reasonText(gap: Gap): string {
  switch (gap.reason) {
    case 'network':
      return `the API was not reached${gap.detail === undefined ? '' : ` (${gap.detail.replace(/\.$/, '')})`}`;
    case 'restart':
      return 'listen was not running';
    case 'sleep':
      return 'this machine was asleep, or very busy';
    case 'source':
      return `Stripe's CLI was not connected${gap.detail === undefined ? '' : ` (${gap.detail})`}`;
  }
}

function outcome(gap: Gap): string {
  if (gap.lost === true) return 'What happened then is not delivered; --backfill fetches it.';
  if (gap.events === undefined) return 'What happened then follows.';
  if (gap.events === 0) return 'Nothing happened meanwhile.';
  return gap.events === 1
    ? 'The event of that time follows.'
    : `The ${gap.events} events of that time follow.`;
}
