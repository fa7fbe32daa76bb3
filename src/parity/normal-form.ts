import { maskSecrets } from '../domain/secrets.ts';

/** Where one side's answers begin, and what it was told. */
export interface Origin {
  /** Names the run; it stands in metadata and in idempotency keys. */
  readonly run: string;
}

/** Fields whose value is made up anew each time, or belongs to the account: only that there is one can be compared. */
const MADE_UP: ReadonlySet<string> = new Set([
  'account_holder_name',
  'account_number',
  'acquirer_reference_number',
  'authorization_code',
  'calculated_statement_descriptor',
  'confirmation_number',
  'iban',
  'invoice_prefix',
  'network_transaction_id',
  'number',
  'payment_code',
  'payment_reference',
  'receipt_number',
  'reference',
  'reference_number',
  'risk_score',
  'server_transaction_id',
  'trace_id',
  'transaction_id',
  'transaction_link_id',
]);

/** For Stripe's own scripts, in a form that Stripe promises nobody. */
const OPAQUE = 'use_stripe_sdk';

/** A prefix, one underscore, and letters that look drawn by lot: small ones alone would be a word. */
const ID = /\b(?!pm_card_)([a-z]{2,})_(?=[A-Za-z0-9]*[A-Z0-9])([A-Za-z0-9]{14,})\b/g;
const DOCUMENTATION = /^https:\/\/(?:docs\.)?stripe\.com\/(?:docs\/|error-codes\/)/;
const DATE = /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?$/;

/** Seconds since the epoch, from 2014 to 2100. No amount of a scenario is as large. */
const isTime = (value: number): boolean =>
  Number.isInteger(value) && value > 1_400_000_000 && value < 4_102_444_800;

/**
 * Brings the answers of one side into a form that can be compared with the other side's, shown to anybody and kept: ids
 * are counted (`pi_1`), times are seconds since the first `created` (`<time +604800>`), and what is made up anew each
 * time, secret or an address is only said to be there (`<random>`, `<secret>`, `<url>`).
 */
export class NormalForm {
  readonly #run: string;
  readonly #ids = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #told = new Set<string>();
  #start: number | undefined;

  constructor({ run }: Origin) {
    this.#run = run;
  }

  /** Parameters of a request. Their texts are compared as they are when they come back. */
  told(value: unknown): unknown {
    for (const text of textsIn(value)) this.#told.add(text);
    return this.of(value);
  }

  /** A value of an answer. Objects keep the order of their fields. */
  of(value: unknown, field = ''): unknown {
    if (this.#start === undefined) this.#start = firstCreated(value);
    // In the order of names, so that ids are counted alike whatever order a server prints.
    for (const id of idsIn(value)) if (id !== this.#run) this.#named(id);
    return this.#normal(value, field);
  }

  #normal(value: unknown, field: string): unknown {
    if (typeof value === 'number') return this.#number(value, field);
    if (typeof value === 'string') return this.#text(value, field);
    if (Array.isArray(value)) return value.map((item) => this.#normal(item, field));
    if (typeof value !== 'object' || value === null) return value;
    if (field === OPAQUE) return { type: Reflect.get(value, 'type') ?? null, contents: '<opaque>' };
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, this.#normal(inner, name)]),
    );
  }

  #number(value: number, field: string): unknown {
    if (MADE_UP.has(field)) return '<random>';
    if (!isTime(value)) return value;
    const seconds = value - (this.#start ?? value);
    return `<time ${seconds < 0 ? '' : '+'}${seconds}>`;
  }

  #text(text: string, field: string): string {
    if (field === 'client_secret' || /_secret_[A-Za-z0-9]{8,}/.test(text)) return '<secret>';
    if (this.#told.has(text)) return this.#plain(text);
    if (/^https?:\/\//.test(text)) return DOCUMENTATION.test(text) ? text : '<url>';
    if (field === 'fingerprint') return this.#named(`fingerprint_${text}`);
    if (MADE_UP.has(field) && text !== '') return '<random>';
    return DATE.test(text) ? '<date>' : this.#plain(text);
  }

  #plain(text: string): string {
    const named = text.replaceAll(this.#run, '<run>').replaceAll(ID, (id) => this.#named(id));
    return maskSecrets(
      named.replaceAll(/https?:\/\/[^\s'")]+/g, (url) => (this.#keeps(url) ? url : '<url>')),
    );
  }

  #keeps(url: string): boolean {
    return DOCUMENTATION.test(url) || this.#told.has(url);
  }

  #named(id: string): string {
    const known = this.#ids.get(id);
    if (known !== undefined) return known;
    const prefix = id.slice(0, id.indexOf('_'));
    const count = (this.#counts.get(prefix) ?? 0) + 1;
    this.#counts.set(prefix, count);
    const name = `${prefix}_${count}`;
    this.#ids.set(id, name);
    return name;
  }
}

/** Every id in a value that stands alone, by the names of the fields. */
function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return new RegExp(`^${ID.source}$`).test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([name]) => name !== 'client_secret')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, inner]) => idsIn(inner));
}

function firstCreated(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const created: unknown = Reflect.get(value, 'created');
  if (typeof created === 'number' && isTime(created)) return created;
  for (const inner of Object.values(value)) {
    const found = firstCreated(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
