import { errorCodes } from '../error-codes.ts';
import type { Result } from '../spec.ts';
import { definitions, section } from './definitions.ts';

export function errorsTopic(): Result {
  const rows = Object.entries(errorCodes).map(([code, row]) => ({ code, ...row }));
  return {
    data: rows,
    view: {
      human: (ui) =>
        [
          section(
            'Errors of payintent',
            definitions(
              rows.map(({ code, exit, meaning, fix }) => [code, `${meaning} Exit ${exit}. Fix: ${fix}`]),
              ui,
            ),
            ui,
          ),
          "Codes of Stripe's API are explained one at a time: payintent explain card_declined",
        ].join('\n\n'),
      rows,
      columns: ['code', 'exit', 'meaning', 'fix'],
      key: 'code',
      prose: true,
    },
  };
}
