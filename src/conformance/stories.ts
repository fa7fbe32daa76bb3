import type { ApiRecord } from '../gateway/gateway.ts';
import type { PrivateEmulator } from '../gateway/private-emulator.ts';
import type { Order } from './order.ts';

/** An order, what happened to its payment, and the events of that in the order they came about. */
export interface Story {
  readonly order: Order;
  readonly events: readonly ApiRecord[];
}

/** What an order costs, and what its intents carry. */
export interface Price {
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
}

type OnOrder = (order: Order) => Promise<void>;

/** Runs real payments in an emulator, so that amounts, ids and objects of the events agree. */
export class Storyteller {
  readonly #emulator: PrivateEmulator;
  readonly #onOrder: OnOrder;

  /** @param onOrder told of every order before it is paid */
  constructor(emulator: PrivateEmulator, onOrder: OnOrder) {
    this.#emulator = emulator;
    this.#onOrder = onOrder;
  }

  /** A card payment that succeeds. */
  async paid(id: string, price: Price): Promise<Story> {
    const order = await this.#order(id, price);
    await this.#confirm(order, 'pm_card_visa');
    return this.#told(order);
  }

  /** A card is declined, the next one is accepted. */
  async paidAfterDecline(id: string, price: Price): Promise<Story> {
    const order = await this.#order(id, price);
    await this.#confirm(order, 'pm_card_chargeDeclined', true);
    await this.#confirm(order, 'pm_card_visa');
    return this.#told(order);
  }

  /** A card payment, then refunds of these amounts. */
  async refunded(id: string, price: Price, amounts: readonly number[]): Promise<Story> {
    const order = await this.#order(id, price);
    await this.#confirm(order, 'pm_card_visa');
    for (const amount of amounts) {
      await this.#emulator.call('POST', '/v1/refunds', { payment_intent: order.intents[0], amount });
    }
    return this.#told(order);
  }

  /** A card payment that the bank's customer disputes. */
  async disputed(id: string, price: Price): Promise<Story> {
    const order = await this.#order(id, price);
    await this.#confirm(order, 'pm_card_createDispute');
    return this.#told(order);
  }

  /** A bank debit that is under way; `settled` tells the rest, days later. */
  async processing(id: string, { metadata, amount }: Price): Promise<Story> {
    const order = await this.#order(
      id,
      { metadata, amount, currency: 'usd' },
      { payment_method_types: ['us_bank_account'] },
    );
    await this.#confirm(order, 'pm_usBankAccount_success');
    return this.#told(order);
  }

  /** What has happened to the payment since it was last told. */
  rest({ order }: Story): Promise<Story> {
    return this.#told(order);
  }

  async settled({ order }: Story): Promise<Story> {
    await this.#emulator.advance(7 * 86_400);
    return this.#told(order);
  }

  /** A payment of another price that claims to be for an order. */
  async paidFor({ order }: Story, price: Price): Promise<Story> {
    const intent = await this.#intent(order.id, price);
    await this.#emulator.call('POST', `/v1/payment_intents/${intent}/confirm`, {
      payment_method: 'pm_card_visa',
    });
    return this.#told({ ...order, intents: [...order.intents, intent] });
  }

  /** An order whose payment has only been begun. */
  async begun(id: string, price: Price): Promise<Story> {
    return this.#told(await this.#order(id, price));
  }

  async #order(id: string, price: Price, more?: ApiRecord): Promise<Order> {
    await this.#emulator.takeEvents();
    const intent = await this.#intent(id, price, more);
    const order = { id, amount: price.amount, currency: price.currency, intents: [intent] };
    await this.#onOrder(order);
    return order;
  }

  async #intent(
    id: string,
    { amount, currency, metadata }: Price,
    more: ApiRecord = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' } },
  ): Promise<string> {
    const filled = Object.entries(metadata).map(([name, value]) => [name, value.replaceAll('{order}', id)]);
    const intent = await this.#emulator.call('POST', '/v1/payment_intents', {
      amount,
      currency,
      metadata: Object.fromEntries(filled),
      ...more,
    });
    return String(intent['id']);
  }

  async #confirm(order: Order, method: string, mayFail = false): Promise<void> {
    const params = {
      payment_method: method,
      ...(method.startsWith('pm_card') ? {} : { mandate_data: { customer_acceptance: { type: 'offline' } } }),
    };
    await this.#emulator.call('POST', `/v1/payment_intents/${order.intents[0]}/confirm`, params, mayFail);
  }

  async #told(order: Order): Promise<Story> {
    const about = new Set(order.intents);
    const events = await this.#emulator.takeEvents();
    return { order, events: events.filter((event) => about.has(intentOf(event) ?? '')) };
  }
}

function intentOf(event: ApiRecord): string | undefined {
  const data = event['data'] as { object?: Record<string, unknown> } | undefined;
  const object = data?.object;
  const id = object?.['object'] === 'payment_intent' ? object['id'] : object?.['payment_intent'];
  return typeof id === 'string' ? id : undefined;
}

/** The events of one type in a story, oldest first. */
export function eventsOf(story: Story, type: string): readonly ApiRecord[] {
  return story.events.filter((event) => event['type'] === type);
}

/** @throws Error where the story has no such event: the emulator tells it otherwise than expected */
export function eventOf(story: Story, type: string): ApiRecord {
  const [event] = eventsOf(story, type);
  if (event === undefined)
    throw new Error(`no ${type} among ${story.events.map((one) => one['type']).join(', ')}`);
  return event;
}
