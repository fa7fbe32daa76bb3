import { eventToActOn } from '../../domain/event-advice.ts';
import { machineOf, nextStatuses } from '../../domain/machine.ts';
import { STATUS_GUIDES } from '../../domain/status-guide.ts';
import { isPaymentIntentStatus } from '../../domain/statuses.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import { type Change, changesBetween } from '../../scenario/changes.ts';
import type { StepError, StepResult } from '../../scenario/runner.ts';
import { type SnippetLanguage, snippetLines, snippetRequestOf } from '../../scenario/snippets/snippet.ts';
import { redact, redactValue } from '../redact.ts';

/** One step of a simulation, as programs get it. */
export interface StepRecord {
  readonly object: 'simulation_step';
  /** Counted from 1. */
  readonly step: number;
  /** How many there will be, as far as is known. */
  readonly of: number;
  readonly title: string;
  readonly why: string | null;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly params: unknown;
    readonly idempotency_key: string | null;
    /** The same in the language asked for. */
    readonly code: string;
    readonly lang: SnippetLanguage;
  };
  /** Id of the object the steps are about. */
  readonly id: string | null;
  readonly replayed: boolean;
  readonly error: {
    readonly status: number | null;
    readonly type: string | null;
    readonly code: string | null;
    readonly decline_code: string | null;
    readonly message: string;
  } | null;
  readonly status_before: string | null;
  readonly status: string | null;
  /** The statuses that one move can lead to from here. */
  readonly next_statuses: readonly string[];
  readonly changes: readonly Change[];
  /** Types of the events that were sent, in order. */
  readonly events: readonly string[];
  /** The event to act on, with what to do; null where all can be ignored. */
  readonly act_on: { readonly type: string; readonly advice: string } | null;
  /** What to do next. */
  readonly next: string | null;
  /** Sentences about what is not as the scenario says; empty when all is. */
  readonly deviations: readonly string[];
}

export interface StepPlace {
  readonly of: number;
  readonly lang: SnippetLanguage;
  readonly showSecrets: boolean;
}

export function stepRecord(result: StepResult, { of, lang, showSecrets }: StepPlace): StepRecord {
  const { step, index, request, before, after, events } = result;
  const types = events.map((event) => String(event['type']));
  const status = result.status ?? null;
  const machine = machineOf(after?.['object']);
  const shown = (value: unknown) => (showSecrets ? value : redactValue(value));
  return {
    object: 'simulation_step',
    step: index + 1,
    of: Math.max(of, index + 1),
    title: step.title,
    why: step.why ?? null,
    request: {
      method: request.method,
      path: request.path,
      params: request.params,
      idempotency_key: request.idempotencyKey ?? null,
      code: redact(snippetLines(lang, snippetRequestOf(result)).join('\n')),
      lang,
    },
    id: textOf(after?.['id']),
    replayed: result.replayed,
    error: result.error === undefined ? null : errorOf(result.error),
    status_before: textOf(before?.['status']),
    status,
    next_statuses: machine === undefined || status === null ? [] : nextStatuses(machine, status),
    changes: changesBetween(before, after).map(({ field, before: old, after: now }) => ({
      field,
      before: shown(old),
      after: shown(now),
    })),
    events: types,
    act_on: eventToActOn(types) ?? null,
    next: nextOf(after, status),
    deviations: result.deviations,
  };
}

function errorOf({ status, type, code, declineCode, message }: StepError): NonNullable<StepRecord['error']> {
  return {
    status: status ?? null,
    type: type ?? null,
    code: code ?? null,
    decline_code: declineCode ?? null,
    message,
  };
}

function nextOf(after: ApiRecord | undefined, status: string | null): string | null {
  if (after?.['object'] !== 'payment_intent' || status === null || !isPaymentIntentStatus(status))
    return null;
  return STATUS_GUIDES[status].next;
}

/** A text that says something, or null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
