import { formatDuration } from '../../domain/duration.ts';
import { type Call, isGiven, recordOf } from '../call.ts';
import type { Match, Rule } from '../rule.ts';

const DAY = 86_400;
/** How long a card's hold lasts online where nothing longer was asked for (Stripe docs: place a hold). */
const HOLD = 7 * DAY;
/** So close to its end a hold that nobody took is worth a word. */
const CLOSE = DAY;

const DOCS = 'https://docs.stripe.com/payments/place-a-hold-on-a-payment-method';

const isManual = ({ params, intent }: Call): boolean => {
  const card = recordOf(recordOf(params['payment_method_options'])?.['card']);
  return intent?.['capture_method'] === 'manual' || card?.['capture_method'] === 'manual';
};

const asksLonger = ({ params }: Call): boolean =>
  isGiven(recordOf(recordOf(params['payment_method_options'])?.['card'])?.['request_extended_authorization']);

/** A field of the metadata that names a later day for the capture: its name, and the day in unix seconds. */
function plannedCapture({ params, created }: Call): { name: string; at: number } | undefined {
  for (const [name, value] of Object.entries(recordOf(params['metadata']) ?? {})) {
    if (!/capture|ship|deliver|fulfil|check_?in|arrival/i.test(name) || typeof value !== 'string') continue;
    const at = /^\d{10}$/.test(value)
      ? Number(value)
      : /^\d{4}-\d\d-\d\d/.test(value)
        ? Date.parse(value) / 1000
        : Number.NaN;
    if (at > created + HOLD && at < created + 400 * DAY) return { name, at };
  }
  return undefined;
}

function matchOf(call: Call): Match | undefined {
  if (call.operation === 'capture' && call.intent?.['cancellation_reason'] === 'automatic') {
    return {
      subject: 'too late',
      calls: [call],
      severity: 'error',
      reason: `${call.intentId} was captured after its hold had ended: the money was given back to the customer's card, and the goods may be on their way.`,
      fix: 'Capture within seven days (stripe.paymentIntents.capture(id)), or ask for longer with payment_method_options: { card: { request_extended_authorization: "if_available" } }, and read capture_before of the charge',
    };
  }
  if (call.operation !== 'create' || call.status >= 400 || !isManual(call) || asksLonger(call))
    return undefined;
  const planned = plannedCapture(call);
  if (planned === undefined) return undefined;
  return {
    subject: 'planned',
    calls: [call],
    severity: 'warning',
    reason: `metadata ${planned.name} names a day ${formatDuration(Math.floor((planned.at - call.created) / DAY) * DAY)} from now, and a hold on a card ends after seven days at most.`,
    fix: 'Save the card now with a SetupIntent, or setup_future_usage: "off_session", and charge it on the day; or ask for request_extended_authorization',
  };
}

export const captureAfterHold: Rule = {
  id: 'capture-after-hold',
  title: 'Reserved money is taken before the hold ends',
  severity: 'error',
  evidence:
    'A capture of a payment that had been canceled because its hold ended; a hold that ended, or ends within a day, without a capture; a creation with capture_method manual whose metadata names a day more than a week away (capture_at, ship_date, check_in and the like).',
  silent:
    'Payments that asked for an extended authorization, where only a day is named; holds that were canceled.',
  docs: DOCS,
  watch() {
    const held = new Map<string, Call>();
    return {
      see(call) {
        const { intentId, intent } = call;
        if (intentId !== undefined && intent?.['status'] === 'requires_capture' && !held.has(intentId)) {
          if (held.size > 20_000) held.clear();
          held.set(intentId, call);
        }
        if (intentId !== undefined && (call.operation === 'capture' || call.operation === 'cancel'))
          held.delete(intentId);
        return matchOf(call);
      },
      end({ now, intents }) {
        const late: Call[] = [];
        const soon: Call[] = [];
        for (const [id, call] of held) {
          const intent = intents.get(id);
          if (intent?.cancellationReason === 'automatic') late.push(call);
          else if (intent?.captureBefore != null && intent.captureBefore - now < CLOSE) soon.push(call);
        }
        return [
          ...expired(late),
          ...soon.map((call) =>
            closing(call, (intents.get(call.intentId ?? '')?.captureBefore ?? now) - now),
          ),
        ];
      },
    };
  },
};

function expired(calls: readonly Call[]): Match[] {
  if (calls.length === 0) return [];
  return [
    {
      subject: 'expired',
      calls,
      severity: 'warning',
      reason: `${calls.length === 1 ? `The hold of ${calls[0]?.intentId}` : `${calls.length} holds`} ended without a capture: the money went back, and nobody had asked for it.`,
      fix: 'Listen for payment_intent.amount_capturable_updated and capture when the order is packed; cancel what will not be shipped: stripe.paymentIntents.cancel(id)',
    },
  ];
}

function closing(call: Call, left: number): Match {
  return {
    subject: `closing ${call.intentId}`,
    calls: [call],
    severity: 'warning',
    reason: `The hold of ${call.intentId} ends ${left > 0 ? `in ${formatDuration(left)}` : 'now'}, and nobody has captured it.`,
    fix: `payintent capture ${call.intentId}`,
  };
}
