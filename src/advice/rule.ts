import type { AccountNow } from '../gateway/logged-calls.ts';
import type { Call } from './call.ts';

/** `error`: money or secrets are at stake, or it cannot work. `warning`: will hurt some day. `note`: worth knowing. */
export type Severity = 'error' | 'note' | 'warning';

/** The worst first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

/** What a rule says of one or more calls. */
export interface Match {
  /** Matches of a rule with the same subject are one finding; it tells the latest reason. */
  readonly subject: string;
  /** The calls that this match adds. */
  readonly calls: readonly Call[];
  readonly severity: Severity;
  /** What was seen and why it hurts, in sentences. */
  readonly reason: string;
  /** What to do, with the parameter or the line of code. */
  readonly fix: string;
}

/** A rule at work on one log. It is shown the calls of apps, oldest first, and forgets what is long past. */
export interface Watcher {
  /** Looks at the next call. */
  see?(call: Call): Match | undefined;
  /** What can be said only when all calls are known, and what became of the payments. */
  end?(account: AccountNow): readonly Match[];
  /** Asked at the end of each subject that `see` matched: false where later calls have shown that all was well. */
  stands?(subject: string): boolean;
}

/** Something that hurts in production and can be told from a log. */
export interface Rule {
  /** Kebab-case and stable. */
  readonly id: string;
  /** What holds when nothing is found. */
  readonly title: string;
  /** The worst that it says. */
  readonly severity: Severity;
  /** What must be seen. */
  readonly evidence: string;
  /** When it stays silent though it looks like that. */
  readonly silent: string;
  readonly docs: string;
  watch(): Watcher;
}
