import { answerText, answerWithBody } from '../../conformance/answer.ts';
import { fail, inconclusive, pass, skipped } from '../../conformance/judgement.ts';
import { coverage } from '../../gateway/coverage.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import { GatewayError } from '../../gateway/gateway-error.ts';
import { accepted, type Outcome, signBody } from '../../gateway/webhook-tools.ts';
import type { SmokeBench, SmokeCheck } from '../check.ts';
import type { Finding } from '../finding.ts';
import { makeIntent } from './account.ts';

/** What every app has to hear of. */
const PAID = 'payment_intent.succeeded';

/** A type that no handler knows, so that none acts on it. */
const PROBE = 'payintent.smoke.probe';

/** Milliseconds between two looks for an event. */
const PAUSE = 500;

const NO_URL = 'No --webhook-url was given.';

export const WEBHOOK_CHECKS: readonly SmokeCheck[] = [
  {
    id: 'webhook-endpoints',
    title: 'webhook endpoints are enabled',
    run: (bench) => withEndpoints(bench, judgeEnabled),
  },
  {
    id: 'webhook-events',
    title: 'an endpoint hears the events needed',
    run: (bench) => withEndpoints(bench, judgeEvents),
  },
  {
    id: 'webhook-answers',
    title: 'the URLs of the endpoints answer',
    run: (bench) => withEndpoints(bench, judgeAnswers),
  },
  { id: 'webhook-arrival', title: 'an event arrives', run: (bench) => withEndpoints(bench, judgeArrival) },
  { id: 'webhook-signed', title: 'a signed event is accepted', run: signed },
  { id: 'webhook-forged', title: 'a forged event is refused', run: forged },
];

type Judge = (
  bench: SmokeBench,
  enabled: readonly ApiRecord[],
  all: readonly ApiRecord[],
) => Promise<Finding> | Finding;

/** Endpoints are judged where there are any; a development account may well have none. */
async function withEndpoints(bench: SmokeBench, judge: Judge): Promise<Finding> {
  try {
    const all = await bench.endpoints();
    const enabled = all.filter((endpoint) => endpoint['status'] === 'enabled');
    if (all.length > 0) return await judge(bench, enabled, all);
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== 'permission') throw error;
    return inconclusive(
      'The key may not read webhook endpoints.',
      'Let the restricted key read them, or leave the check out with --skip.',
    );
  }
  const none = 'No webhook endpoint is registered.';
  if (bench.requireEvents.length > 0 && judge !== judgeArrival) return fail(none, REGISTER);
  return judge === judgeEnabled && bench.target?.name === 'test'
    ? inconclusive(none, REGISTER)
    : skipped(none);
}

const REGISTER = 'Register one in the Dashboard under Workbench, Webhooks.';

function judgeEnabled(_: SmokeBench, enabled: readonly ApiRecord[], all: readonly ApiRecord[]): Finding {
  const off = all.filter((endpoint) => !enabled.includes(endpoint));
  const [first] = off;
  if (first === undefined) return pass(`${enabled.length} enabled.`);
  const reason = `${shown(urlOf(first))} is ${String(first['status'])}.`;
  const fix = 'Enable it in the Dashboard under Workbench, Webhooks, or delete it.';
  return enabled.length === 0 ? fail(reason, fix) : inconclusive(reason, fix);
}

function judgeEvents({ requireEvents }: SmokeBench, enabled: readonly ApiRecord[]): Finding {
  const needed = [...new Set([PAID, ...requireEvents])];
  const missing = needed.filter((type) => !enabled.some((endpoint) => hears(endpoint, type)));
  return missing.length === 0
    ? pass(`${needed.join(', ')}.`)
    : fail(
        `No enabled endpoint hears ${missing.join(', ')}.`,
        'Add the events to an endpoint, in the Dashboard or with enabled_events.',
      );
}

/** An unsigned body that is no event: whoever looks at it refuses it, and nobody acts on it. */
async function judgeAnswers(bench: SmokeBench, enabled: readonly ApiRecord[]): Promise<Finding> {
  const urls = [...new Set(enabled.map(urlOf))];
  if (urls.length === 0) return skipped('No endpoint is enabled.');
  const outcomes = await Promise.all(
    urls.map(async (url) => [url, await send(bench, url, '{}', undefined)] as const),
  );
  const bad = outcomes.filter(
    ([, outcome]) =>
      outcome.kind === 'failed' || outcome.status === 404 || outcome.status >= 500 || redirects(outcome),
  );
  const [first] = bad;
  if (first === undefined)
    return pass(
      outcomes
        .map(([url, outcome]) => `${shown(url)} answers ${answerText(outcome)}`)
        .join(', ')
        .concat('.'),
    );
  return fail(
    bad
      .map(([url, outcome]) => `${shown(url)}: ${answerText(outcome)}`)
      .join('; ')
      .concat('.'),
    'Start or deploy what listens there, or correct the URL of the endpoint. Stripe follows no redirects.',
  );
}

async function judgeArrival(bench: SmokeBench, enabled: readonly ApiRecord[]): Promise<Finding> {
  if (!bench.delivers())
    return skipped('Nobody delivers for this state now: `payintent emulator serve` would.');
  if (!enabled.some((endpoint) => hears(endpoint, PAID)))
    return skipped(`No enabled endpoint hears ${PAID}.`);
  const intent = await makeIntent(bench, {
    payment_method_types: ['card'],
    payment_method: 'pm_card_visa',
    confirm: true,
  });
  const started = bench.now();
  let event: ApiRecord | undefined;
  while (bench.now() - started < bench.webhookTimeoutMs) {
    const { object } = await bench.gateway.request('GET', '/v1/events', { type: PAID, limit: 20 });
    const data: readonly ApiRecord[] = Array.isArray(object['data']) ? object['data'] : [];
    event = data.find((one) => idInside(one) === intent['id']);
    if (event?.['pending_webhooks'] === 0) {
      return pass(`${PAID} was delivered after ${Math.round((bench.now() - started) / 100) / 10} s.`);
    }
    await bench.sleep(PAUSE);
  }
  const within = `within ${Math.round(bench.webhookTimeoutMs / 1000)} s`;
  return event === undefined
    ? fail(
        `${PAID} was not sent ${within}.`,
        'Look at the events of the payment; --webhook-timeout waits longer.',
      )
    : fail(
        `${PAID} was not accepted ${within}: ${String(event['pending_webhooks'])} endpoints have not answered 2xx.`,
        'Look at the deliveries of the endpoint in the Dashboard; --webhook-timeout waits longer.',
      );
}

async function signed(bench: SmokeBench): Promise<Finding> {
  const { webhookUrl: url, webhookSecret: secret } = bench;
  if (url === undefined) return skipped(NO_URL);
  if (secret === undefined) {
    return inconclusive(
      'There is no signing secret.',
      'Set PAYINTENT_WEBHOOK_SECRET to the secret of the endpoint, whsec_….',
    );
  }
  const body = probeBody(bench);
  const outcome = await send(bench, url, body, signBody(body, secret, seconds(bench)));
  if (accepted(outcome)) return pass(`${PROBE} was answered ${answerText(outcome)}.`);
  const said = `${PROBE} was answered ${answerWithBody(outcome)}.`;
  if (outcome.kind === 'failed') return fail(said, 'Start or deploy the handler, or correct --webhook-url.');
  if (redirects(outcome))
    return fail(said, 'Give the URL that answers by itself: Stripe follows no redirects.');
  return fail(
    said,
    outcome.status === 400 || outcome.status === 401 || outcome.status === 403
      ? 'Check that the handler has the secret of this endpoint, and that it verifies the raw body.'
      : 'Let the handler answer 2xx to event types it does not know.',
  );
}

async function forged(bench: SmokeBench): Promise<Finding> {
  const { webhookUrl: url } = bench;
  if (url === undefined) return skipped(NO_URL);
  const outcome = await send(bench, url, probeBody(bench), `t=${seconds(bench)},v1=${'0'.repeat(64)}`);
  if (outcome.kind === 'failed')
    return fail(
      `It was not answered: ${answerText(outcome)}.`,
      'Start or deploy the handler, or correct --webhook-url.',
    );
  const { status } = outcome;
  if (status >= 400 && status < 500) return pass(`It was answered ${status}.`);
  return accepted(outcome)
    ? fail(
        `It was answered ${status}: anybody can send this handler events.`,
        'Verify the signature before anything else: stripe.webhooks.constructEvent.',
      )
    : fail(`It was answered ${answerWithBody(outcome)}.`, 'Answer 400 where the signature does not verify.');
}

/** An event that nobody acts on, shaped like all others and honest about its mode. */
function probeBody(bench: SmokeBench): string {
  const id = `${bench.run}_probe`;
  return JSON.stringify(
    {
      id: `evt_${id}`,
      object: 'event',
      api_version: coverage().apiVersion,
      created: seconds(bench),
      data: { object: { id, object: 'payintent_smoke_probe', livemode: false } },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type: PROBE,
    },
    null,
    2,
  );
}

function send(
  { courier, timeoutMs, signal }: SmokeBench,
  url: string,
  body: string,
  signature: string | undefined,
): Promise<Outcome> {
  return courier.deliver({ url, body, signature, headers: {}, timeoutMs, signal });
}

const seconds = (bench: SmokeBench): number => Math.floor(bench.now() / 1000);
const redirects = (outcome: Outcome): boolean =>
  outcome.kind === 'answered' && outcome.status >= 300 && outcome.status < 400;
const urlOf = (endpoint: ApiRecord): string => String(endpoint['url']);

/** An address as logs may show it: tokens stand in the query. */
function shown(address: string): string {
  if (!URL.canParse(address)) return address;
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}

function hears(endpoint: ApiRecord, type: string): boolean {
  const events = endpoint['enabled_events'];
  return Array.isArray(events) && (events.includes(type) || events.includes('*'));
}

function idInside(event: ApiRecord): unknown {
  const data = event['data'];
  const object: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'object') : undefined;
  return typeof object === 'object' && object !== null ? Reflect.get(object, 'id') : undefined;
}
