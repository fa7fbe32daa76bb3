import type { ApiRecord } from '../../gateway/gateway.ts';
import { ago } from '../ago.ts';
import { eventColumns } from '../events/options.ts';
import type { Column } from '../table.ts';
import type { View } from '../view.ts';
import { valueAt } from '../view.ts';
import { amountOf } from './intent-view.ts';

/** `empty` is the sentence for people when there is nothing. */
export function eventListView(events: readonly ApiRecord[], empty: string): View {
  return {
    async human(ui) {
      if (events.length === 0) return empty;
      const { table } = await import('../table.ts');
      const columns: Column[] = [
        { title: 'id', text: (row) => String(row['id']), drop: 0 },
        { title: 'type', text: (row) => String(row['type']), drop: 0 },
        { title: 'created', text: (row) => ago(Number(row['created']), ui.now), drop: 2 },
        { title: 'about', text: (row) => String(valueAt(row, 'data.object.id') ?? ''), drop: 3 },
        { title: 'amount', text: (row) => amountIn(row), align: 'right', drop: 1 },
      ];
      return table(events, columns, ui);
    },
    rows: events,
    columns: eventColumns,
  };
}

function amountIn(row: ApiRecord): string {
  const object = valueAt(row, 'data.object');
  return typeof object === 'object' && object !== null ? amountOf(object as ApiRecord) : '';
}
