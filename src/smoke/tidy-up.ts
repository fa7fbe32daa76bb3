import { type ApiRecord, type Gateway, pathTo } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { Mark } from './tidy-gateway.ts';

/** What became of payments that were looked at. */
export interface Tidied {
  readonly canceled: readonly string[];
  readonly refunded: readonly string[];
  /** Ids that are still chargeable or charged, with the reason. */
  readonly left: readonly { readonly id: string; readonly reason: string }[];
  /** Whether the network or the server is why something is left. */
  readonly unreachable: boolean;
}

const CANCELABLE = [
  'processing',
  'requires_action',
  'requires_capture',
  'requires_confirmation',
  'requires_payment_method',
];

const DISPUTED: ReadonlySet<string> = new Set(['charge_disputed', 'refund_disputed_payment']);

const EXPAND = ['latest_charge'];

/**
 * Cancels or refunds intents, so that nothing of them is chargeable or charged any more. Never rejects for what the API
 * answers. `stop` ends it early.
 */
export async function tidyUp(
  gateway: Gateway,
  ids: Iterable<string>,
  { mark, stop }: { readonly mark: Mark; readonly stop: AbortSignal },
): Promise<Tidied> {
  const tidied = {
    canceled: [] as string[],
    refunded: [] as string[],
    left: [] as { id: string; reason: string }[],
    unreachable: false,
  };
  for (const id of ids) {
    if (stop.aborted) {
      tidied.left.push({ id, reason: 'the run was stopped' });
      continue;
    }
    try {
      const done = await settle(gateway, id, mark);
      if (done === 'canceled' || done === 'refunded') tidied[done].push(id);
      else if (done !== 'nothing') tidied.left.push({ id, reason: done.reason });
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      tidied.unreachable ||= ['api', 'network', 'rate_limited'].includes(error.kind);
      if (error.kind !== 'not_found') tidied.left.push({ id, reason: error.message });
    }
  }
  return tidied;
}

/**
 * Deletes customers, with what is saved with them, and cancels SetupIntents. Nothing of them can be charged, so that what
 * the API refuses stays as it is.
 */
export async function tidyOthers(
  gateway: Gateway,
  ids: Iterable<string>,
  { mark, stop }: { readonly mark: Mark; readonly stop: AbortSignal },
): Promise<void> {
  for (const id of ids) {
    if (stop.aborted) return;
    try {
      if (id.startsWith('seti_')) {
        const idempotencyKey = `${mark.run}_cancel_${id}`;
        await gateway.request('POST', pathTo('setup_intents', id, 'cancel'), {}, { idempotencyKey });
      } else await gateway.request('DELETE', pathTo('customers', id));
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
    }
  }
}

type Done = 'canceled' | 'nothing' | 'refunded' | { readonly reason: string };

async function settle(gateway: Gateway, id: string, { name, run }: Mark): Promise<Done> {
  const path = pathTo('payment_intents', id);
  const { object } = await gateway.request('GET', path, { expand: EXPAND });
  const status = String(object['status']);
  if (CANCELABLE.includes(status)) {
    const { object: after } = await gateway.request(
      'POST',
      `${path}/cancel`,
      {},
      { idempotencyKey: `${run}_cancel_${id}` },
    );
    return after['status'] === 'canceled'
      ? 'canceled'
      : { reason: `after cancel it is ${String(after['status'])}` };
  }
  if (status !== 'succeeded' || refundable(object) === 0) return 'nothing';
  const { object: refund } = await gateway
    .request(
      'POST',
      '/v1/refunds',
      { payment_intent: id, metadata: { [name]: run } },
      { idempotencyKey: `${run}_refund_${id}` },
    )
    .catch((error: unknown) => {
      // The customer's bank decides, and has taken the money or may yet.
      if (error instanceof GatewayError && DISPUTED.has(error.facts.code ?? '')) return { object: undefined };
      throw error;
    });
  if (refund === undefined) return 'nothing';
  const went = ['pending', 'succeeded'].includes(String(refund['status']));
  return went ? 'refunded' : { reason: `its refund is ${String(refund['status'])}` };
}

/** What is left to refund, in minor units. */
function refundable(intent: ApiRecord): number {
  const charge = intent['latest_charge'];
  if (typeof charge !== 'object' || charge === null) return 0;
  const of = (name: string): number => Number(Reflect.get(charge, name) ?? 0);
  return Reflect.get(charge, 'refunded') === true
    ? 0
    : Math.max(0, of('amount_captured') - of('amount_refunded'));
}

const PAGE = 100;
/** Pages a sweep looks through: the newest 20,000 intents. */
const MOST_PAGES = 200;

/** Ids of marked intents among the account's newest, of one run or of all (`run` undefined). @throws GatewayError */
export async function findMarked(
  gateway: Gateway,
  mark: Pick<Mark, 'name'> & Partial<Mark>,
  pages = MOST_PAGES,
): Promise<string[]> {
  const found: string[] = [];
  let after: ApiRecord = {};
  for (let page = 0; page < pages; page += 1) {
    const { object } = await gateway.request('GET', '/v1/payment_intents', {
      limit: PAGE,
      expand: ['data.latest_charge'],
      ...after,
    });
    const data: readonly ApiRecord[] = Array.isArray(object['data']) ? object['data'] : [];
    found.push(
      ...data.filter((intent) => isMarked(intent, mark) && isOpen(intent)).map(({ id }) => String(id)),
    );
    const last = data.at(-1)?.['id'];
    if (object['has_more'] !== true || last === undefined) break;
    after = { starting_after: last };
  }
  return found;
}

function isMarked(intent: ApiRecord, { name, run }: Pick<Mark, 'name'> & Partial<Mark>): boolean {
  const metadata = intent['metadata'];
  const found: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, name) : undefined;
  return run === undefined ? found !== undefined : found === run;
}

function isOpen(intent: ApiRecord): boolean {
  return CANCELABLE.includes(String(intent['status'])) || refundable(intent) > 0;
}
