/** An order of the app, as the suite knows it. */
export interface Order {
  /** In the metadata of its intents. */
  readonly id: string;
  /** What it costs, in minor units. */
  readonly amount: number;
  /** Lower case. */
  readonly currency: string;
  /** The PaymentIntents made for it, the first one first. */
  readonly intents: readonly string[];
}

/** What the probe and the hooks are told about an order. */
export function orderFacts({
  id,
  amount,
  currency,
  intents,
}: Order): Readonly<Record<string, string | number>> {
  return { order: id, payment_intent: intents[0] ?? '', amount, currency };
}
