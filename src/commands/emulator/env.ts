import type { Context } from '../../cli/context.ts';
import { addressOf, defaultHost, defaultPort } from '../../cli/emulator-address.ts';
import type { Input } from '../../cli/input.ts';
import { isSdkName, sdkLines, sdkNames } from '../../cli/sdk-lines.ts';
import type { Command } from '../../cli/spec.ts';
import { placeholderKey, placeholderPublishableKey } from '../../domain/placeholder-keys.ts';
import { readPort } from './door.ts';
import { serverBase } from './server-base.ts';
import { refuseTest } from './state.ts';

export const envCommand: Command = {
  spec: {
    name: 'emulator env',
    description:
      'Prints the exact lines that point an SDK, curl or the Stripe CLI at a served emulator. Without --lang: variables for a shell, so that eval "$(payintent emulator env)" sends payintent there too. Starts nothing.',
    options: [
      {
        name: 'lang',
        kind: 'text',
        value: 'name',
        choices: sdkNames,
        summary: `one of ${sdkNames.join(', ')}; sh unless given`,
        common: true,
      },
      {
        name: 'port',
        kind: 'integer',
        value: 'number',
        summary: `port of the server; that of PAYINTENT_API_BASE, else ${defaultPort}, unless given`,
        common: true,
      },
      {
        name: 'host',
        kind: 'text',
        value: 'address',
        summary: `address of the server; that of PAYINTENT_API_BASE, else ${defaultHost}, unless given`,
      },
    ],
    examples: [
      { command: 'payintent emulator env --lang node', summary: 'for the Node SDK' },
      { command: 'payintent emulator env --lang python --port 4242', summary: 'a server on another port' },
      { command: 'payintent emulator env', summary: 'variables for a shell' },
    ],
    fields: ['object', 'lang', 'url', 'host', 'port', 'api_key', 'code'],
    related: ['emulator serve', 'emulator exec'],
    local: true,
  },
  async run(context, input) {
    refuseTest(context);
    const lang = input.text('lang') ?? 'sh';
    if (!isSdkName(lang)) throw new Error(`no lines for ${lang}`);
    const { url, host, port } = placeOf(context, input);
    const code = sdkLines(lang, {
      url,
      host,
      port,
      key: placeholderKey,
      publishableKey: placeholderPublishableKey,
    }).join('\n');
    const { json, jsonl } = context.globals;
    if (!json && !jsonl) return { raw: [`${code}\n`] };
    return { data: { object: 'emulator_env', lang, url, host, port, api_key: placeholderKey, code } };
  },
};

/** The address given by flags; else that of the emulator that payintent itself is sent to; else the usual one. */
function placeOf(context: Context, input: Input): { url: string; host: string; port: number } {
  const named = input.text('host') !== undefined || input.number('port') !== undefined;
  const base = named ? undefined : serverBase(context);
  // The lines are those for a server without TLS, as emulators are.
  if (base?.startsWith('http:') === true) {
    const { hostname, port } = new URL(base);
    return { url: base, host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) };
  }
  const host = input.text('host') ?? defaultHost;
  const port = readPort(input.number('port'), defaultPort);
  return { url: addressOf(host, port), host, port };
}
