import type { ApiRecord } from '../../gateway/gateway.ts';
import { ago } from '../ago.ts';
import type { Column } from '../table.ts';
import type { Ui } from '../ui.ts';
import type { View } from '../view.ts';
import { amountOf, intentColumns } from './intent-view.ts';
import { paintStatus } from './lifecycle.ts';

/** The items of a list object; none when it is no list. */
export function itemsOf(list: ApiRecord): ApiRecord[] {
  const data = list['data'];
  return Array.isArray(data) ? data : [];
}

/** `empty` is the sentence for people when there is nothing. */
export function intentListView(list: ApiRecord, empty: string): View {
  const rows = itemsOf(list);
  return {
    async human(ui) {
      if (rows.length === 0) return empty;
      const { table } = await import('../table.ts');
      return table(rows, columnsFor(ui), ui);
    },
    rows,
    columns: intentColumns,
  };
}

function columnsFor(ui: Ui): Column[] {
  return [
    { title: 'id', text: (row) => String(row['id']), drop: 0 },
    { title: 'status', text: (row) => paintStatus(String(row['status']), row['status'], ui), drop: 0 },
    { title: 'amount', text: (row) => amountOf(row), align: 'right', drop: 1 },
    {
      title: 'created',
      text: (row) => (typeof row['created'] === 'number' ? ago(row['created'], ui.now) : ''),
      drop: 2,
    },
    {
      title: 'description',
      text: (row) => (typeof row['description'] === 'string' ? row['description'] : ''),
      drop: 3,
    },
  ];
}
