import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderSite } from '../../src/cli/learn/html/site.ts';
import { writeSite } from '../../src/cli/learn/html/write-site.ts';
import { browserPath, mustHaveBrowser, openBrowser, type TestBrowser } from '../support/browser.ts';

const skipped = browserPath === undefined && !mustHaveBrowser;
if (skipped)
  process.stderr.write('Tests of the pages of lessons are skipped: no Chromium on this machine.\n');

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };
const CHECKS = fileURLToPath(new URL('../support/page-checks.js', import.meta.url));

const directory = mkdtempSync(join(tmpdir(), 'payintent-pages-'));
const pages = await renderSite(['en', 'ar']);
await writeSite(pages, directory, directory);

describe.skipIf(skipped)('the pages of lessons in a browser', () => {
  let browser: TestBrowser;
  let page: Page;
  const requested: string[] = [];

  beforeAll(async () => {
    // The policy of the pages allows no script, that of a test included.
    browser = await openBrowser({ bypassCSP: true });
    page = await browser.context.newPage();
    page.on('request', (request) => requested.push(request.url()));
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function visit(path: string): Promise<void> {
    await page.goto(pathToFileURL(join(directory, path)).href);
    await page.addScriptTag({ path: CHECKS });
    await page.evaluate('pageChecks.openAll()');
  }

  const check = (name: string): Promise<unknown> => page.evaluate(`pageChecks.${name}()`);

  test.each(pages.map(({ path, lang }) => [path, lang]))(
    '%s fits, and runs in its direction',
    async (path, lang) => {
      await page.setViewportSize(PHONE);
      await visit(path);
      expect(await check('direction')).toBe(lang === 'ar' ? 'ar rtl rtl' : 'en ltr ltr');
      expect(await check('overflow')).toEqual([]);
      expect(await check('code')).toEqual([]);
      expect(await check('signs')).toEqual([]);
      await page.setViewportSize(DESK);
      expect(await check('overflow')).toEqual([]);
      expect(await check('code')).toEqual([]);
      expect(missing((await check('links')) as string[])).toEqual([]);
    },
  );

  /** Links to pages or places that are not there. */
  function missing(links: readonly string[]): string[] {
    const root = pathToFileURL(`${directory}/`).href;
    return links.filter((link) => {
      const [file, place] = link.replace(root, '').split('#');
      const target = pages.find((one) => one.path === file);
      return target === undefined || (place !== undefined && !target.html.includes(`id="${place}"`));
    });
  }

  describe.each(['en', 'ar'])('%s', (lang) => {
    test.each(
      ['index', 'glossary', 'nobody-listens'].flatMap((name) =>
        (['light', 'dark'] as const).map((scheme) => [name, scheme] as const),
      ),
    )('%s is in nobody’s way: %s', async (name, colorScheme) => {
      await page.setViewportSize(PHONE);
      await page.emulateMedia({ colorScheme });
      await visit(`${lang}/${name}.html`);
      await page.addScriptTag({ content: axe.source });
      expect(await check('accessibility')).toEqual([]);
    });

    test('a snippet is chosen and an answer opened with the keyboard alone', async () => {
      await page.setViewportSize(DESK);
      await page.goto(pathToFileURL(join(directory, lang, 'creating-is-not-charging.html')).href);
      const tabs = page.locator('.tabs').last();
      const panels = tabs.locator('.panel');
      await tabs.locator('input').first().focus();
      expect(await panels.nth(0).isVisible()).toBe(true);
      await page.keyboard.press('ArrowDown');
      expect(await panels.nth(0).isVisible()).toBe(false);
      expect(await panels.nth(1).isVisible()).toBe(true);
      const guess = page.locator('details[name]').first();
      await guess.locator('summary').focus();
      await page.keyboard.press('Enter');
      expect(await guess.getAttribute('open')).not.toBeNull();
    });

    test('on paper every snippet is there', async () => {
      await page.emulateMedia({ media: 'print' });
      await visit(`${lang}/creating-is-not-charging.html`);
      expect(await page.locator('.panel:visible').count()).toBe(await page.locator('.panel').count());
      await page.emulateMedia({ media: 'screen' });
    });
  });

  test('nothing was asked of any server', () => {
    expect(requested.filter((url) => !url.startsWith('file:') && url !== 'data:,')).toEqual([]);
    expect(requested.length).toBeGreaterThan(pages.length);
  });
});
