import type { JobHandlers } from './jobs.ts';
import { BALANCE_JOB, settleChargeJob } from './payments/charge.ts';
import { AUTHORIZATION_EXPIRY_JOB } from './payments/conclude.ts';
import { expireAuthorization } from './payments/expire-authorization.ts';

/** Everything that time brings about, by kind of job. */
export const JOB_HANDLERS: JobHandlers = {
  [AUTHORIZATION_EXPIRY_JOB]: expireAuthorization,
  [BALANCE_JOB]: settleChargeJob,
};
