import type { PaymentIntentStatus } from '../../domain/statuses.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import { flow } from '../text.ts';
import type { Ui } from '../ui.ts';

/** The usual way of an intent like this one, with the status it has now somewhere on it. */
function usualWay(intent: ApiRecord): {
  readonly steps: readonly PaymentIntentStatus[];
  readonly now: number;
} {
  const status = intent['status'];
  const manual = intent['capture_method'] === 'manual';
  const before: PaymentIntentStatus[] = ['requires_payment_method', 'requires_confirmation'];
  const after: PaymentIntentStatus[] = manual ? ['requires_capture', 'succeeded'] : ['succeeded'];
  const between: PaymentIntentStatus[] =
    status === 'requires_action' ? ['requires_action'] : status === 'processing' ? ['processing'] : [];
  const steps: PaymentIntentStatus[] =
    status === 'canceled'
      ? [intent['payment_method'] === null ? 'requires_payment_method' : 'requires_confirmation', 'canceled']
      : [...before, ...between, ...after];
  const known: readonly unknown[] = steps;
  return { steps, now: known.indexOf(status) };
}

/** One line (more where the terminal is narrow): the way of the intent, the present status marked. */
export function drawLifecycle(intent: ApiRecord, ui: Ui, indent: number): string {
  const { steps, now } = usualWay(intent);
  const pieces = steps.map((step, index) => {
    if (index === now) return paintStatus(ui.accessible ? `${step} (now)` : `● ${step}`, step, ui);
    return ui.color.dim(step);
  });
  return flow(pieces, ' → ', Math.max(20, ui.width - indent)).join(`\n${' '.repeat(indent)}`);
}

/** A status in its colour; the word itself is always there. */
export function paintStatus(text: string, status: unknown, ui: Ui): string {
  switch (status) {
    case 'succeeded':
      return ui.color.green(text);
    case 'canceled':
    case 'expired':
      return ui.color.dim(text);
    case 'failed':
      return ui.color.red(text);
    case 'processing':
    case 'pending':
      return ui.color.cyan(text);
    default:
      return ui.color.yellow(text);
  }
}
