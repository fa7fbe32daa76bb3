import { startReading } from '../gateway/child.ts';
import { type Order, orderFacts } from './order.ts';

/** The app's own view of what it did, as JSON. Reading throws `OutsideError`. */
export type Probe = (order: Order) => Promise<unknown>;

/** Tells the app something before events about it come. Throws `OutsideError`. */
export type OrderHook = (order: Order) => Promise<void>;

/** Makes the app fail inside, or work again. Throws `OutsideError`. */
export type BreakHook = (broken: boolean) => Promise<void>;

/** A probe or a hook could not be used. */
export class OutsideError extends Error {
  override readonly name = 'OutsideError';
}

export interface CommandPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
}

const TIMEOUT_MS = 10_000;

/** `GET` of an address; `{order}` and `{intent}` in it are filled in. */
export function urlProbe(url: string): Probe {
  return async (order) => {
    const address = filled(url, order);
    const response = await asked(`the probe ${address}`, address, {
      headers: { accept: 'application/json' },
    });
    return parsed(`the probe ${address}`, await response.text());
  };
}

/** What a line of shell prints; the order is in `PAYINTENT_ORDER` and its kin. */
export function commandProbe(line: string, place: CommandPlace): Probe {
  return async (order) =>
    parsed(
      `the probe command`,
      await printed('the probe command', line, place, variables(orderFacts(order))),
    );
}

/** `POST` of `{"order", "payment_intent", "amount", "currency"}`. */
export function urlOrderHook(url: string): OrderHook {
  return async (order) => {
    await posted(`--order-url ${url}`, filled(url, order), orderFacts(order));
  };
}

export function commandOrderHook(line: string, place: CommandPlace): OrderHook {
  return async (order) => {
    await printed('the order command', line, place, variables(orderFacts(order)));
  };
}

/** `POST` of `{"broken": true}` or `{"broken": false}`. */
export function urlBreakHook(url: string): BreakHook {
  return (broken) => posted(`--break-url ${url}`, url, { broken });
}

export function commandBreakHook(line: string, place: CommandPlace): BreakHook {
  return async (broken) => {
    await printed('the break command', line, place, { PAYINTENT_BROKEN: broken ? '1' : '0' });
  };
}

function filled(url: string, order: Order): string {
  return url
    .replaceAll('{order}', encodeURIComponent(order.id))
    .replaceAll('{intent}', encodeURIComponent(order.intents[0] ?? ''));
}

function variables(facts: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [`PAYINTENT_${name.toUpperCase()}`, String(value)]),
  );
}

async function posted(what: string, url: string, body: object): Promise<void> {
  await asked(what, url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function asked(what: string, url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    throw new OutsideError(`${what} gave no answer: ${reasonOf(error)}`, { cause: error });
  }
  if (!response.ok) throw new OutsideError(`${what} answered ${response.status}`);
  return response;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.message;
}

function parsed(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new OutsideError(`${what} answered no JSON`, { cause: error });
  }
}

async function printed(
  what: string,
  line: string,
  { cwd, env, platform }: CommandPlace,
  more: Readonly<Record<string, string>>,
): Promise<string> {
  const [shell, ...words] = platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c'] : ['/bin/sh', '-c'];
  const child = await startReading(shell ?? '', [...words, line], { cwd, env: { ...env, ...more } });
  const timer = setTimeout(() => child.send('SIGKILL'), TIMEOUT_MS);
  try {
    const [stdout, stderr, exit] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      child.exit,
    ]);
    if (exit !== 0) throw new OutsideError(`${what} ended with ${exit}: ${stderr.trim().slice(0, 200)}`);
    return stdout;
  } finally {
    clearTimeout(timer);
  }
}

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString('utf8');
}
