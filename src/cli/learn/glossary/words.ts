import type { Relation } from '../../../lessons/glossary/term.ts';
import type { Lang } from '../../../lessons/text.ts';

/** What is said around the entries of the glossary. */
export interface GlossaryWords {
  readonly why: string;
  readonly full: string;
  readonly example: string;
  readonly mistakes: string;
  readonly related: string;
  readonly relations: Readonly<Record<Relation, string>>;
  readonly question: string;
  readonly walkOn: string;
  readonly back: (name: string) => string;
  readonly done: string;
}

export const GLOSSARY_WORDS: Readonly<Record<Lang, GlossaryWords>> = {
  en: {
    why: 'Why it matters',
    full: 'In full',
    example: 'Example',
    mistakes: 'Mistakes to avoid',
    related: 'Related',
    relations: {
      has: 'has',
      part_of: 'is part of',
      needs: 'needs',
      needed_by: 'is needed by',
      leads_to: 'leads to',
      comes_from: 'comes from',
      unlike: 'not to be confused with',
      see: 'see also',
    },
    question: 'Term',
    walkOn: 'Walk on',
    back: (name) => `back to ${name}`,
    done: 'done',
  },
  ar: {
    why: 'لماذا يهمّ',
    full: 'بالتفصيل',
    example: 'مثال',
    mistakes: 'أخطاء ينبغي تجنّبها',
    related: 'مصطلحات ذات صلة',
    relations: {
      has: 'من أجزائه',
      part_of: 'جزء من',
      needs: 'يحتاج إلى',
      needed_by: 'يحتاج إليه',
      leads_to: 'يؤدي إلى',
      comes_from: 'ينتج عن',
      unlike: 'لا تخلط بينه وبين',
      see: 'انظر أيضًا',
    },
    question: 'المصطلح',
    walkOn: 'تابع إلى',
    back: (name) => `ارجع إلى ${name}`,
    done: 'انتهيت',
  },
};
