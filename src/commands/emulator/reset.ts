import type { Command } from '../../cli/spec.ts';
import { labelled, labelledWhole } from '../../cli/text.ts';
import { type Counts, readState, replaceDamagedState, resetState } from '../../gateway/emulator-access.ts';
import { OfflineStateError } from '../../gateway/offline-state-error.ts';
import { confirmLoss, countsText, reportState, stateOf, stateOption, total } from './state.ts';

export const resetCommand: Command = {
  spec: {
    name: 'emulator reset',
    description:
      'Removes everything in the state: intents, customers, events, keys, and what the clock was advanced by. Asks first; --yes answers. A damaged state is not removed but moved aside, and an empty one takes its place.',
    options: [stateOption],
    examples: [
      {
        command: 'payintent emulator reset --yes',
        summary: 'start anew',
        given: ['payintent create --amount 1099 --currency eur'],
      },
    ],
    fields: ['object', 'state', 'removed', 'moved_to'],
    columns: ['state', 'moved_to'],
    exits: [6, 130],
    related: ['emulator status', 'emulator export'],
    local: true,
  },
  async run(context) {
    const access = stateOf(context);
    reportState(context);
    let removed: Counts = {};
    let movedTo: string | null = null;
    try {
      removed = readState(access).counts;
      if (total(removed) > 0)
        await confirmLoss(context, `Remove ${countsText(removed)} from the offline emulator?`);
      resetState(access);
    } catch (error) {
      if (!(error instanceof OfflineStateError) || error.code !== 'STATE_CORRUPT') throw error;
      movedTo = replaceDamagedState(access);
    }
    const data = { object: 'emulator_reset', state: access.statePath, removed, moved_to: movedTo };
    return {
      data,
      view: {
        human: (ui) => {
          const label = ui.color.dim;
          const head = `${ui.color.green('✓')} Reset  ${access.statePath}`;
          return movedTo === null
            ? [head, labelled('Removed', countsText(removed), ui.width, label)].join('\n')
            : [
                head,
                labelled('Note', 'The state was damaged. It was moved aside:', ui.width, label),
                labelledWhole('', movedTo, label),
              ].join('\n');
        },
        rows: [data],
        columns: ['state', 'moved_to'],
        key: 'state',
      },
    };
  },
};
