/** What only a shell can do: pipes, lists, redirections, substitutions. */
const FOR_SHELLS = /[|&;<>()`\n]/;

/**
 * The words of a line as a POSIX shell would pass them on, with the variables that are given; undefined where the line
 * asks for more than words, or a quote is left open.
 */
export function shellWords(
  line: string,
  variables: Readonly<Record<string, string | undefined>> = {},
): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  const variable = (): string | undefined => {
    const found = /^\$(?:(\w+)|\{(\w+)\})/.exec(line.slice(at));
    if (found === null) return undefined;
    at += found[0].length;
    return variables[found[1] ?? found[2] ?? ''] ?? '';
  };
  while (at < line.length) {
    const sign = line[at] ?? '';
    if (sign === ' ' || sign === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += 1;
    } else if (sign === "'") {
      const end = line.indexOf("'", at + 1);
      if (end < 0) return undefined;
      word = (word ?? '') + line.slice(at + 1, end);
      at = end + 1;
    } else if (sign === '"') {
      at += 1;
      word ??= '';
      while (line[at] !== '"') {
        if (at >= line.length || line[at] === '`') return undefined;
        if (line[at] === '$') {
          const value = variable();
          if (value === undefined) return undefined;
          word += value;
          continue;
        }
        if (line[at] === '\\' && /["\\$`]/.test(line[at + 1] ?? '')) at += 1;
        word += line[at] ?? '';
        at += 1;
      }
      at += 1;
    } else if (sign === '\\') {
      word = (word ?? '') + (line[at + 1] ?? '');
      at += 2;
    } else if (sign === '$') {
      const value = variable();
      if (value === undefined) return undefined;
      word = (word ?? '') + value;
    } else if (FOR_SHELLS.test(sign)) return undefined;
    else {
      word = (word ?? '') + sign;
      at += 1;
    }
  }
  return word === undefined ? words : [...words, word];
}
