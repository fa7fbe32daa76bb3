import { invalidRequest } from '../../api-error.ts';
import { mergeMetadata } from '../../metadata.ts';
import type { ApiHash, ApiObject } from '../../objects.ts';
import { addEvidence } from '../../payments/dispute-evidence.ts';
import { concludeDispute } from '../../payments/dispute-jobs.ts';
import { fileVerdict, isClosed, isInquiry } from '../../payments/dispute-schedule.ts';
import type { Call, World } from '../../world.ts';

/**
 * `POST /v1/disputes/{id}`: adds evidence, and hands it to the bank unless `submit` is false.
 *
 * @throws ApiError 400 once the dispute is over (probed 2026-09)
 */
export function updateDispute({ world, params }: Call, dispute: ApiObject): ApiObject {
  requireOpen(dispute);
  if (Object.keys(params).length === 0) return dispute;
  const before = structuredClone(dispute);
  if (params['metadata'] !== undefined) {
    dispute['metadata'] = mergeMetadata(dispute['metadata'], params['metadata']);
  }
  if (params['intended_submission_method'] !== undefined) {
    dispute['intended_submission_method'] = params['intended_submission_method'];
  }
  if (params['evidence'] !== undefined) addEvidence(dispute, params['evidence'] as ApiHash);
  const submitted = submits(dispute, params);
  if (submitted) submit(dispute);
  world.update('disputes', dispute);
  world.emit('charge.dispute.updated', dispute, before);
  if (submitted) {
    touchCharge(world, dispute);
    fileVerdict(world, dispute);
  }
  return dispute;
}

/**
 * `POST /v1/disputes/{id}/close`: gives in. The dispute is lost at once (recorded 2026-08), an inquiry just ends.
 *
 * @throws ApiError 400 once the dispute is over
 */
export function closeDispute(world: World, dispute: ApiObject): ApiObject {
  requireOpen(dispute);
  concludeDispute(world, dispute, isInquiry(dispute) ? 'warning_closed' : 'lost');
  touchCharge(world, dispute);
  return dispute;
}

function requireOpen(dispute: ApiObject): void {
  if (isClosed(dispute)) throw invalidRequest('This dispute is already closed');
}

/** `submit` is true unless said otherwise, and sends what was staged before too (the types); notes alone send nothing. */
function submits(dispute: ApiObject, params: ApiHash): boolean {
  if (params['submit'] === false) return false;
  const details = dispute['evidence_details'] as { has_evidence: boolean; submission_count: number };
  if (params['submit'] === true || params['evidence'] !== undefined) return true;
  return details.has_evidence && details.submission_count === 0;
}

function submit(dispute: ApiObject): void {
  const details = dispute['evidence_details'] as ApiHash;
  details['submission_count'] = (details['submission_count'] as number) + 1;
  details['submission_method'] = 'manual';
  dispute['status'] = isInquiry(dispute) ? 'warning_under_review' : 'under_review';
}

/** Submitting and closing are followed by an event about the charge, of which nothing visible changes (probed 2026-09). */
function touchCharge(world: World, dispute: ApiObject): void {
  const charge = world.require('charges', dispute['charge']);
  world.emit('charge.updated', charge, charge);
}
