import { STATUS_GUIDES } from '../../domain/status-guide.ts';
import { PAYMENT_INTENT_STATUSES } from '../../domain/statuses.ts';
import { TRANSITIONS } from '../../domain/transitions.ts';
import type { Result } from '../spec.ts';
import { wrap } from '../text.ts';
import type { Ui } from '../ui.ts';
import { paintStatus } from '../views/lifecycle.ts';
import { paragraph } from './definitions.ts';

/** The table the emulator obeys, drawn. */
export function statusesTopic(): Result {
  const data = PAYMENT_INTENT_STATUSES.map((status) => ({
    status,
    meaning: STATUS_GUIDES[status].meaning,
    transitions: TRANSITIONS.filter((row) => row.from === status).map(({ from: _from, ...row }) => row),
  }));
  return {
    data,
    view: {
      human: (ui) =>
        [
          ui.color.bold('The statuses of a PaymentIntent'),
          ...data.map(({ status, meaning, transitions }) =>
            [
              paintStatus(status, status, ui),
              paragraph(meaning, ui),
              ...transitions.flatMap((row) =>
                indented(
                  `${row.action} (${row.actor}) → ${row.to.join(' | ')}${row.when === undefined ? '' : `, ${row.when}`}`,
                  ui,
                  4,
                ),
              ),
              ...(transitions.length === 0 ? indented('final: nothing leads out of it', ui, 4) : []),
            ].join('\n'),
          ),
        ].join('\n\n'),
      rows: data.flatMap(({ status, transitions }) =>
        transitions.map((row) => ({
          from: status,
          action: row.action,
          actor: row.actor,
          to: row.to.join(','),
          when: row.when,
        })),
      ),
      columns: ['from', 'action', 'actor', 'to', 'when'],
      key: 'from',
      prose: true,
    },
  };
}

function indented(text: string, ui: Ui, by: number): string[] {
  const [first = '', ...more] = wrap(text, ui.width - by - 2);
  return [' '.repeat(by) + first, ...more.map((line) => ' '.repeat(by + 2) + line)];
}
