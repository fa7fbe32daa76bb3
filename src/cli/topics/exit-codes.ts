import { exitMeanings } from '../exit-codes.ts';
import type { Result } from '../spec.ts';
import { definitions } from './definitions.ts';

export function exitCodesTopic(): Result {
  return {
    data: exitMeanings,
    view: {
      human: (ui) =>
        `${ui.color.bold('Exit codes')}\n${definitions(
          exitMeanings.map(({ code, meaning }) => [String(code), meaning]),
          ui,
        )}`,
      rows: exitMeanings.map((row) => ({ ...row })),
      columns: ['code', 'meaning'],
      key: 'code',
      prose: true,
    },
  };
}
