import { configPath } from '../../cli/config.ts';
import type { Command } from '../../cli/spec.ts';

export const configPathCommand: Command = {
  spec: {
    name: 'config path',
    description: 'Prints the path of the configuration file, whether it exists or not.',
    examples: [{ command: 'payintent config path', summary: 'where it is' }],
    fields: ['path'],
    columns: ['path'],
    related: ['config show'],
    local: true,
  },
  async run(context) {
    const path = configPath(context.directories.config);
    return { data: { path }, view: { human: () => path, rows: [{ path }], columns: ['path'], key: 'path' } };
  },
};
