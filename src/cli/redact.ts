import { maskSecrets } from '../domain/secrets.ts';

/** Hides keys, webhook secrets and client secrets in text meant for people or logs. */
export function redact(text: string): string {
  return maskSecrets(text);
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
