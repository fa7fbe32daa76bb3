import type { ApiRecord, RequestMethod } from '../../gateway/gateway.ts';

/** A request to be shown in a programming language. */
export interface SnippetRequest {
  /** The operation: `payment_intents.confirm`; undefined for what only the emulator knows (the customer, the clock). */
  readonly call: string | undefined;
  readonly method: RequestMethod;
  readonly path: string;
  /** The ids in the path, in order. */
  readonly ids: readonly string[];
  readonly params: ApiRecord;
  readonly idempotencyKey?: string | undefined;
  /** Sent with a publishable key. */
  readonly publishable?: boolean | undefined;
}

export function isEmptyRecord(params: ApiRecord): boolean {
  return Object.keys(params).length === 0;
}

/** `payment_intents` as `paymentIntents`. */
export function camelCase(snake: string): string {
  return snake.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The words of an operation: `['test_helpers', 'customers', 'fund_cash_balance']`. */
export function wordsOf(call: string): { readonly resources: readonly string[]; readonly method: string } {
  const words = call.split('.');
  return { resources: words.slice(0, -1), method: words.at(-1) ?? '' };
}
