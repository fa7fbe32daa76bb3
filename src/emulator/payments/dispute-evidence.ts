import { buildNested } from '../api/build-object.ts';
import type { ApiHash, ApiObject } from '../objects.ts';

/**
 * Adds evidence to a dispute, in place: field by field, what is not mentioned stays. Files are kept by id as given; the
 * emulator has none to look at.
 */
export function addEvidence(dispute: ApiObject, given: ApiHash): void {
  const evidence = dispute['evidence'] as ApiHash;
  const { enhanced_evidence: enhanced, appeal: _, ...plain } = given;
  for (const [name, value] of Object.entries(plain)) evidence[name] = value === '' ? null : value;
  if (enhanced !== undefined) {
    evidence['enhanced_evidence'] = enhancedEvidence(evidence['enhanced_evidence'] as ApiHash, enhanced);
    acknowledgeFees(dispute);
  }
  const details = dispute['evidence_details'] as ApiHash;
  details['has_evidence'] = true;
}

const COMPELLING = 'visa_compelling_evidence_3';
const PATH = 'dispute.evidence.enhanced_evidence';

/** Evidence of the networks' special procedures, with every field there (the types). */
function enhancedEvidence(current: ApiHash, given: unknown): ApiHash {
  if (given === '' || given === null) return {};
  const merged: ApiHash = { ...current, ...(given as ApiHash) };
  const compelling = merged[COMPELLING] as ApiHash | undefined;
  if (compelling !== undefined) {
    const disputed = compelling['disputed_transaction'] as ApiHash | undefined;
    const prior = (compelling['prior_undisputed_transactions'] ?? []) as ApiHash[];
    merged[COMPELLING] = {
      disputed_transaction:
        disputed === undefined || disputed === null
          ? null
          : buildNested(`${PATH}.${COMPELLING}.disputed_transaction`, disputed),
      prior_undisputed_transactions: prior.map((one) =>
        buildNested(`${PATH}.${COMPELLING}.prior_undisputed_transactions`, one),
      ),
    };
  }
  return Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A compliance dispute can be contested once the network's fee is accepted (the types). */
function acknowledgeFees(dispute: ApiObject): void {
  const evidence = (dispute['evidence'] as ApiHash)['enhanced_evidence'] as Record<string, ApiHash>;
  const { enhanced_eligibility: eligibility } = dispute['evidence_details'] as {
    enhanced_eligibility: Record<string, ApiHash>;
  };
  for (const [name, state] of Object.entries(eligibility)) {
    if (evidence[name]?.['fee_acknowledged'] === true) state['status'] = 'fee_acknowledged';
  }
}
