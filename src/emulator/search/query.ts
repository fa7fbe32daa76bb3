import { type ApiError, invalidRequest } from '../api-error.ts';
import { fieldOf, type SearchField, type SearchResource } from './fields.ts';
import { type ParsedClause, parse, SyntaxError as QuerySyntaxError } from './query-parser.generated.js';

/** A condition on a field that the resource has, with an operator that the field takes. */
export interface Clause extends ParsedClause {
  readonly type: SearchField;
}

export interface Query {
  readonly clauses: readonly Clause[];
  /** True when one matching clause is enough. */
  readonly any: boolean;
}

/** Documented: up to ten clauses, and at least three characters for a substring. */
const MAX_CLAUSES = 10;
const MIN_SUBSTRING = 3;

const UNREADABLE = 'We were unable to parse your search query.';
const HINT =
  'Try using the format `metadata["key"]:"value"` to query for metadata or key:"value" to query for other fields.';

/**
 * Reads a search query.
 *
 * @throws ApiError 400. The texts for an unreadable query and for an unknown field are Stripe's (second-hand); those for
 * the other rules of the language, which are documented, are ours.
 */
export function readQuery(text: string, resource: SearchResource): Query {
  const { clauses, joins } = parseQuery(text);
  if (joins.includes('OR') && joins.some((join) => join !== 'OR')) {
    throw invalidRequest(`${UNREADABLE} You cannot combine \`AND\` and \`OR\` in the same query.`);
  }
  if (clauses.length > MAX_CLAUSES) {
    throw invalidRequest(`${UNREADABLE} You can combine up to ${MAX_CLAUSES} clauses in a query.`);
  }
  return { clauses: clauses.map((clause) => readClause(clause, resource)), any: joins.includes('OR') };
}

function parseQuery(text: string): ReturnType<typeof parse> {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof QuerySyntaxError) throw invalidRequest(`${UNREADABLE} ${HINT}`);
    throw error;
  }
}

function readClause(clause: ParsedClause, resource: SearchResource): Clause {
  const type = fieldOf(resource, clause.field);
  if (type === undefined || (clause.key !== undefined) !== (type === 'metadata')) {
    if (clause.field === 'metadata') throw invalidRequest(`${UNREADABLE} ${HINT}`);
    throw unknownField(clause.field, resource);
  }
  requireOperator(clause, type);
  requireValue(clause, type);
  return { ...clause, type };
}

function unknownField(field: string, resource: SearchResource): ApiError {
  return invalidRequest(
    `Field \`${field}\` is an unsupported search field for resource \`${resource}\`. See http://stripe.com/docs/search#query-fields-for-${resource.replaceAll('_', '-')} for a list of supported fields.`,
  );
}

function requireOperator({ field, operator, value }: ParsedClause, type: SearchField): void {
  if (operator === ':') return;
  if (value !== null && type === (operator === '~' ? 'string' : 'numeric')) return;
  throw invalidRequest(`Operator \`${operator}\` is not supported for the search field \`${field}\`.`);
}

function requireValue({ field, operator, value }: ParsedClause, type: SearchField): void {
  if (value === null) return;
  if (type === 'numeric' && !/^[+-]?\d+(\.\d+)?$/.test(value)) {
    throw invalidRequest(`The search field \`${field}\` only takes numbers, but got \`${value}\`.`);
  }
  if (type === 'flag' && !/^(true|false)$/i.test(value)) {
    throw invalidRequest(
      `The search field \`${field}\` only takes "true" and "false", but got \`${value}\`.`,
    );
  }
  if (operator === '~' && value.length < MIN_SUBSTRING) {
    throw invalidRequest(
      `A substring must have at least ${MIN_SUBSTRING} characters to be searched for: \`${field}~"${value}"\`.`,
    );
  }
}
