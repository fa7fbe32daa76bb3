/** `NAME=$(command)`: runs a command and keeps what it prints. */
export interface Capture {
  readonly name: string;
  readonly words: readonly string[];
}

export interface ShellCommand {
  /** Variables set for the command only, or for good where `words` is empty. */
  readonly env: Readonly<Record<string, string>>;
  readonly capture?: Capture;
  /** `> file`: where stdout goes. */
  readonly file?: string;
  readonly words: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The lines of a block as commands: comments are left out, `\` continues a line, `&&` joins two commands. */
export function commandLines(code: string): string[] {
  return code
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => line.split(/\s+&&\s+/));
}

/**
 * Reads the part of a shell's language that the documents use: words, quotes, variables, assignments, captures,
 * `> file`.
 *
 * @throws Error for everything else: such a block has to be marked as not run
 */
export function readCommand(line: string, variables: Variables): ShellCommand {
  const capture = /^([A-Z_]+)=\$\((.*)\)$/.exec(line);
  if (capture !== null) {
    const [, name = '', inner = ''] = capture;
    return { env: {}, words: [], capture: { name, words: wordsOf(inner, variables) } };
  }
  const redirected = /^(.+?) > ([\w.-]+)$/.exec(line);
  if (redirected !== null) {
    const [, before = '', file = ''] = redirected;
    return { ...readCommand(before, variables), file };
  }
  const words = wordsOf(line, variables);
  const env: Record<string, string> = {};
  if (words[0] === 'export') words.shift();
  for (;;) {
    const assignment = /^([A-Z_]+)=(.*)$/s.exec(words[0] ?? '');
    if (assignment === null) return { env, words };
    env[assignment[1] as string] = assignment[2] as string;
    words.shift();
  }
}

function wordsOf(line: string, variables: Variables): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const [piece] of line.matchAll(/\s+|'[^']*'|"[^"]*"|#.*|[^\s'"]+/g)) {
    if (/^\s/.test(piece)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (piece.startsWith('#') && word === undefined) {
      break;
    } else if (piece.startsWith("'")) {
      word = (word ?? '') + piece.slice(1, -1);
    } else {
      const bare = piece.startsWith('"') ? piece.slice(1, -1) : piece;
      if (bare === piece && /[|;<>&`(]/.test(bare)) throw new Error(`not understood: ${line}`);
      word = (word ?? '') + expand(bare, variables);
    }
  }
  return word === undefined ? words : [...words, word];
}

function expand(text: string, variables: Variables): string {
  return text.replaceAll(/\$\{?([A-Z_]+)\}?/g, (_, name: string) => {
    const value = variables[name];
    if (value === undefined || value === '') throw new Error(`$${name} is not set`);
    return value;
  });
}
