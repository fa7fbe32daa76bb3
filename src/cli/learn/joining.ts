/**
 * Joined Arabic letters as single characters, for terminals that only put characters side by side. The block Arabic
 * Presentation Forms-B of Unicode has, one after the other, the forms of each letter: alone, final, initial, medial. Which
 * letter a form belongs to is read from its compatibility decomposition, so no table is kept here.
 */
interface Forms {
  readonly alone: string;
  readonly final: string;
  readonly initial: string;
  readonly medial: string;
  /** Whether the letter joins the one before it; all but the hamza do. */
  readonly joinsBefore: boolean;
  /** Whether the letter joins the one after it. */
  readonly joinsAfter: boolean;
}

const FIRST = 0xfe80;
const LAST = 0xfefc;

let known: ReadonlyMap<string, Forms> | undefined;

/** Forms by letter; those of lam with alef by both letters. */
function formsByLetter(): ReadonlyMap<string, Forms> {
  if (known !== undefined) return known;
  const groups = new Map<string, string[]>();
  for (let code = FIRST; code <= LAST; code += 1) {
    const form = String.fromCharCode(code);
    const letter = form.normalize('NFKC');
    groups.set(letter, [...(groups.get(letter) ?? []), form]);
  }
  known = new Map(
    [...groups].map(([letter, [alone = letter, final = alone, initial = alone, medial = final]]) => [
      letter,
      { alone, final, initial, medial, joinsBefore: final !== alone, joinsAfter: initial !== alone },
    ]),
  );
  return known;
}

/** Tatweel, and a joiner that is not seen, join on both sides and have one form only. */
const joiners: ReadonlySet<string> = new Set(['\u0640', '\u200d']);

/** One place of a line: a letter with the marks above and below it, or any other character. */
export interface Place {
  /** The letter as written, without its marks; two for lam with alef. */
  readonly base: string;
  readonly marks: string;
  /** The form to show. */
  readonly form: string;
  /** Where it begins in the text, in UTF-16 units. */
  readonly at: number;
}

/** Marks that sit on the letter before them and take no column, and invisible signs such as direction marks. */
const MARK = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** Direction marks, which have no use where everything is put in order already. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Parts a text into places, in the order in which it is read, and gives each Arabic letter the form that its neighbours ask for. */
export function joinLetters(text: string): Place[] {
  const places: { base: string; marks: string; at: number }[] = [];
  let next = 0;
  for (const character of text) {
    const at = next;
    next += character.length;
    if (DIRECTION.test(character)) continue;
    const last = places.at(-1);
    if (last !== undefined && MARK.test(character) && !joiners.has(character) && character !== '\u200c')
      last.marks += character;
    else places.push({ base: character, marks: '', at });
  }
  const forms = formsByLetter();
  const joined: { base: string; marks: string; at: number }[] = [];
  for (const place of places) {
    const last = joined.at(-1);
    if (last?.base === '\u0644' && forms.has(last.base + place.base)) {
      last.base += place.base;
      last.marks += place.marks;
    } else joined.push({ ...place });
  }
  return joined
    .map(({ base, marks, at }, index) => {
      const form = forms.get(base);
      if (form === undefined) return { base, marks, form: base, at };
      const before = form.joinsBefore && joinsAfter(joined[index - 1]?.base, forms);
      const after = form.joinsAfter && joinsBefore(joined[index + 1]?.base, forms);
      return {
        base,
        marks,
        at,
        form: before ? (after ? form.medial : form.final) : after ? form.initial : form.alone,
      };
    })
    .filter(({ base }) => base !== '\u200c' && base !== '\u200d');
}

function joinsAfter(letter: string | undefined, forms: ReadonlyMap<string, Forms>): boolean {
  return letter !== undefined && (joiners.has(letter) || forms.get(letter)?.joinsAfter === true);
}

function joinsBefore(letter: string | undefined, forms: ReadonlyMap<string, Forms>): boolean {
  return letter !== undefined && (joiners.has(letter) || forms.get(letter)?.joinsBefore === true);
}
