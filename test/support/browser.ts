import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, BrowserContextOptions } from 'playwright-core';

/** Where a Chromium may be; `PAYINTENT_TEST_BROWSER` names another one. */
const CANDIDATES = [
  process.env['PAYINTENT_TEST_BROWSER'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser on this machine, or undefined when there is none. */
export const browserPath = CANDIDATES.find((path) => path !== undefined && existsSync(path));

/** True on a build server, where a missing browser is a failure and not a reason to skip. */
export const mustHaveBrowser = (process.env['CI'] ?? '') !== '';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface TestBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/**
 * Starts a real browser with an empty profile of its own.
 *
 * @throws Error when there is no browser on this machine
 */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<TestBrowser> {
  if (browserPath === undefined) {
    throw new Error(
      'No Chromium found: install one (apt-get install chromium) or name it in PAYINTENT_TEST_BROWSER.',
    );
  }
  const { chromium } = await import('playwright-core');
  const profile = mkdtempSync(join(tmpdir(), 'payintent-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath,
    headless: true,
    args: FLAGS,
    ...options,
  });
  return {
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
