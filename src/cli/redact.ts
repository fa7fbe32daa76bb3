import { maskKey } from '../domain/api-keys.ts';

const keyPattern = /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9_]{8,}|\bwhsec_[A-Za-z0-9+/=_-]{8,}/g;
const clientSecretPattern = /\b([a-z]+_[A-Za-z0-9]+_secret_)[A-Za-z0-9]+/g;

/** Hides keys, webhook secrets and client secrets in text meant for people or logs. */
export function redact(text: string): string {
  return text
    .replace(keyPattern, (key) => maskKey(key))
    .replace(clientSecretPattern, (_, start: string) => `${start}***`);
}

/** The same through a whole JSON-able value. */
export function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, redactValue(inner)]));
  }
  return value;
}
