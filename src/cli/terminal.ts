import type { GlobalOptions } from './global-options.ts';
import type { Host, OutputStream } from './host.ts';
import { type ColorSetting, openPalette, wantsColor } from './palette.ts';
import type { Ui } from './ui.ts';

/** What the first look at the arguments says about output, before they are read properly: errors in them need it too. */
export interface OutputWishes {
  readonly json: boolean;
  readonly jsonl: boolean;
  readonly quiet: boolean;
  readonly color: ColorSetting | undefined;
}

/** Reads only the flags that shape output. Never fails: what is wrong with them is said later. */
export function outputWishes(argv: readonly string[]): OutputWishes {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const after = words.indexOf('--color');
  const color =
    words.find((word) => word.startsWith('--color='))?.slice(8) ?? (after < 0 ? undefined : words[after + 1]);
  return {
    json: words.includes('--json'),
    jsonl: words.includes('--jsonl'),
    quiet: words.includes('-q') || words.includes('--quiet'),
    color: color === 'always' || color === 'never' || color === 'auto' ? color : undefined,
  };
}

const defaultWidth = 80;
const leastWidth = 20;

/** The terminal seen through one stream. A pipe is as wide as its lines. */
export async function openUi(
  stream: OutputStream,
  host: Host,
  options: { color: ColorSetting | undefined; showSecrets: GlobalOptions['showSecrets'] },
): Promise<Ui> {
  const colored = wantsColor(options.color, host.env, stream.isTTY);
  return {
    width: Math.max(leastWidth, (stream.isTTY && stream.columns) || defaultWidth),
    color: await openPalette(colored),
    now: host.now(),
    showSecrets: options.showSecrets,
    accessible: isAccessible(host.env),
  };
}

/** Whether `ACCESSIBLE` asks for output that needs no eye for signs and no repainting. */
export function isAccessible(env: Host['env']): boolean {
  const value = env['ACCESSIBLE'];
  return value !== undefined && value !== '' && value !== '0';
}
