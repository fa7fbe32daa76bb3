import { randomBytes } from 'node:crypto';

/** Names one run: in the metadata and the idempotency keys of what it makes. */
export function newRunId(of: 'parity' | 'smoke'): string {
  return `${of}_${randomBytes(8).toString('hex')}`;
}
