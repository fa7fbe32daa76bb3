import { describe, expect, it } from 'vitest';
import { EVENT_FLOWS, eventsOfFlow, findEventFlow, flowsWithEvent } from '../../../src/domain/event-flows.ts';
import { EVENT_TYPES, findEventType, MISSING_EVENT_TYPES } from '../../../src/domain/event-types.ts';
import { eventsOf, MOVE_EVENTS } from '../../../src/domain/events.ts';

function types(id: string, captureMethod?: string): string[] {
  const flow = findEventFlow(id);
  if (flow === undefined) throw new Error(`no flow ${id}`);
  return eventsOfFlow(flow, captureMethod).map((event) => event.type);
}

describe('the events of a flow, in the order they are created', () => {
  it.each([
    [
      'card_payment',
      ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded', 'charge.updated'],
    ],
    ['card_declined', ['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed']],
    [
      '3ds_passed',
      [
        'payment_intent.created',
        'payment_intent.requires_action',
        'charge.succeeded',
        'payment_intent.succeeded',
        'charge.updated',
      ],
    ],
    [
      '3ds_failed',
      ['payment_intent.created', 'payment_intent.requires_action', 'payment_intent.payment_failed'],
    ],
    ['canceled', ['payment_intent.created', 'payment_intent.canceled']],
    [
      'debit_paid',
      [
        'payment_intent.created',
        'payment_intent.processing',
        'charge.pending',
        'charge.succeeded',
        'payment_intent.succeeded',
      ],
    ],
    ['save_card', ['setup_intent.created', 'payment_method.attached', 'setup_intent.succeeded']],
  ])('%s', (id, expected) => {
    expect(types(id)).toEqual(expected);
  });

  it('hold and capture', () => {
    expect(types('hold_captured', 'manual')).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.amount_capturable_updated',
      'charge.captured',
      'payment_intent.succeeded',
    ]);
  });

  it('refund and dispute', () => {
    expect(types('refund').slice(4)).toEqual([
      'refund.created',
      'charge.refunded',
      'refund.updated',
      'charge.refund.updated',
    ]);
    expect(types('dispute_lost').slice(1, 5)).toEqual([
      'charge.succeeded',
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'payment_intent.succeeded',
    ]);
  });

  it('charge.updated comes with asynchronous capture only, and later', () => {
    expect(eventsOf('pay', 'automatic_async').at(-1)).toMatchObject({
      type: 'charge.updated',
      afterSeconds: 2,
    });
    expect(eventsOf('pay', 'automatic').map((event) => event.type)).not.toContain('charge.updated');
    expect(types('card_payment', 'automatic')).toHaveLength(3);
  });
});

describe('the catalogue of events', () => {
  it('describes everything a move sends', () => {
    for (const [move, events] of Object.entries(MOVE_EVENTS)) {
      expect(events.length, move).toBeGreaterThan(0);
      for (const event of events) expect(findEventType(event.type)?.type, move).toBe(event.type);
    }
  });

  it('has every payment_intent event in some flow', () => {
    for (const row of EVENT_TYPES) {
      if (row.type.startsWith('payment_intent.'))
        expect(flowsWithEvent(row.type).length, row.type).toBeGreaterThan(0);
    }
  });

  it('does not know what Stripe never sends', () => {
    for (const type of Object.keys(MISSING_EVENT_TYPES)) expect(findEventType(type)).toBeUndefined();
    expect(findEventType('payment_intent.succeeded')?.object).toBe('payment_intent');
  });

  it('names each flow once', () => {
    expect(new Set(EVENT_FLOWS.map((flow) => flow.id)).size).toBe(EVENT_FLOWS.length);
  });
});
