/** A piece of text that has one direction. */
export interface DirectionRun {
  readonly text: string;
  /** True for names and amounts in Latin letters, which are read left to right wherever they stand. */
  readonly ltr: boolean;
}

/**
 * Words in Latin letters (`Stripe`, `3D Secure`, `payment_intent`, `https://…`) and amounts (`$50.00`), several of them with
 * single spaces between. A number alone is none: Arabic text puts it in order by itself.
 */
const LATIN =
  /(?:[$€£¥]\d[\d.,]*\d|[$€£¥]\d|--?(?=[A-Za-z])[\w./:=-]*\w|(?:\/(?=\w))?\w*[A-Za-z]\w*(?:[-./:@&'’+=*?#%~]+\w+)*)/g;

/**
 * Parts a text into what follows the text's own direction and what is always read left to right. The algorithm of Unicode
 * would guess the same for most words, and get `3D Secure` and `$50.00` wrong inside Arabic: after an Arabic letter a digit
 * or a sign at the edge of a Latin word does not belong to that word any more.
 */
export function directionRuns(text: string): DirectionRun[] {
  const runs: DirectionRun[] = [];
  const add = (piece: string, ltr: boolean): void => {
    if (piece !== '') runs.push({ text: piece, ltr });
  };
  let at = 0;
  for (const { 0: word, index } of text.matchAll(LATIN)) {
    const between = text.slice(at, index);
    const last = runs.at(-1);
    if (between === ' ' && last?.ltr === true)
      runs[runs.length - 1] = { text: `${last.text} ${word}`, ltr: true };
    else {
      add(between, false);
      add(word, true);
    }
    at = index + word.length;
  }
  add(text.slice(at), false);
  return runs;
}

/** Whether there is a letter that is written from right to left. */
export function hasRightToLeft(text: string): boolean {
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text);
}
