import { placeholderKey, placeholderPublishableKey } from '../../domain/placeholder-keys.ts';
import type { SnippetLanguage } from '../../scenario/snippets/snippet.ts';
import type { Context } from '../context.ts';
import { defaultPort } from '../emulator-address.ts';
import { type SdkName, sdkLines } from '../sdk-lines.ts';
import { shellWord } from '../shell-word.ts';
import type { Ui } from '../ui.ts';
import type { OpenClassroom } from './classroom.ts';
import { drawCode } from './turn-view.ts';
import { goesOffline } from './typed-line.ts';
import type { Voice } from './voice.ts';

/** How other terminals and programs reach the emulator of the lesson. */
export function drawElsewhere(
  context: Context,
  { statePath }: Pick<OpenClassroom, 'statePath'>,
  {
    url,
    shop,
    as,
  }: { readonly url: string; readonly shop: string | undefined; readonly as: SnippetLanguage },
  voice: Voice,
  ui: Ui,
): string {
  const { words } = voice;
  const state = context.globals.state === undefined ? [] : ['--state', shellWord(statePath)];
  const target = goesOffline(context) ? [] : ['--offline'];
  const { port } = new URL(url);
  const flags = Number(port) === defaultPort ? '' : ` --port ${port}`;
  return [
    '',
    voice.prose(words.anyTerminal, ui),
    drawCode([[['payintent list', ...target, ...state].join(' ')]], ui),
    '',
    voice.prose(words.door, ui),
    drawCode([[url]], ui),
    '',
    voice.prose(words.doorUse, ui),
    drawCode(
      [[`eval "$(payintent emulator env${flags})"`, ...(shop === undefined ? [] : [`SHOP=${shop}`])]],
      ui,
    ),
    ...(as === 'payintent' || as === 'curl'
      ? []
      : ['', voice.prose(words.client, ui), drawCode([clientLines(as, url)], ui)]),
    '',
  ].join('\n');
}

/** The client of an SDK, as `payintent emulator env --lang` prints it. */
function clientLines(as: SdkName, url: string): readonly string[] {
  const { hostname, port } = new URL(url);
  return sdkLines(as, {
    url,
    host: hostname,
    port: Number(port),
    key: placeholderKey,
    publishableKey: placeholderPublishableKey,
  });
}
