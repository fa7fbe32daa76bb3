/** What is wrong with a secret that would verify without it. */
export type SecretFault = 'assignment' | 'escapes' | 'prefix' | 'quotes' | 'whitespace';

export interface SecretVariant {
  readonly fault: SecretFault;
  readonly secret: string;
}

/** Secrets that may have been meant, given the one that was read from somewhere. */
export function* secretVariants(given: string): Generator<SecretVariant> {
  const seen = new Set([given]);
  const steps: readonly (readonly [SecretFault, (text: string) => string])[] = [
    ['whitespace', (text) => text.replace(/[\s\u200b\ufeff]+/g, '')],
    ['assignment', (text) => text.replace(/^\s*(export\s+)?[A-Z_][A-Z0-9_]*\s*=\s*/, '')],
    ['quotes', (text) => text.trim().replace(/^(["'`])(.*)\1;?$/s, '$2')],
    ['escapes', (text) => text.replace(/(\\r)?\\n$/, '')],
    ['prefix', (text) => (text.startsWith('whsec_') ? text : `whsec_${text}`)],
  ];
  // One fault alone first, then those that lie on top of one another.
  for (const [fault, change] of steps) {
    const secret = change(given);
    if (seen.has(secret)) continue;
    seen.add(secret);
    yield { fault, secret };
  }
  let secret = given;
  for (const [fault, change] of steps.slice(1)) {
    const next = change(secret).trim();
    if (next === secret) continue;
    secret = next;
    if (seen.has(secret)) continue;
    seen.add(secret);
    yield { fault, secret };
  }
}
