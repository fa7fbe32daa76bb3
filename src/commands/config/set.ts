import { writeConfig } from '../../cli/config-store.ts';
import { CliError } from '../../cli/errors.ts';
import type { Command } from '../../cli/spec.ts';
import { proseView } from '../../cli/view.ts';
import { settings } from './show.ts';

const names = Object.keys(settings);

export const configSetCommand: Command = {
  spec: {
    name: 'config set',
    description: `Changes a setting: ${Object.entries(settings)
      .map(([name, { summary }]) => `${name} (${summary})`)
      .join(', ')}. Keys are set with set-key, never here.`,
    arguments: [
      { name: 'name', summary: 'setting', required: true, choices: names },
      { name: 'value', summary: 'its new value', required: true },
    ],
    examples: [
      { command: 'payintent config set color never', summary: 'no colours, ever' },
      { command: 'payintent config set lang ar', summary: 'lessons in Arabic' },
    ],
    related: ['config show', 'config unset'],
    local: true,
  },
  async run(context, input) {
    const [name, value] = [input.argument('name') ?? '', input.argument('value') ?? ''];
    if (name === 'color' && !['auto', 'always', 'never'].includes(value)) {
      throw new CliError('FLAG_INVALID', `color does not take ${JSON.stringify(value)}`, {
        why: 'It takes auto, always or never.',
      });
    }
    if (name === 'lang' && !['ar', 'en'].includes(value)) {
      throw new CliError('FLAG_INVALID', `lang does not take ${JSON.stringify(value)}`, {
        why: 'It takes en or ar.',
      });
    }
    if (name === 'api-base' && !URL.canParse(value)) {
      throw new CliError('FLAG_INVALID', `${JSON.stringify(value)} is not a URL`, {
        why: 'It looks like http://127.0.0.1:4242.',
      });
    }
    const setting = settings[name];
    if (setting !== undefined) await writeConfig(context.directories.config, { [setting.field]: value });
    return {
      data: { [name]: value },
      view: proseView((ui) => `${ui.color.green('✓')} Set  ${name}  ${value}`),
    };
  },
};

export const configUnsetCommand: Command = {
  spec: {
    name: 'config unset',
    description: 'Removes a setting; what it decided goes back to its default.',
    arguments: [{ name: 'name', summary: 'setting', required: true, choices: names }],
    examples: [{ command: 'payintent config unset color', summary: 'decide colours by the terminal again' }],
    related: ['config show', 'config set'],
    local: true,
  },
  async run(context, input) {
    const name = input.argument('name') ?? '';
    const setting = settings[name];
    if (setting !== undefined) await writeConfig(context.directories.config, { [setting.field]: undefined });
    return { data: { [name]: null }, view: proseView((ui) => `${ui.color.green('✓')} Unset  ${name}`) };
  },
};
