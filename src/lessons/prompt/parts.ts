import type { TermText } from '../glossary/term.ts';
import type { Stack } from './stack.ts';

/** What a prompt is made from. */
export interface PromptParts {
  /** Undefined leaves a place for it. */
  readonly stack: Stack | undefined;
  /** What the learner wants to work on; the whole of it when absent. */
  readonly term: TermText | undefined;
}
