import type { ApiRecord } from '../../gateway/gateway.ts';
import { labelledWhole } from '../text.ts';
import type { Ui } from '../ui.ts';
import type { View } from '../view.ts';
import { headline, idOf } from './intent-view.ts';

export const refundColumns = ['id', 'status', 'amount', 'currency', 'payment_intent', 'created'] as const;

export function refundView(refund: ApiRecord): View {
  return { human: (ui) => drawRefund(refund, ui), rows: [refund], columns: refundColumns };
}

/** The headline, and where the money came from. */
export function drawRefund(refund: ApiRecord, ui: Ui): string {
  const lines = [headline(refund, ui, 'Refunded')];
  for (const [label, field] of [
    ['Intent', 'payment_intent'],
    ['Charge', 'charge'],
    ['Reason', 'reason'],
    ['Failure', 'failure_reason'],
  ] as const) {
    const text = idOf(refund[field]);
    if (text !== undefined) lines.push(labelledWhole(label, text, ui.color.dim));
  }
  return lines.join('\n');
}
