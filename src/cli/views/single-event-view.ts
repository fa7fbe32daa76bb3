import { findEventType } from '../../domain/event-types.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import { eventColumns } from '../events/options.ts';
import { isoTime } from '../output.ts';
import { redact } from '../redact.ts';
import { labelled, labelledWhole } from '../text.ts';
import type { Ui } from '../ui.ts';
import { type View, valueAt } from '../view.ts';
import { createEventReader } from './event-view.ts';
import { amountOf, idOf } from './intent-view.ts';
import { paintStatus } from './lifecycle.ts';

/** One event: what happened, to what, because of what. */
export function eventView(event: ApiRecord): View {
  return { human: (ui) => draw(event, ui), rows: [event], columns: eventColumns };
}

function draw(event: ApiRecord, ui: Ui): string {
  const { color } = ui;
  const type = String(event['type']);
  const facts = createEventReader()(event);
  const lines = [`  ${color.bold(String(event['id']))}  ${color.bold(type)}`];
  const say = (label: string, text: string | undefined) => {
    if (text !== undefined && text !== '') lines.push(labelled(label, redact(text), ui.width, color.dim));
  };
  const whole = (label: string, text: string | undefined) => {
    if (text !== undefined && text !== '') lines.push(labelledWhole(label, redact(text), color.dim));
  };
  say('Means', findEventType(type)?.description);
  say('Do', facts.hint);
  const object = recordOf(valueAt(event, 'data.object'));
  whole('About', idOf(object['id']));
  const status = facts.status === undefined ? '' : paintStatus(facts.status, facts.status, ui);
  const parts = [status, amountOf(object)].filter((part) => part !== '');
  if (parts.length > 0) lines.push(labelledWhole('', parts.join('  ')));
  whole('Intent', facts.group === facts.subject ? undefined : facts.group);
  say('Changed', changesOf(recordOf(valueAt(event, 'data.previous_attributes')), object, ui));
  say('Created', isoTime(Number(event['created'])));
  whole('Request', idOf(valueAt(event, 'request.id')) ?? 'none: it happened by itself');
  const pending = Number(event['pending_webhooks']);
  if (pending > 0) say('Webhooks', `${pending} not accepted yet`);
  return lines.join('\n');
}

/** `amount_refunded 0 → 500`; of hashes and lists only the name. */
function changesOf(before: ApiRecord, after: ApiRecord, { accessible }: Ui): string {
  return Object.entries(before)
    .map(([name, value]) => {
      const plain = [value, after[name]].every((one) => typeof one !== 'object' || one === null);
      return plain ? `${name} ${shown(value)} ${accessible ? 'to' : '→'} ${shown(after[name])}` : name;
    })
    .join(', ');
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : String(value));

function recordOf(value: unknown): ApiRecord {
  return typeof value === 'object' && value !== null ? (value as ApiRecord) : {};
}
