import type { Gateway } from '../gateway/gateway.ts';
import { openGateway } from '../gateway/open.ts';
import type { Scenario } from '../scenario/format.ts';
import type { Mark } from '../smoke/tidy-gateway.ts';
import { HeardGateway } from './heard-gateway.ts';
import { playSide } from './play-side.ts';
import { playedSteps, type Side } from './side.ts';

export interface EmulatorSideOptions {
  readonly mark: Mark;
  /** When the story begins, milliseconds since the epoch. */
  readonly startsAt: number;
  /** True where the other side's events could not be read. */
  readonly eventless: boolean;
  /** The API version that requests name. */
  readonly apiVersion: string;
  /** What is followed in time: what falls due between two requests there is due here as well. */
  readonly follows?: Side;
}

/** Plays a scenario on an emulator of its own, in memory, whose time passes only as the other side's did. */
export async function playEmulatorSide(
  scenario: Pick<Scenario, 'steps' | 'subject'>,
  { mark, startsAt, eventless, apiVersion, follows }: EmulatorSideOptions,
): Promise<Side> {
  let now = startsAt;
  let step = -1;
  let answered = 0;
  const times = follows === undefined ? [] : playedSteps(follows);
  const until = (offset: number | undefined): void => {
    now = Math.max(now, startsAt + (offset ?? 0));
  };
  const inner = await openGateway(
    { name: 'offline', reason: 'a comparison' },
    { statePath: ':memory:', now: () => now, apiVersion },
  );
  const heard = new HeardGateway(
    atTheirTime(inner, (path) => {
      const then = times[step];
      // Events are read last in a step, and what fell due while the other side waited for them has happened by then.
      if (path === '/v1/events') return until(then?.endedAt);
      until(then?.answeredAt[answered]);
      answered += 1;
    }),
    () => now,
  );
  try {
    return await playSide(scenario, {
      heard,
      mark,
      stage: {
        gateway: heard,
        emulated: false,
        eventless,
        now: () => now,
        async sleep(milliseconds) {
          now += milliseconds;
        },
      },
      onStep(index) {
        step = index;
        answered = 0;
        until(times[index]?.startedAt);
      },
    });
  } finally {
    await inner.close();
  }
}

/** A gateway that lets time pass before each request. */
function atTheirTime(gateway: Gateway, pass: (path: string) => void): Gateway {
  return {
    ...gateway,
    async request(...request) {
      pass(request[1]);
      return gateway.request(...request);
    },
  };
}
