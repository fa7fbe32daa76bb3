import { fail, inconclusive, type Judgement } from '../conformance/judgement.ts';
import type { GatewayError } from '../gateway/gateway-error.ts';

/** What a failure is about: exit codes differ. */
export type Cause = 'check' | 'key' | 'network';

/** What a check found, and what its failure is about: `check` unless said otherwise. */
export interface Finding extends Judgement {
  readonly cause?: Cause;
}

/** The run was told to stop: nothing new is begun. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/**
 * What a refused or unanswered request says about the configuration.
 *
 * @param what the step that sent it; empty where the check is one step
 */
export function findingOf(error: GatewayError, what: string): Finding {
  const { facts, kind } = error;
  const status = facts.status === undefined ? '' : ` (HTTP ${facts.status})`;
  const said = `${what === '' ? '' : `${what}: `}${sentence(error.message)}`;
  switch (kind) {
    case 'auth':
      return {
        ...fail(
          `The key is not accepted${status}. ${said}`,
          'Copy the key again from the Dashboard; it may have been rolled or deleted.',
        ),
        cause: 'key',
      };
    case 'permission':
      return {
        ...fail(
          `The key is not allowed to${status}. ${said}`,
          'Give the restricted key the permission that the message names, in the Dashboard under API keys.',
        ),
        cause: 'key',
      };
    case 'network':
      return {
        ...fail(
          said,
          'Look at the network, the proxy and --api-base; --timeout sets how long an answer may take.',
        ),
        cause: 'network',
      };
    case 'rate_limited':
      return {
        ...fail(
          `Still limited after every retry${status}. ${said}`,
          'Run again later, or with more --retries; parallel jobs of one account share its limit.',
        ),
        cause: 'network',
      };
    case 'api':
      return {
        ...fail(
          `The API failed${status}. ${said}`,
          'Run again; where it goes on, look at https://status.stripe.com, or at the server behind --api-base.',
        ),
        cause: 'network',
      };
    case 'not_emulated':
      return inconclusive(said, 'Run it with --test.');
    default:
      return fail(
        `${said}${facts.code === undefined ? '' : ` Code: ${facts.code}.`}`,
        facts.code === undefined ? 'Look at what the message names.' : `payintent explain ${facts.code}`,
      );
  }
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
