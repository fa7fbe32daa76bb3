import type { Prose } from '../text.ts';

/** A word of the field, without its explanations. */
export interface Term {
  /** Snake case: `payment_intent`; statuses are spelled as the API spells them. */
  readonly id: string;
  /** A `status` of the PaymentIntent, or any other `term`. */
  readonly kind: 'status' | 'term';
  /** A command that shows it at work offline; the `given` ones come first, `{intent}` is what the last of them made. */
  readonly example: { readonly command: string; readonly given?: readonly string[]; readonly exit?: number };
}

/** What a term means, in one language. */
export interface TermText {
  readonly name: string;
  /** One sentence. */
  readonly definition: Prose;
  /** Why somebody who takes payments should care. */
  readonly why: Prose;
  /** All of it, in a paragraph. */
  readonly full: Prose;
  /** The term at work, in a sentence or two. */
  readonly example: Prose;
  /** What goes wrong when it is misunderstood. */
  readonly mistakes: readonly Prose[];
}

/**
 * How one term stands to another: `leads_to` and `comes_from`, `part_of` and `has`, `needs` and `needed_by` are the two
 * ends of one relation; `unlike` (easily confused) and `see` look the same from both ends.
 */
export type Relation =
  | 'comes_from'
  | 'has'
  | 'leads_to'
  | 'needed_by'
  | 'needs'
  | 'part_of'
  | 'see'
  | 'unlike';
