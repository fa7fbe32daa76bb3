import { configPath } from '../../cli/config.ts';
import { writeConfig } from '../../cli/config-store.ts';
import { CliError } from '../../cli/errors.ts';
import type { Command } from '../../cli/spec.ts';
import { proseView } from '../../cli/view.ts';
import { maskKey } from '../../domain/api-keys.ts';
import { checkKey } from '../../gateway/target.ts';

export const configSetKeyCommand: Command = {
  spec: {
    name: 'config set-key',
    description:
      'Stores a test-mode key, so that commands go to Stripe test mode unless told otherwise. The key is asked for on a terminal and read from stdin otherwise, never taken from the command line, and kept in a file only you can read. Live keys are refused.',
    examples: [
      { command: 'payintent config set-key', summary: 'asks for the key', illustrative: true },
      { command: 'payintent config set-key < key.txt', summary: 'reads it from a file', illustrative: true },
    ],
    exits: [4, 130],
    related: ['config remove-key', 'config show', 'help environment'],
    local: true,
  },
  async run(context) {
    const { host, directories } = context;
    if (host.stdin.isTTY && !context.canAsk) await context.ask('the key on stdin');
    const key = (
      host.stdin.isTTY
        ? await (await context.ask('the key on stdin')).secret({
            message: 'Test-mode secret key (sk_test_… or rk_test_…)',
          })
        : await host.stdin.text()
    ).trim();
    if (key === '')
      throw new CliError('KEY_MISSING', 'No key was given', { fix: ['payintent config set-key < key.txt'] });
    checkKey(key, host.stdin.isTTY ? 'the terminal' : 'stdin');
    await writeConfig(directories.config, { testKey: key });
    return {
      data: { path: configPath(directories.config), key: maskKey(key) },
      view: proseView(
        (ui) => `${ui.color.green('✓')} Stored  ${maskKey(key)}\n  In      ${configPath(directories.config)}`,
      ),
      next: ['payintent list', 'payintent list --offline'],
    };
  },
};

export const configRemoveKeyCommand: Command = {
  spec: {
    name: 'config remove-key',
    description: 'Forgets the stored key. Without another key, commands go to the offline emulator again.',
    examples: [{ command: 'payintent config remove-key', summary: 'forget the key' }],
    related: ['config set-key', 'config show'],
    local: true,
  },
  async run(context) {
    const had = context.config.testKey !== undefined;
    if (had) await writeConfig(context.directories.config, { testKey: undefined });
    return {
      data: { removed: had },
      view: proseView((ui) => (had ? `${ui.color.green('✓')} Removed the key` : 'There was no key.')),
    };
  },
};
