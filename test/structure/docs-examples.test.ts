import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitMeanings } from '../../src/cli/exit-codes.ts';
import { type DocumentRunner, openDocumentRunner } from '../support/document-runner.ts';
import { anchorsOf, type Block, blocksOf, linksOf, missingLines } from '../support/documents.ts';
import { filesBelow, ROOT, textOf } from './source-files.ts';

const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', ...filesBelow('docs', /\.md$/)];

/** Languages that are run, and those that are looked at only. */
const RUN = ['js', 'sh'];
const SHOWN = ['mermaid', 'text'];

describe.each(DOCUMENTS)('%s', (file) => {
  const markdown = textOf(file);
  const blocks = blocksOf(markdown);

  test('every fence is a block that is run, shows what one printed, or says why not', () => {
    expect(blocks.length).toBe([...markdown.matchAll(/^\s*```/gm)].length / 2);
    for (const { language, line, notRun } of blocks) {
      const known = [...RUN, ...SHOWN].includes(language) || notRun !== undefined;
      expect(known, `${file}:${line} is ${language || 'of no language'}`).toBe(true);
    }
  });

  test('its links lead somewhere, and to no line of code', () => {
    for (const target of linksOf(markdown)) {
      if (/^https?:/.test(target)) continue;
      const [to = '', anchor] = target.split('#');
      const found = to === '' ? file : path.posix.join(path.posix.dirname(file), to);
      expect(existsSync(path.join(ROOT, found)), `${file} links to ${target}`).toBe(true);
      if (anchor !== undefined)
        expect(anchorsOf(textOf(found)), `${file} links to ${target}`).toContain(anchor);
    }
  });

  const toRun = blocks.filter(({ language, notRun }) => RUN.includes(language) && notRun === undefined);
  if (toRun.length === 0) return;

  describe('examples', () => {
    let runner: DocumentRunner;
    beforeAll(async () => {
      runner = await openDocumentRunner();
    });
    afterAll(() => runner.close());

    test.each(toRun.map((block) => [titleOf(block), block] as const))('%s', async (_, block) => {
      const printed = await runner.run(block);
      const next = blocks[blocks.indexOf(block) + 1];
      if (next?.language === 'text') expect(missingLines(next.code, printed), printed).toEqual([]);
    });
  });
});

test('the README has every exit code', () => {
  const rows = [...textOf('README.md').matchAll(/^\| ([\d, ]+) \|/gm)];
  const listed = rows.flatMap(([, codes = '']) => codes.split(',').map(Number));
  expect(listed).toEqual(exitMeanings.map(({ code }) => code));
});

test('the decisions are numbered without gaps', () => {
  const numbers = filesBelow('docs/decisions', /\.md$/).map((file) =>
    Number(path.basename(file).slice(0, 4)),
  );
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

const titleOf = ({ code, line }: Block): string => `line ${line}: ${code.split('\n', 1)[0]}`;
