import {
  describeSchedule,
  LIVE_MODE_SCHEDULE,
  LOCAL_SCHEDULE,
  NO_RETRIES,
  type RetrySchedule,
  TEST_MODE_SCHEDULE,
} from '../emulator/delivery/schedule.ts';

export const scheduleNames = ['local', 'test', 'live', 'none'] as const;
export type ScheduleName = (typeof scheduleNames)[number];

/** When failed deliveries are sent again, by the name that commands take. */
export const retrySchedules: Readonly<Record<ScheduleName, RetrySchedule>> = {
  local: LOCAL_SCHEDULE,
  test: TEST_MODE_SCHEDULE,
  live: LIVE_MODE_SCHEDULE,
  none: NO_RETRIES,
};

/** The same in words: `1s, 3s, 9s`; empty where they are not sent again. */
export function describeRetries(name: ScheduleName, scale: number): string {
  return describeSchedule(retrySchedules[name], scale);
}
