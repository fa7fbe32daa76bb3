import type { JobHandlers } from './jobs.ts';
import { fraudWarningJobs } from './payments/afterwards.ts';
import { BALANCE_JOB, settleChargeJob } from './payments/charge.ts';
import { AUTHORIZATION_EXPIRY_JOB } from './payments/conclude.ts';
import { disputeJobs } from './payments/dispute-jobs.ts';
import { expireAuthorization } from './payments/expire-authorization.ts';
import { otherMethodJobs } from './payments/other-attempt.ts';
import { refundJobs } from './payments/refund-jobs.ts';
import { giveUpSetupMicrodeposits, SETUP_MICRODEPOSIT_JOB } from './setups/microdeposits.ts';

/** Everything that time brings about, by kind of job. */
export const JOB_HANDLERS: JobHandlers = {
  [AUTHORIZATION_EXPIRY_JOB]: expireAuthorization,
  [BALANCE_JOB]: settleChargeJob,
  [SETUP_MICRODEPOSIT_JOB]: giveUpSetupMicrodeposits,
  ...disputeJobs,
  ...fraudWarningJobs,
  ...otherMethodJobs,
  ...refundJobs,
};
