import { type Config, configMode, configPath } from '../../cli/config.ts';
import type { Command } from '../../cli/spec.ts';
import { labelledWhole } from '../../cli/text.ts';
import { maskKey } from '../../domain/api-keys.ts';

export const configShowCommand: Command = {
  spec: {
    name: 'config show',
    description: 'Shows where the configuration lives and what is set. The key is shown masked.',
    examples: [{ command: 'payintent config show', summary: 'what is set' }],
    fields: ['name', 'value'],
    columns: ['name', 'value'],
    related: ['doctor', 'config set-key', 'config set', 'help environment'],
    local: true,
  },
  async run(context) {
    const { config, directories, statePath, host } = context;
    const mode = configMode(directories.config, host.platform);
    const data = {
      path: configPath(directories.config),
      mode: mode === undefined ? null : mode.toString(8).padStart(4, '0'),
      key: config.testKey === undefined ? null : maskKey(config.testKey),
      api_base: config.apiBase ?? null,
      color: config.color ?? null,
      lang: config.lang ?? null,
      state: statePath,
    };
    const rows = Object.entries(data).map(([name, value]) => ({ name, value }));
    return {
      data,
      view: {
        human: (ui) =>
          rows
            .map(({ name, value }) => labelledWhole(name, value ?? ui.color.dim('not set'), ui.color.dim))
            .join('\n'),
        rows,
        columns: ['name', 'value'],
        key: 'name',
      },
      ...(config.testKey === undefined ? { next: ['payintent config set-key'] } : {}),
    };
  },
};

/** Settings that `config set` takes, by the name a person types. */
export const settings: Readonly<Record<string, { readonly field: keyof Config; readonly summary: string }>> =
  {
    'api-base': { field: 'apiBase', summary: 'server that test requests go to, instead of Stripe' },
    color: { field: 'color', summary: 'auto, always or never' },
    lang: { field: 'lang', summary: 'of the lessons: en or ar' },
    state: { field: 'state', summary: "file of the emulator's state" },
  };
