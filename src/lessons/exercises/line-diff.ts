/** A line that both have, that only the first has, or that only the second has; `…` stands for lines left out. */
export interface DiffLine {
  readonly mark: ' ' | '+' | '-' | '…';
  readonly text: string;
}

const CONTEXT = 2;

/** What leads from one text to another, line by line, with two lines around each change. Empty where they are equal. */
export function lineDiff(from: string, to: string): readonly DiffLine[] {
  const lines = allLines(from.split('\n'), to.split('\n'));
  const near = (index: number) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ mark }) => mark !== ' ');
  return lines.flatMap((line, index): DiffLine[] => {
    if (near(index)) return [line];
    return index > 0 && near(index - 1) ? [{ mark: '…', text: '' }] : [];
  });
}

/** By the longest common subsequence: texts are short. */
function allLines(from: readonly string[], to: readonly string[]): DiffLine[] {
  const width = to.length + 1;
  const lengths = new Uint32Array((from.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = from.length - 1; i >= 0; i -= 1)
    for (let j = to.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        from[i] === to[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    const [left = '', right = ''] = [from[i], to[j]];
    if (i < from.length && j < to.length && left === right) {
      lines.push({ mark: ' ', text: left });
      i += 1;
      j += 1;
    } else if (i < from.length && (j === to.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ mark: '-', text: left });
      i += 1;
    } else {
      lines.push({ mark: '+', text: right });
      j += 1;
    }
  }
  return lines;
}
