export type SearchOperator = ':' | '~' | '>' | '>=' | '<' | '<=';

/** One condition as it was written. */
export interface ParsedClause {
  readonly negated: boolean;
  /** Dotted name of the field. */
  readonly field: string;
  /** What stood in brackets behind the field, as in `metadata["key"]`. */
  readonly key?: string;
  readonly operator: SearchOperator;
  /** Null for the word `null`; numbers without quotes are texts too. */
  readonly value: string | null;
}

export interface ParsedQuery {
  readonly clauses: readonly ParsedClause[];
  /** What stands between the clauses: a space means AND. */
  readonly joins: readonly ('AND' | 'OR' | 'SPACE')[];
}

/** @throws SyntaxError for a text that is no query */
export function parse(text: string): ParsedQuery;

export class SyntaxError extends Error {}
