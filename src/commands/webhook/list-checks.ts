import type { Result } from '../../cli/spec.ts';
import type { Ui } from '../../cli/ui.ts';
import { CHECKS } from '../../conformance/checks.ts';

/** The checks, without running any. */
export function listChecks(): Result {
  const rows = CHECKS.map(({ id, title, effects }) => ({ id, title, needs_probe: effects }));
  return {
    data: { object: 'list', data: rows },
    view: { human: (ui) => draw(rows, ui), rows, columns: ['id', 'title', 'needs_probe'] },
  };
}

type Row = { readonly id: string; readonly title: string; readonly needs_probe: boolean };

async function draw(rows: readonly Row[], ui: Ui): Promise<string> {
  const { table } = await import('../../cli/table.ts');
  const columns = [
    { title: 'CHECK', text: (row: Readonly<Record<string, unknown>>) => String(row['id']), drop: 0 },
    {
      title: 'PASSES WHERE',
      text: (row: Readonly<Record<string, unknown>>) => String(row['title']),
      drop: 0,
    },
    {
      title: 'PROBE',
      text: (row: Readonly<Record<string, unknown>>) => (row['needs_probe'] === true ? 'needed' : ''),
      drop: 1,
    },
  ];
  return table(rows, columns, ui);
}
