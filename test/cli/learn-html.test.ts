import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LESSONS } from '../../src/lessons/curriculum.ts';
import { runCli, temporaryHome } from '../support/run-cli.ts';

const names = ['index', ...LESSONS.map(({ id }) => id), 'glossary'].map((name) => `${name}.html`);

describe('learn --html', () => {
  test('writes both languages, and says what it wrote', async () => {
    const cwd = temporaryHome();
    const { stdout, code } = await runCli(['learn', '--html', 'pages'], { cwd, tty: true });
    expect(code).toBe(0);
    const files = ['en', 'ar'].flatMap((lang) => names.map((name) => join('pages', lang, name)));
    expect(stdout.trimEnd().split('\n')).toEqual(files);
    for (const file of files) expect(existsSync(join(cwd, file))).toBe(true);
  });

  test('a pipe gets a line for each file, and JSON every fact', async () => {
    const cwd = temporaryHome();
    const { stdout } = await runCli(['learn', '--html', 'pages', '--lang', 'en'], { cwd });
    expect(stdout.split('\n')[0]).toMatch(/^pages\/en\/index\.html\ten\t\d+$/);
    const listed = (await runCli(['learn', '--html', 'pages', '--lang', 'en', '--json'], { cwd })).json();
    expect(listed['data']).toHaveLength(names.length);
  });

  test('one language alone has no links to the other', async () => {
    const cwd = temporaryHome();
    await runCli(['learn', '--html', '.', '--lang', 'ar'], { cwd });
    expect(existsSync(join(cwd, 'en'))).toBe(false);
    const page = readFileSync(join(cwd, 'ar', 'index.html'), 'utf8');
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).not.toContain('hreflang');
  });

  test('pages from before are written again', async () => {
    const cwd = temporaryHome();
    await runCli(['learn', '--html', '.', '--lang', 'ar'], { cwd });
    const { code } = await runCli(['learn', '--html', '.'], { cwd });
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, 'ar', 'index.html'), 'utf8')).toContain('hreflang="en"');
  });

  test("a file of somebody else's is left alone, and so is everything beside it", async () => {
    const cwd = temporaryHome();
    mkdirSync(join(cwd, 'ar'));
    writeFileSync(join(cwd, 'ar', 'index.html'), '<h1>mine</h1>');
    const { code, stderr, stdout } = await runCli(['learn', '--html', '.'], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${join('ar', 'index.html')} was not written by payintent`);
    expect(readFileSync(join(cwd, 'ar', 'index.html'), 'utf8')).toBe('<h1>mine</h1>');
    expect(existsSync(join(cwd, 'en'))).toBe(false);
  });

  test.each(['notes.txt', 'notes.txt/pages'])(
    'a directory that is a file is refused: %s',
    async (directory) => {
      const cwd = temporaryHome();
      writeFileSync(join(cwd, 'notes.txt'), 'mine');
      const { code, stderr } = await runCli(['learn', '--html', directory], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain(`Can't write pages into ${directory}`);
      expect(stderr).toContain('takes a directory');
      expect(readFileSync(join(cwd, 'notes.txt'), 'utf8')).toBe('mine');
    },
  );
});
