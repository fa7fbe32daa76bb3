import type { ApiRecord } from '../gateway/gateway.ts';
import type { LoggedCall } from '../gateway/logged-calls.ts';

/** What a call does to a payment, or `other`. `create` is a PaymentIntent; a refund is created at `/v1/refunds`. */
export type Operation =
  | 'cancel'
  | 'capture'
  | 'confirm'
  | 'create'
  | 'other'
  | 'refund'
  | 'retrieve'
  | 'update';

/** A logged call as rules look at it. */
export interface Call extends LoggedCall {
  readonly operation: Operation;
  /** Id of the PaymentIntent it named or got. */
  readonly intentId: string | undefined;
  /** The PaymentIntent as answered, also inside the error of a declined payment. */
  readonly intent: ApiRecord | undefined;
  /** The error as answered, with all its fields. */
  readonly failure: ApiRecord | undefined;
  /** Whether a secret or restricted key was used, which only servers hold. */
  readonly byServer: boolean;
  /** Whether it tries to take the money: a confirmation, or a creation with `confirm`. */
  readonly attempts: boolean;
}

/** `hand`: payintent itself or Stripe's CLI, typed by a person. `unknown`: logged before the sender was kept. */
export type Sender = 'app' | 'hand' | 'unknown';

/** Who sent a logged call. */
export function senderOf({ path, user_agent: agent, api_version_named: named }: LoggedCall): Sender {
  if (path.startsWith('/_payintent/')) return 'hand';
  if (agent !== null && /\bpayintent$|\bstripe-cli\b/.test(agent)) return 'hand';
  return named === null ? 'unknown' : 'app';
}

export function callOf(logged: LoggedCall): Call {
  const { method, path, params, answer, key_type: key } = logged;
  const operation = operationOf(method, path);
  const failure = recordOf(answer?.['error']);
  const intent =
    recordOf(failure?.['payment_intent']) ?? (answer?.['object'] === 'payment_intent' ? answer : undefined);
  return Object.assign({}, logged, {
    operation,
    failure,
    intent,
    intentId: /^\/v1\/payment_intents\/(pi_[A-Za-z0-9]+)/.exec(path)?.[1] ?? textOf(intent?.['id']),
    byServer: key === 'secret' || key === 'restricted',
    attempts: operation === 'confirm' || (operation === 'create' && params['confirm'] === 'true'),
  });
}

const ACTIONS: Readonly<Record<string, Operation>> = {
  cancel: 'cancel',
  capture: 'capture',
  confirm: 'confirm',
};

function operationOf(method: string, path: string): Operation {
  const [, first, id, action, more] = /^\/v1\/(\w+)(?:\/(\w+))?(?:\/(\w+))?(\/.*)?$/.exec(path) ?? [];
  if (more !== undefined) return 'other';
  if (first === 'refunds') return method === 'POST' && id === undefined ? 'refund' : 'other';
  if (first !== 'payment_intents') return 'other';
  if (action !== undefined) return (method === 'POST' ? ACTIONS[action] : undefined) ?? 'other';
  if (id === undefined) return method === 'POST' ? 'create' : 'other';
  if (id === 'search') return 'other';
  return method === 'POST' ? 'update' : 'retrieve';
}

export function recordOf(value: unknown): ApiRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as ApiRecord)
    : undefined;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether a parameter holds anything at all. */
export function isGiven(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== '';
}

/** The same text for equal values, whatever the order of their fields. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const record = recordOf(value);
  if (record === undefined) return JSON.stringify(value) ?? 'null';
  const fields = Object.keys(record).sort();
  return `{${fields.map((field) => `${JSON.stringify(field)}:${canonical(record[field])}`).join()}}`;
}

/** What is asked for, path and parameters, as one text. */
export const wishOf = ({ path, params }: Call): string => `${path} ${canonical(params)}`;

/** What of a key another one has not, at the same place: numbers of orders can look drawn, and are the same in both. */
export function ownPart(key: string, other: string): string {
  const theirs = other.split(/[^A-Za-z0-9]+/);
  return key
    .split(/[^A-Za-z0-9]+/)
    .filter((part, index) => part !== theirs[index])
    .join('-');
}

/**
 * Whether an idempotency key seems to be drawn anew for each call (a UUID, a time, letters at random) and not made from
 * what it is for (`refund-item-7`).
 */
export function isDrawn(key: string): boolean {
  if (/[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{16}|\d{10}|\b0[.-]\d{6}/i.test(key)) return true;
  return key.split(/[^A-Za-z0-9]+/).some((run) => {
    const turns = run.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
    return run.length >= 8 && turns >= 4;
  });
}

/** Keys that stripe-node makes by itself, one for each call: `stripe-node-retry-` and a UUID (its source, 23.1). */
export const isSdkKey = (key: string): boolean => key.startsWith('stripe-node-retry-');
