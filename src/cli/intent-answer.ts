import type { Answer, Gateway } from '../gateway/gateway.ts';
import type { Context } from './context.ts';
import { idempotencyNote } from './idempotency.ts';
import type { Input } from './input.ts';
import { nextSteps } from './next-steps.ts';
import { settle } from './settle.ts';
import type { Result } from './spec.ts';
import { intentView } from './views/intent-view.ts';

/** What every command that changes an intent answers: the intent, how it is shown, what comes next. */
export async function intentAnswer(
  context: Context,
  input: Input,
  gateway: Gateway,
  answer: Answer,
  done: string,
): Promise<Result> {
  idempotencyNote(context, input, answer);
  const { intent, exit } = await settle(context, input, answer.object);
  return {
    data: intent,
    view: intentView(intent, { done: answer.replayed ? `${done} before` : done }),
    next: nextSteps(intent, gateway.target === 'offline'),
    exit,
  };
}
