import type { Answer } from '../gateway/gateway.ts';
import type { Context } from './context.ts';
import type { Input } from './input.ts';

/** Says which idempotency key was used, and whether the answer is the first one over again. */
export function idempotencyNote(context: Context, input: Input, answer: Answer): void {
  const key = input.text('idempotency-key');
  if (key === undefined) return;
  context.report.note(answer.replayed ? `${key} (replayed: nothing new was done)` : key, 'Key');
}
