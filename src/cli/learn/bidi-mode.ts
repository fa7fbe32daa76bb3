import type { OptionSpec } from '../spec.ts';

/** What can be asked for with `--bidi`. */
const BIDI_SETTINGS = ['auto', 'terminal', 'marks', 'visual', 'words'] as const;

/**
 * How right-to-left text is written:
 * - `logical` in the order in which it is read, with marks around code only: pipes, files, and what reads them aloud
 * - `terminal` in that order too, with marks for the direction of each line: the terminal puts it in order
 * - `marks` the same for terminals that find the direction of a line themselves, and know only the older marks
 * - `visual` in the order of the columns, letters joined: the terminal only puts one sign beside the other
 * - `words` words in the order of the columns, letters in the order in which they are read
 */
export type BidiMode = 'logical' | 'marks' | 'terminal' | 'visual' | 'words';

/** The option of every command that writes Arabic. */
export const bidiOption: OptionSpec = {
  name: 'bidi',
  kind: 'text',
  value: 'mode',
  choices: BIDI_SETTINGS,
  summary: 'what puts right-to-left text in order: the terminal, or payintent (visual, words)',
};

type Env = Readonly<Record<string, string | undefined>>;

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/**
 * Decides for one stream: what the flag says, then `PAYINTENT_BIDI`, then what is known of the terminal. A stream that is no
 * terminal always gets `logical` unless the flag or the variable says otherwise.
 */
export function bidiMode(setting: string | undefined, env: Env, isTTY: boolean): BidiMode {
  for (const asked of [setting, env['PAYINTENT_BIDI']]) {
    if (asked === 'auto') break;
    const known = BIDI_SETTINGS.find((one) => one === asked);
    if (known !== undefined && known !== 'auto') return known;
  }
  return isTTY ? terminalMode(env) : 'logical';
}

/**
 * What a terminal does with right-to-left text. What it says of itself is inherited by every program started in it, other
 * terminals included; those that order nothing are therefore looked for first.
 */
function terminalMode(env: Env): BidiMode {
  const program = env['TERM_PROGRAM'] ?? '';
  // Emacs shows the output of its shells with its own bidirectional display.
  if (isSet(env['INSIDE_EMACS'])) return 'terminal';
  // kitty's documentation of `force_ltr`: no bidi, but the letters of a word are shown from right to left, and joined.
  if (isSet(env['KITTY_WINDOW_ID']) || env['TERM'] === 'xterm-kitty') return 'words';
  if (ORDERS_NOTHING.some((name) => isSet(env[name])) || PROGRAMS_THAT_ORDER_NOTHING.has(program))
    return 'visual';
  // mlterm 3.9 shows isolates as boxes, and knows RLM and LRM; its lines go to the side where they begin.
  if (isSet(env['MLTERM'])) return 'marks';
  // VTE orders since 0.57.3 (announced July 2019); its version is a number: 5703 is 0.57.3.
  if (Number(env['VTE_VERSION'] ?? 0) >= 5703) return 'terminal';
  // Konsole: "BidiRenderingEnabled" is on in a profile unless switched off.
  if (isSet(env['KONSOLE_VERSION']) || PROGRAMS_THAT_ORDER.has(program)) return 'terminal';
  return 'visual';
}

/** Terminal.app (freedesktop's terminal-wg, "Prior work") and mintty (its wiki, "Bidirectional rendering"). */
const PROGRAMS_THAT_ORDER: ReadonlySet<string> = new Set(['Apple_Terminal', 'mintty']);

/**
 * Variables of terminals without: xterm, Alacritty (alacritty#663), Windows Terminal (terminal#538; by intention, see
 * terminal#18659), WezTerm (`bidi_enabled` is off by default).
 */
const ORDERS_NOTHING = ['XTERM_VERSION', 'ALACRITTY_WINDOW_ID', 'WT_SESSION', 'WEZTERM_PANE'];

/**
 * xterm.js (#701), and with it VS Code and Hyper; Ghostty (#11079 is open); Warp (#3589); iTerm2, whose bidi is an
 * experiment to be switched on.
 */
const PROGRAMS_THAT_ORDER_NOTHING: ReadonlySet<string> = new Set([
  'vscode',
  'Hyper',
  'ghostty',
  'WarpTerminal',
  'WezTerm',
  'iTerm.app',
]);
