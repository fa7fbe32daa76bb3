import type { ApiObject } from '../objects.ts';
import { fieldValue } from './fields.ts';
import type { Clause, Query } from './query.ts';

/** Whether an object is one of those a query asks for. */
export function matches(object: ApiObject, { clauses, any }: Query): boolean {
  const fits = (clause: Clause) => matchesClause(object, clause) !== clause.negated;
  return any ? clauses.some(fits) : clauses.every(fits);
}

/** Texts are compared without regard to case (documented). */
function matchesClause(object: ApiObject, clause: Clause): boolean {
  const actual = fieldValue(object, clause.field, clause.key);
  if (clause.value === null || actual === null) return clause.value === actual;
  if (clause.type === 'numeric') return compare(Number(actual), clause);
  const text = String(actual).toLowerCase();
  const wanted = clause.value.toLowerCase();
  if (clause.operator === '~') return text.includes(wanted);
  return clause.type === 'string' ? containsWords(text, wanted) : text === wanted;
}

function compare(actual: number, { operator, value }: Clause): boolean {
  const wanted = Number(value);
  switch (operator) {
    case '>':
      return actual > wanted;
    case '>=':
      return actual >= wanted;
    case '<':
      return actual < wanted;
    case '<=':
      return actual <= wanted;
    default:
      return actual === wanted;
  }
}

/** An exact match of a string finds all its words, in the same order and next to each other (documented). */
function containsWords(text: string, wanted: string): boolean {
  return ` ${wordsOf(text)} `.includes(` ${wordsOf(wanted)} `);
}

const wordsOf = (text: string) => text.trim().split(/\s+/).join(' ');
