import type { AccountNow, LoggedCall } from '../gateway/logged-calls.ts';
import { callOf, type Sender, senderOf } from './call.ts';
import { type Match, type Rule, SEVERITIES, type Severity, type Watcher } from './rule.ts';

/** A request that a finding is about. */
export interface FoundRequest {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Unix seconds on the emulator's clock. */
  readonly created: number;
}

/** One thing to mend. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly fix: string;
  readonly docs: string;
  /** How many requests it is about. */
  readonly count: number;
  /** The first of them. */
  readonly requests: readonly FoundRequest[];
}

export interface Advice {
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** How many requests were judged, and how many were not and why. */
  readonly requests: number;
  readonly leftOut: Readonly<Record<Exclude<Sender, 'app'>, number>>;
  /** How long each rule took, in milliseconds, by id. */
  readonly ms: ReadonlyMap<string, number>;
}

export interface Adviser {
  /** Judges calls, which must come in the order in which they were answered. */
  see(calls: readonly LoggedCall[]): void;
  /** What there is to say now that no more calls will come. To be called once. */
  end(account: AccountNow): Advice;
}

/** More requests than this are counted, not listed. */
const LISTED = 20;

interface Draft {
  rule: Rule;
  match: Match;
  severity: Severity;
  requests: FoundRequest[];
  known: Set<string>;
  count: number;
}

const worse = (one: Severity, other: Severity): Severity =>
  SEVERITIES.indexOf(one) <= SEVERITIES.indexOf(other) ? one : other;

/** @param onFinding told of each finding once, as soon as its first request is seen */
export function createAdviser(rules: readonly Rule[], onFinding?: (finding: Finding) => void): Adviser {
  const works = rules.map((rule) => ({
    rule,
    watcher: rule.watch(),
    drafts: new Map<string, Draft>(),
    ms: 0,
  }));
  const leftOut = { hand: 0, unknown: 0 };
  let requests = 0;

  function add(rule: Rule, drafts: Map<string, Draft>, match: Match): void {
    const old = drafts.get(match.subject);
    const draft = old ?? {
      rule,
      match,
      severity: match.severity,
      requests: [],
      known: new Set<string>(),
      count: 0,
    };
    draft.match = match;
    draft.severity = worse(draft.severity, match.severity);
    for (const { id, method, path, status, created } of match.calls) {
      if (draft.known.has(id)) continue;
      draft.count += 1;
      // Those at the end of the list may come again with the next match; longer ago nobody looks.
      draft.known.add(id);
      if (draft.known.size > 10 * LISTED) draft.known = new Set([...draft.known].slice(-5 * LISTED));
      if (draft.requests.length < LISTED) draft.requests.push({ id, method, path, status, created });
    }
    if (old !== undefined) return;
    drafts.set(match.subject, draft);
    onFinding?.(findingOf(draft));
  }

  return {
    see(logged) {
      const calls = logged.flatMap((call) => {
        const sender = senderOf(call);
        if (sender === 'app') return [callOf(call)];
        if (!call.path.startsWith('/_payintent/')) leftOut[sender] += 1;
        return [];
      });
      requests += calls.length;
      for (const work of works) {
        const { watcher, rule, drafts } = work;
        if (watcher.see === undefined) continue;
        const started = performance.now();
        for (const call of calls) {
          const match = watcher.see(call);
          if (match !== undefined) add(rule, drafts, match);
        }
        work.ms += performance.now() - started;
      }
    },
    end(account) {
      for (const work of works) {
        const { watcher, rule, drafts } = work;
        const started = performance.now();
        dropRefuted(watcher, drafts);
        for (const match of watcher.end?.(account) ?? []) add(rule, drafts, match);
        work.ms += performance.now() - started;
      }
      const findings = works.flatMap(({ drafts }) => [...drafts.values()].map(findingOf));
      findings.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
      return { findings, requests, leftOut, ms: new Map(works.map(({ rule, ms }) => [rule.id, ms])) };
    },
  };
}

function dropRefuted(watcher: Watcher, drafts: Map<string, Draft>): void {
  for (const subject of drafts.keys()) if (watcher.stands?.(subject) === false) drafts.delete(subject);
}

function findingOf({ rule, match, severity, requests, count }: Draft): Finding {
  const { reason, fix } = match;
  return { rule: rule.id, severity, reason, fix, docs: rule.docs, count, requests: [...requests] };
}
