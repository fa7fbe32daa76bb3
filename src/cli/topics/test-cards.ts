import { methodRows } from '../method-rows.ts';
import type { Result } from '../spec.ts';
import { definitions, section } from './definitions.ts';

export function testCardsTopic(): Result {
  const rows = methodRows().filter((row) => row.common);
  return {
    data: rows,
    view: {
      human: (ui) =>
        [
          section(
            'Test payment methods',
            definitions(
              rows.map((row) => [
                row.name,
                `${row.description}${row.number === null ? '' : ` · ${row.number}`}`,
              ]),
              ui,
            ),
            ui,
          ),
          'Use a name wherever --payment-method is taken. All of them: payintent methods --all',
        ].join('\n\n'),
      rows: rows.map((row) => ({ ...row })),
      columns: ['name', 'outcome', 'type', 'payment_method', 'number', 'description'],
      key: 'name',
      prose: true,
    },
    next: ['payintent methods', 'payintent explain 4242424242424242'],
  };
}
