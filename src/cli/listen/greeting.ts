import { maskKey } from '../../domain/api-keys.ts';
import type { EventSource } from '../../gateway/event-sources/source.ts';
import { writeReadyNote } from '../../gateway/ready-note.ts';
import { describeRetries } from '../../gateway/retry-schedules.ts';
import type { Target } from '../../gateway/target.ts';
import type { Context } from '../context.ts';
import { count } from '../text.ts';
import type { Announcer } from './announcer.ts';
import { type ListenPlan, secretOf } from './plan.ts';
import type { StopReason } from './stopping.ts';
import type { Tally } from './tally.ts';

interface ReadyFacts {
  readonly target: Target;
  readonly source: EventSource;
  readonly secret: string;
  /** Deliveries that an earlier run has left. */
  readonly backlog: number;
}

/**
 * Says that it listens, to people, to programs and through the ready file.
 *
 * @returns takes the ready file away
 */
export function announceReady(
  context: Context,
  plan: ListenPlan,
  { target, source, secret, backlog }: ReadyFacts,
  announcer: Announcer,
): () => void {
  const { report } = context;
  const { places, schedule, timeScale } = plan;
  const retries = describeRetries(schedule, timeScale);
  for (const place of places) {
    const types = place.isRoute ? place.patterns : plan.events;
    report.whole('Forward', place.url);
    if (types.length > 0) report.note(types.join(', '), '');
  }
  if (places.length === 0) {
    report.note(plan.events.length === 0 ? 'all events' : plan.events.join(', '), 'Events');
    report.whole('Deliver', context.command('payintent listen --forward-to http://localhost:3000/webhook'));
  } else {
    report.note(`${shortened(secret)}  (listen --print-secret shows it)`, 'Secret');
    report.note(retries === '' ? 'none' : `after ${retries}`, 'Retries');
    if (plan.faults !== undefined) report.note(`${plan.faults.text}, seed ${plan.faults.seed}`, 'Faults');
  }
  if (backlog > 0)
    report.note(`${count(backlog, 'delivery', 'deliveries')} of an earlier run go first`, 'Backlog');
  if (plan.envFile !== undefined) report.whole('Env file', plan.envFile);
  if (plan.exec !== undefined) report.whole('App', plan.exec);
  report.note('listening; ^C stops', 'Ready');
  const facts = {
    target: target.name,
    source: source.name,
    forward_to: places.map(({ url }) => url),
  };
  const takeAway = plan.readyFile === undefined ? () => {} : writeReadyNote(plan.readyFile, facts);
  announcer.record({
    type: 'ready',
    ...facts,
    events: plan.events.length === 0 ? ['*'] : plan.events,
    destinations: places.map((place) => ({
      url: place.url,
      events: place.isRoute ? place.patterns : plan.events.length === 0 ? ['*'] : plan.events,
      secret: maskKey(secretOf(place, secret)),
    })),
    retries,
    backlog,
    ...(target.name === 'offline' ? { state: context.statePath } : {}),
  });
  return takeAway;
}

function shortened(secret: string): string {
  return `whsec_…${secret.slice(-4)}`;
}

/** The end: one line of summary, and what was given up. */
export function announceStopped(
  context: Context,
  announcer: Announcer,
  tally: Tally,
  reason: StopReason,
  { undelivered, forwards }: { readonly undelivered: number; readonly forwards: boolean },
): void {
  const { report } = context;
  report.note(tally.summary(undelivered, forwards), 'Stopped');
  for (const [index, letter] of tally.deadLetters.entries()) {
    const why = letter.http_status ?? letter.error ?? '';
    report.whole(index === 0 ? 'Given up' : '', `${letter.id}  ${letter.event_type}  ${why}`);
  }
  announcer.record({
    type: 'stopped',
    reason,
    events: tally.events,
    delivered: tally.delivered,
    failed_attempts: tally.failedAttempts,
    undelivered,
    dead: tally.dead,
    dead_letters: tally.deadLetters,
  });
}
