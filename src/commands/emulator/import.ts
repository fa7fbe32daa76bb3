import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError } from '../../cli/errors.ts';
import type { Command } from '../../cli/spec.ts';
import { labelled, labelledWhole } from '../../cli/text.ts';
import { type Counts, checkExport, importState, readState } from '../../gateway/emulator-access.ts';
import { OfflineStateError } from '../../gateway/offline-state-error.ts';
import { confirmLoss, countsText, reportState, stateOf, stateOption, total } from './state.ts';

export const importCommand: Command = {
  spec: {
    name: 'emulator import',
    description:
      'Replaces the whole state by one that payintent emulator export wrote. The file is checked from the first line to the last before anything is replaced; where the state is not empty it asks first, and --yes answers.',
    arguments: [{ name: 'file', summary: 'file to read, - for stdin', required: true, complete: 'files' }],
    options: [stateOption],
    examples: [
      {
        command: 'payintent emulator import state.jsonl --yes',
        summary: 'go back to an exported state',
        given: ['payintent emulator export state.jsonl'],
      },
    ],
    fields: ['object', 'state', 'file', 'objects', 'replaced'],
    columns: ['state', 'file'],
    exits: [6, 130],
    related: ['emulator export', 'emulator reset'],
    local: true,
  },
  async run(context, input) {
    const access = stateOf(context);
    const name = input.argument('file') ?? '-';
    reportState(context);
    const text =
      name === '-' ? await context.host.stdin.text() : await readText(resolve(context.host.cwd, name));
    const lines = text.split('\n');
    const objects = checked(name, lines, access.now);
    const replaced = readState(access).counts;
    if (total(replaced) > 0) {
      await confirmLoss(context, `Replace ${countsText(replaced)} by ${countsText(objects)}?`);
    }
    importState(access, lines);
    const data = { object: 'emulator_import', state: access.statePath, file: name, objects, replaced };
    return {
      data,
      view: {
        human: (ui) =>
          [
            `${ui.color.green('✓')} Imported  ${name === '-' ? 'from stdin' : name}`,
            labelled('Objects', countsText(objects), ui.width, ui.color.dim),
            ...(total(replaced) === 0
              ? []
              : [labelled('Replaced', countsText(replaced), ui.width, ui.color.dim)]),
            labelledWhole('State', access.statePath, ui.color.dim),
          ].join('\n'),
        rows: [data],
        columns: ['state', 'file'],
        key: 'state',
      },
      next: ['payintent list'],
    };
  },
};

/** What the lines hold. Where they are no exported state, the message names the file, not the state it was meant for. */
function checked(name: string, lines: readonly string[], now: () => number): Counts {
  try {
    return checkExport(lines, now);
  } catch (error) {
    if (!(error instanceof OfflineStateError)) throw error;
    const source = name === '-' ? 'What came from stdin' : name;
    if (error.code === 'STATE_NEWER') {
      throw new CliError('STATE_NEWER', `${source} was written by a newer payintent`, {
        why: 'Nothing was imported.',
        fix: ['Upgrade payintent'],
        cause: error,
      });
    }
    if (error.code !== 'STATE_IMPORT_INVALID') throw error;
    throw new CliError('STATE_IMPORT_INVALID', `${source} is not an exported state`, {
      why: error.message,
      fix: [error.wayOut],
      cause: error,
    });
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `Can't read ${file}`, {
      why: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}
