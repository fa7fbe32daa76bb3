import { randomUUID } from 'node:crypto';
import { chmod, open, realpath, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError } from '../../cli/errors.ts';
import type { Command } from '../../cli/spec.ts';
import { count, labelledWhole } from '../../cli/text.ts';
import { exportState } from '../../gateway/emulator-access.ts';
import { reportState, stateOf, stateOption } from './state.ts';

export const exportCommand: Command = {
  spec: {
    name: 'emulator export',
    description:
      'Writes the whole state as JSON Lines, to a file or, without one, to stdout: one object a line, the clock and what is still to come included. payintent emulator import reads it back. Client secrets are in it.',
    arguments: [{ name: 'file', summary: 'file to write, - for stdout', complete: 'files' }],
    options: [stateOption],
    examples: [
      { command: 'payintent emulator export', summary: 'to stdout, for a pipe' },
      { command: 'payintent emulator export state.jsonl', summary: 'to a file' },
    ],
    fields: ['object', 'state', 'file', 'lines', 'bytes'],
    columns: ['file', 'lines', 'bytes'],
    exits: [6],
    related: ['emulator import', 'emulator status'],
    local: true,
  },
  async run(context, input) {
    const access = stateOf(context);
    const name = input.argument('file') ?? '-';
    reportState(context);
    const lines = exportState(access);
    // The first and the last line are about the file itself.
    const rows = lines.length - 2;
    if (name === '-') {
      context.report.note(count(rows, 'row'), 'Exported');
      return { raw: ended(lines) };
    }
    const file = resolve(context.host.cwd, name);
    await refuseState(file, access.statePath);
    const bytes = await writeWhole(file, ended(lines));
    const data = { object: 'emulator_export', state: access.statePath, file, lines: rows, bytes };
    return {
      data,
      view: {
        human: (ui) =>
          [
            `${ui.color.green('✓')} Exported  ${count(rows, 'row')}`,
            labelledWhole('File', file, ui.color.dim),
          ].join('\n'),
        rows: [data],
        columns: ['file', 'lines', 'bytes'],
        key: 'file',
      },
      next: [`payintent emulator import ${name}`],
    };
  },
};

function* ended(lines: readonly string[]): Iterable<string> {
  for (const line of lines) yield `${line}\n`;
}

/** The state itself must not be written over, whatever name it goes by. */
async function refuseState(file: string, statePath: string): Promise<void> {
  const real = async (path: string) => realpath(path).catch(() => path);
  if ((await real(file)) !== (await real(statePath))) return;
  throw new CliError('ARGUMENT_INVALID', `${file} is the state itself`, {
    fix: ['Choose another file'],
  });
}

/** Writes beside the file and moves into place, so that a full disk leaves the old one. 0600: secrets are in it. */
async function writeWhole(file: string, pieces: Iterable<string>): Promise<number> {
  const draft = `${file}.${randomUUID()}.tmp`;
  let bytes = 0;
  try {
    const handle = await open(draft, 'w', 0o600);
    try {
      for (const piece of inBlocks(pieces)) {
        await handle.writeFile(piece);
        bytes += Buffer.byteLength(piece);
      }
    } finally {
      await handle.close();
    }
    await chmod(draft, 0o600);
    await rename(draft, file);
    return bytes;
  } catch (error) {
    await rm(draft, { force: true });
    throw new CliError('FILE_UNREADABLE', `Can't write ${file}`, {
      why: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}

/** Few large writes instead of many small ones. */
function* inBlocks(pieces: Iterable<string>): Iterable<string> {
  let block = '';
  for (const piece of pieces) {
    block += piece;
    if (block.length < 1_000_000) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}
