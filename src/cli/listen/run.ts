import { matchesEventPattern } from '../../domain/event-patterns.ts';
import type { Cursor, EventSource, SourceEvent, SourceItem } from '../../gateway/event-sources/source.ts';
import { StripeCliError } from '../../gateway/event-sources/stripe-cli.ts';
import { DestinationBusy } from '../../gateway/forwarding/destination-file.ts';
import { type Forwarding, openForwarding } from '../../gateway/forwarding/forward.ts';
import { openEvents, SourceConflict } from '../../gateway/open-events.ts';
import type { Target } from '../../gateway/target.ts';
import type { Context } from '../context.ts';
import { listenDirectory } from '../directories.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Result } from '../spec.ts';
import { type Announcer, createAnnouncer } from './announcer.ts';
import { type App, startApp } from './app.ts';
import { announceReady, announceStopped } from './greeting.ts';
import { destinationsOf, isShown, type ListenPlan, secretVariables } from './plan.ts';
import { findStarts } from './starts.ts';
import { aborted, type Stopping, watchStopping } from './stopping.ts';
import { Tally } from './tally.ts';

/** How long what is under way may take after the first ^C, in milliseconds. */
const GRACE = 2000;
/** How often a run notes that it is alive, in milliseconds. */
const ALIVE_EVERY = 30_000;

/** One run of `listen`, and what it has open. */
interface Run {
  readonly context: Context;
  readonly plan: ListenPlan;
  readonly tally: Tally;
  readonly announcer: Announcer;
  readonly stopping: Stopping;
  readonly forwarding: Forwarding | undefined;
}

/** Listens, shows and delivers until something ends it. */
export async function listen(
  context: Context,
  plan: ListenPlan,
  target: Target,
  secret: string,
): Promise<Result> {
  const { host, hurry } = context;
  const now = () => host.now();
  const trouble = reportTrouble(context);
  const source = await openSource(context, plan, target, trouble);
  const tally = new Tally();
  const announcer = createAnnouncer(context, {
    showUrls: plan.places.length > 1,
    wholeBodies: plan.wholeBodies,
  });
  const stopping = watchStopping(context, plan.limits.timeout);
  let forwarding: Forwarding | undefined;
  let app: App | undefined;
  let takeReadyFileAway = () => {};
  let complete = false;
  const cut = () => {
    app?.kill();
    void forwarding?.stop(0);
  };
  hurry.addEventListener('abort', cut, { once: true });
  const alive = setInterval(() => forwarding?.touch(), ALIVE_EVERY);
  try {
    if (plan.places.length > 0) {
      forwarding = openForwarding({
        directory: listenDirectory(context.directories),
        place: source.place,
        destinations: destinationsOf(plan, secret),
        schedule: plan.schedule,
        timeScale: plan.timeScale,
        concurrency: plan.concurrency,
        faults: plan.faults,
        skipVerify: plan.skipVerify,
        timeoutMs: plan.handlerTimeout,
        keepBytes: plan.wholeBodies ? 65_536 : 2048,
        now,
        onAttempt(attempt) {
          tally.attempt(attempt);
          announcer.attempt(attempt);
        },
        onTrouble: trouble,
      });
    }
    const starts = await findStarts(source, plan, forwarding, now());
    if (plan.fresh) forwarding?.forget();
    forwarding?.begin(starts.destinations);
    if (plan.exec !== undefined) {
      app = await startApp(context, plan.exec, secretVariables(plan, secret));
      void app.exit.then(
        () => stopping.stop('exec'),
        () => stopping.stop('exec'),
      );
    }
    const backlog = forwarding?.countOpen() ?? 0;
    takeReadyFileAway = announceReady(context, plan, { target, source, secret, backlog }, announcer);
    if (starts.gap !== undefined) announcer.gap(starts.gap);
    forwarding?.poke();
    const run: Run = { context, plan, tally, announcer, stopping, forwarding };
    await readAll(run, source, starts.source);
    await finish(run);
    complete = stopping.reason === 'limit' || stopping.reason === 'timeout';
    const undelivered = forwarding?.countOpen() ?? 0;
    await app?.stop();
    announceStopped(context, announcer, tally, stopping.reason ?? 'signal', {
      undelivered,
      forwards: plan.places.length > 0,
    });
    return { exit: await exitOf(run, undelivered, app) };
  } catch (error) {
    throw explained(error, plan);
  } finally {
    clearInterval(alive);
    hurry.removeEventListener('abort', cut);
    stopping.release();
    takeReadyFileAway();
    forwarding?.close(complete);
    app?.kill();
    await source.close();
  }
}

async function openSource(
  context: Context,
  plan: ListenPlan,
  target: Target,
  onTrouble: (error: unknown) => void,
): Promise<EventSource> {
  const { host } = context;
  try {
    return await openEvents({
      target,
      source: plan.source,
      statePath: context.statePath,
      gateway: () => context.gateway(),
      now: () => host.now(),
      env: host.env,
      cwd: host.cwd,
      onTrouble,
    });
  } catch (error) {
    throw explained(error, plan);
  }
}

async function readAll(run: Run, source: EventSource, start: Cursor): Promise<void> {
  const { stopping } = run;
  for await (const item of source.read(start, stopping.signal)) {
    if (stopping.signal.aborted) return;
    take(run, item);
  }
}

function take(run: Run, item: SourceItem): void {
  const { announcer, context, plan, stopping } = run;
  switch (item.kind) {
    case 'note':
      context.report.warn(item.text);
      break;
    case 'gap':
      announcer.gap(item);
      if (plan.exitOnGap) stopping.stop('gap');
      break;
    case 'events':
      takeEvents(run, item.events, item.cursor);
  }
}

function takeEvents(run: Run, events: readonly SourceEvent[], cursor: Cursor): void {
  const { limits } = run.plan;
  if (limits.max === undefined && limits.until === undefined) {
    show(run, run.forwarding?.accept(events, cursor) ?? events);
    run.forwarding?.poke();
    return;
  }
  // One by one: nothing behind the last event of a limited run may be taken in.
  for (const event of events) {
    const position = Math.max(event.position, cursor.margin === 0 ? 0 : cursor.position - cursor.margin);
    const shown = show(run, run.forwarding?.accept([event], { ...cursor, position }) ?? [event]);
    const isLast =
      run.tally.events === limits.max ||
      (limits.until !== undefined && shown > 0 && matchesEventPattern(limits.until, event.type));
    if (isLast) run.stopping.stop('limit');
    if (isLast) break;
  }
  run.forwarding?.poke();
}

/** Shows the events that were asked for, and says how many those are. */
function show({ announcer, plan, tally }: Run, events: readonly SourceEvent[]): number {
  let shown = 0;
  for (const event of events) {
    if (!isShown(plan, event.type)) continue;
    shown += 1;
    tally.events += 1;
    announcer.event(event);
  }
  return shown;
}

/** Has delivered what a limited run still owes, and ends what is under way. */
async function finish({ forwarding, stopping }: Run): Promise<void> {
  if (forwarding === undefined) return;
  if (stopping.reason === 'limit') await Promise.race([forwarding.idle(), aborted(stopping.leaving)]);
  await forwarding.stop(GRACE);
}

async function exitOf(
  { plan, stopping, tally }: Run,
  undelivered: number,
  app: App | undefined,
): Promise<number> {
  const settled = tally.dead > 0 ? exitCodes.failed : exitCodes.done;
  switch (stopping.reason) {
    case 'limit':
      return undelivered > 0 ? exitCodes.pending : settled;
    case 'timeout': {
      const waited = plan.limits.max !== undefined || plan.limits.until !== undefined;
      return waited || undelivered > 0 ? exitCodes.pending : settled;
    }
    case 'gap':
      return exitCodes.network;
    case 'exec':
      return (await app?.exit.catch(() => exitCodes.notRunnable)) ?? exitCodes.done;
    default:
      return exitCodes.interrupted;
  }
}

/** Warns of trouble that passes, once for each kind. */
function reportTrouble({ report }: Context): (error: unknown) => void {
  let last = '';
  return (error) => {
    const text = error instanceof Error ? error.message : String(error);
    if (text !== last) report.warn(`Trouble, trying on: ${text}`);
    last = text;
  };
}

function explained(error: unknown, plan: ListenPlan): unknown {
  if (error instanceof DestinationBusy) {
    return new CliError('FORWARDING_TWICE', `Another payintent listen delivers to ${error.message} already`, {
      why: 'Two of them would deliver every event twice.',
      cause: error,
    });
  }
  if (error instanceof SourceConflict) {
    return new CliError(
      'FLAGS_CONFLICT',
      "Stripe's CLI hears Stripe, and this command goes to the emulator",
      {
        fix: ['Add --test, or leave --source out'],
        cause: error,
      },
    );
  }
  if (error instanceof StripeCliError) {
    const [code, title] =
      error.kind === 'missing'
        ? (['PROGRAM_NOT_FOUND', "Can't run Stripe's CLI"] as const)
        : (['STRIPE_CLI_FAILED', "Stripe's CLI does not listen"] as const);
    return new CliError(code, title, {
      why: error.message,
      fix: [
        'Install it (https://docs.stripe.com/stripe-cli), name it in PAYINTENT_STRIPE_CLI, or leave --source out',
      ],
      cause: error,
    });
  }
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (
    plan.readyFile !== undefined &&
    code !== undefined &&
    (error as NodeJS.ErrnoException).path?.startsWith(plan.readyFile)
  ) {
    return new CliError('FILE_UNREADABLE', `Can't write ${plan.readyFile}`, { why: code, cause: error });
  }
  return error;
}
