import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';

const DAY_SECONDS = 24 * 60 * 60;
/** Evidence is due at the end of the day, UTC, eight days on (recorded 2026-08). */
const RESPONSE_DAYS = 8;

export const VERDICT_JOB = 'dispute.verdict';
export const DEADLINE_JOB = 'dispute.deadline';

/**
 * The bank decides as soon as the evidence is in: the answer still says `under_review`, the next one does not. Recorded so
 * in 2023, with the money back within the second; in 2026-08 it took the real test mode a few seconds.
 */
const VERDICT_SECONDS = 0;
/** An inquiry that nobody escalates ends after 120 days (Stripe docs: disputes). */
const INQUIRY_SECONDS = 120 * 24 * 60 * 60;

/** What the bank decides; escalation makes a full dispute of an inquiry. */
export type Verdict = 'escalated' | 'lost' | 'won';

/** Texts in `uncategorized_text` that decide a test dispute (Stripe docs: testing). */
const VERDICTS: Readonly<Record<string, Verdict>> = {
  escalate_inquiry_evidence: 'escalated',
  losing_evidence: 'lost',
  winning_evidence: 'won',
};

const FINAL = new Set<unknown>(['lost', 'prevented', 'warning_closed', 'won']);

export const isClosed = (dispute: ApiObject) => FINAL.has(dispute['status']);
export const isInquiry = (dispute: ApiObject) => String(dispute['status']).startsWith('warning_');

/** Files the bank's decision on evidence just submitted; evidence without one of the magic texts stays under review. */
export function fileVerdict(world: World, dispute: ApiObject): void {
  const text = (dispute['evidence'] as ApiHash)['uncategorized_text'];
  const verdict = VERDICTS[String(text)];
  if (verdict === undefined) return;
  world.store.cancelJobs(dispute.id, VERDICT_JOB);
  world.schedule(VERDICT_JOB, dispute.id, VERDICT_SECONDS, { verdict });
}

/** Files what happens when nobody ever responds. */
export function fileDeadline(world: World, dispute: ApiObject): void {
  const due = (dispute['evidence_details'] as { due_by: number }).due_by;
  const wait = isInquiry(dispute) ? INQUIRY_SECONDS : due - world.now;
  world.store.cancelJobs(dispute.id, DEADLINE_JOB);
  world.schedule(DEADLINE_JOB, dispute.id, wait);
}

/** The end of the day on which a response is due. Unix seconds. */
export const responseDue = (now: number) =>
  (Math.floor(now / DAY_SECONDS) + RESPONSE_DAYS + 1) * DAY_SECONDS - 1;
