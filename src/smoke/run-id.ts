import { randomBytes } from 'node:crypto';

/** Names one run: in the metadata and the idempotency keys of what it makes. */
export function newRunId(): string {
  return `smoke_${randomBytes(8).toString('hex')}`;
}
