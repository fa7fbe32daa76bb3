/** Whether a text can stand for event types: `payment_intent.succeeded`, `charge.*`, `*`. */
export function isEventPattern(text: string): boolean {
  return text === '*' || /^[a-z0-9_]+(\.[a-z0-9_]+)*(\.\*)?$/.test(text);
}

/** `charge.*` stands for all types that begin with `charge.`, also `charge.dispute.created`. */
export function matchesEventPattern(pattern: string, type: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}

/** Whether any of the patterns stands for the type; no pattern at all stands for every type. */
export function matchesAnyPattern(patterns: readonly string[], type: string): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matchesEventPattern(pattern, type));
}
