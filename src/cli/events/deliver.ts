import type { Attempt } from '../../gateway/forwarding/forward.ts';
import { type ApiRecord, type Gateway, pathTo } from '../../gateway/gateway.ts';
import { accepted, openCourier, signBody } from '../../gateway/webhook-tools.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Input } from '../input.ts';
import { readAddress, readHeaders } from '../listen/addresses.ts';
import { signingSecret } from '../listen/signing-secret.ts';
import { redactValue } from '../redact.ts';
import type { Result } from '../spec.ts';
import { openStage } from '../stage.ts';
import { deliveriesView, filedView } from '../views/deliveries-view.ts';

const HANDLER_TIMEOUT = 10_000;

/** Sends events once more, the first one first: to `--to`, or to the emulator's registered endpoints. */
export async function sendAgain(
  context: Context,
  input: Input,
  events: readonly ApiRecord[],
): Promise<Result> {
  const urls = input.items('to').map((typed) => readAddress('--to', typed));
  if (urls.length === 0) return fileAgain(context, input, events);
  if (input.text('endpoint') !== undefined) {
    throw new CliError('FLAGS_CONFLICT', '--to and --endpoint exclude each other');
  }
  const attempts = await deliver(context, input, events, urls);
  return {
    data: { object: 'list', data: attempts.map(deliveryData) },
    view: deliveriesView(events, attempts),
    exit: attempts.every(({ status }) => status === 'succeeded') ? exitCodes.done : exitCodes.failed,
  };
}

/** One after the other, so that they arrive in their order. What fails is not tried again: whoever asks can ask again. */
async function deliver(
  context: Context,
  input: Input,
  events: readonly ApiRecord[],
  urls: readonly string[],
): Promise<Attempt[]> {
  const secret = signingSecret(context);
  const headers = readHeaders(input.items('headers'));
  const courier = openCourier();
  const attempts: Attempt[] = [];
  try {
    for (const event of events) {
      // Byte for byte what Stripe would send: two spaces, no line end.
      const body = JSON.stringify(event, null, 2);
      for (const url of urls) {
        if (context.signal.aborted) return attempts;
        const outcome = await courier.deliver({
          url,
          body,
          signature: signBody(body, secret, Math.floor(context.host.now() / 1000)),
          headers,
          timeoutMs: input.number('handler-timeout') ?? HANDLER_TIMEOUT,
          signal: context.signal,
        });
        const answered = outcome.kind === 'answered';
        attempts.push({
          eventId: String(event['id']),
          eventType: String(event['type']),
          url,
          number: 1,
          status: accepted(outcome) ? 'succeeded' : 'dead',
          httpStatus: answered ? outcome.status : undefined,
          milliseconds: Math.round(outcome.ms * 10) / 10,
          reason: answered ? undefined : outcome.reason,
          message: answered ? undefined : outcome.message,
          body: answered ? outcome.bodyStart : '',
          bodyCut: answered && outcome.bodyCut,
          retryAt: undefined,
          faults: [],
        });
      }
    }
  } finally {
    courier.close();
  }
  return attempts;
}

function deliveryData(attempt: Attempt): Record<string, unknown> {
  return {
    object: 'delivery',
    event: attempt.eventId,
    type: attempt.eventType,
    url: attempt.url,
    accepted: attempt.status === 'succeeded',
    http_status: attempt.httpStatus ?? null,
    ms: attempt.milliseconds,
    reason: attempt.reason ?? null,
    body: redactValue(attempt.body),
  };
}

/** Files deliveries to registered endpoints; whoever delivers for this state sends them. */
async function fileAgain(context: Context, input: Input, events: readonly ApiRecord[]): Promise<Result> {
  const { gateway, emulated } = await openStage(context);
  if (!emulated) throw notHere(events);
  const endpoint = input.text('endpoint');
  const filed: ApiRecord[] = [];
  for (const event of events) filed.push(await file(gateway, String(event['id']), endpoint));
  if (filed.length > 0 && filed.every((one) => endpointsOf(one).length === 0)) {
    throw new CliError('ENDPOINT_MISSING', 'No webhook endpoint is registered for this', {
      why: 'Apps register endpoints through the API (POST /v1/webhook_endpoints); this state has none that wants these events.',
      fix: ['Add --to http://localhost:3000/webhook to send to an address'],
    });
  }
  return { data: { object: 'list', data: filed }, view: filedView(events, filed) };
}

async function file(gateway: Gateway, id: string, endpoint: string | undefined): Promise<ApiRecord> {
  const path = pathTo('events', id, 'resend').replace('/v1/', '/_payintent/');
  const params = endpoint === undefined ? {} : { webhook_endpoint: endpoint };
  return (await gateway.request('POST', path, params)).object;
}

function endpointsOf(filed: ApiRecord): readonly unknown[] {
  const endpoints = filed['webhook_endpoints'];
  return Array.isArray(endpoints) ? endpoints : [];
}

function notHere(events: readonly ApiRecord[]): CliError {
  const [first] = events;
  return new CliError('EMULATOR_ONLY', "Stripe's registered endpoints cannot be asked from here", {
    why: 'Stripe resends to them from its Dashboard and from its own CLI; the API has no call for it.',
    fix: [
      'Add --to http://localhost:3000/webhook to send to an address',
      ...(first === undefined ? [] : [`stripe events resend ${String(first['id'])} --webhook-endpoint=we_…`]),
    ],
  });
}
