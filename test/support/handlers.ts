import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { urlBreakHook, urlOrderHook, urlProbe } from '../../src/conformance/outside.ts';
import { runSuite, type SuiteOptions, type SuiteResult } from '../../src/conformance/run-suite.ts';
import type { CheckVerdict } from '../../src/domain/check-result.ts';
import { openPrivateEmulator } from '../../src/gateway/private-emulator.ts';
import { openCourier } from '../../src/gateway/webhook-tools.ts';

const HANDLERS = path.resolve(import.meta.dirname, '../../fixtures/handlers');

/** Made up; nothing is behind it. */
export const SECRET = ['whsec', 'handlerTests'].join('_');

export const rightHandlers = ['right-plain', 'right-stripe', 'right-queue'];

export const wrongHandlers = readdirSync(path.join(HANDLERS, 'wrong')).map((file) => path.parse(file).name);

export interface ServedShop {
  readonly url: string;
  close(): Promise<void>;
}

const load = (file: string) => import(/* @vite-ignore */ pathToFileURL(path.join(HANDLERS, file)).href);

/** Serves a sample handler in this process. */
export async function openHandler(name: string): Promise<ServedShop> {
  const { webhook } = await load(`${name}.mjs`);
  return openWebhook(webhook);
}

/** Serves a handler with the shop of the samples. */
export async function openWebhook(webhook: unknown): Promise<ServedShop> {
  const { openShop } = await load('shop.mjs');
  return openShop(webhook, { secret: SECRET });
}

/** Runs the suite against an address, in real time but without long waits. */
async function judge(url: string, options: Partial<SuiteOptions> = {}): Promise<SuiteResult> {
  const emulator = openPrivateEmulator(Date.now);
  const courier = openCourier();
  try {
    return await runSuite({
      url,
      secret: SECRET,
      headers: {},
      price: { amount: 5000, currency: 'usd', metadata: { order: '{order}' } },
      emulator,
      served: false,
      courier,
      timeoutMs: 2000,
      answerWithinMs: 500,
      settleMs: 300,
      now: Date.now,
      sleep: (milliseconds) => wait(milliseconds),
      signal: new AbortController().signal,
      only: [],
      skip: [],
      ...options,
    });
  } finally {
    courier.close();
    await emulator.close();
  }
}

/** The suite with everything a shop offers. */
export function judgeShop({ url }: ServedShop, options: Partial<SuiteOptions> = {}): Promise<SuiteResult> {
  return judge(`${url}/webhook`, {
    probe: urlProbe(`${url}/probe`),
    orderHook: urlOrderHook(`${url}/orders`),
    breakHook: urlBreakHook(`${url}/break`),
    ...options,
  });
}

/** Ids of the checks that came to this. */
export function idsWith({ checks }: SuiteResult, verdict: CheckVerdict): string[] {
  return checks.filter((check) => check.verdict === verdict).map(({ id }) => id);
}
