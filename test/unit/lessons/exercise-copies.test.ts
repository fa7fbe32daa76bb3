import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { copyOf, differences, placeCopy, putVersion } from '../../../src/lessons/exercises/copy.ts';
import { PROGRAMS } from '../../../src/lessons/exercises/exercise.ts';
import { lineDiff } from '../../../src/lessons/exercises/line-diff.ts';
import { shippedText } from '../../../src/lessons/exercises/programs.ts';
import { visitCommand } from '../../../src/lessons/exercises/visit.ts';

let folder: string;
beforeEach(() => {
  const made = mkdtempSync(path.join(tmpdir(), 'payintent-copies-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  folder = path.join(made, 'not-there-yet');
});

describe.each(PROGRAMS)('the learner’s copy of %s', (program) => {
  const file = () => copyOf(folder, program);

  test('is put there once, and then left alone', async () => {
    expect(await placeCopy(folder, program)).toEqual({ file: file(), state: 'start', written: true });
    expect(await placeCopy(folder, program)).toEqual({ file: file(), state: 'start', written: false });
    writeFileSync(file(), '// mine\n');
    expect(await placeCopy(folder, program)).toEqual({ file: file(), state: 'changed', written: false });
    expect(readFileSync(file(), 'utf8')).toBe('// mine\n');
  });

  test('gives way to a version, and what the learner wrote is kept beside it', async () => {
    await placeCopy(folder, program);
    expect(await putVersion(folder, program, 'mended')).toBeUndefined();
    expect(readFileSync(file(), 'utf8')).toBe(await shippedText(program, 'mended'));
    const kept = [];
    for (const text of ['// one\n', '// two\n', '// one\n']) {
      writeFileSync(file(), text);
      const beside = String(await putVersion(folder, program, 'start'));
      expect(readFileSync(beside, 'utf8')).toBe(text);
      kept.push(path.basename(beside));
    }
    expect(kept).toEqual([1, 2, 1].map((number) => `${program}.yours-${number}.mjs`));
    expect(existsSync(file())).toBe(true);
  });

  test('differs from the mended version in a few lines', async () => {
    await placeCopy(folder, program);
    const lines = await differences(folder, program, 'mended');
    expect(lines.filter(({ mark }) => mark === '+').length).toBeGreaterThan(2);
    expect(lines.length).toBeLessThan(45);
    await putVersion(folder, program, 'mended');
    expect(await differences(folder, program, 'mended')).toEqual([]);
  });

  test('is short', async () => {
    for (const version of ['start', 'mended'] as const)
      expect((await shippedText(program, version)).split('\n').length).toBeLessThanOrEqual(85);
  });
});

test('a difference is what turns the one text into the other', () => {
  const texts = ['a\nb\nc\nd\ne\nf\ng', 'a\nB\nc\nd\ne\nf\ng\nh', '', 'g\nf', 'a\na\nb', 'x'];
  const marked = (from: string, to: string, mark: '+' | '-') =>
    lineDiff(from, to).flatMap((line) => (line.mark === mark ? [line.text] : []));
  for (const from of texts)
    for (const to of texts) {
      const kept = from.split('\n');
      for (const gone of marked(from, to, '-')) kept.splice(kept.indexOf(gone), 1);
      expect([...kept, ...marked(from, to, '+')].sort(), `${from} -> ${to}`).toEqual(to.split('\n').sort());
    }
  expect(lineDiff('1\n2\n3\n4\n5\n6\n7\n8\n9', '1\n2\n3\n4\n5\n6\n7\n8\nX')).toEqual([
    { mark: ' ', text: '7' },
    { mark: ' ', text: '8' },
    { mark: '-', text: '9' },
    { mark: '+', text: 'X' },
  ]);
});

test('visits are written as commands that a shell takes', () => {
  const title = 'x';
  expect(visitCommand({ title, method: 'GET', path: '/orders' }, '$SHOP')).toBe('curl $SHOP/orders');
  expect(visitCommand({ title, method: 'POST', path: '/checkout' }, '$SHOP')).toBe(
    'curl -X POST $SHOP/checkout',
  );
  const form = { item: 'a shirt', quantity: '-1' };
  expect(visitCommand({ title, method: 'POST', path: '/checkout', form }, '$SHOP')).toBe(
    "curl $SHOP/checkout -d 'item=a shirt' -d quantity=-1",
  );
  const json = { type: 'payment_intent.succeeded', data: { object: { description: "it's" } } };
  expect(visitCommand({ title, method: 'POST', path: '/webhook', json }, '$SHOP').split(' \\\n')).toEqual([
    'curl $SHOP/webhook',
    "  -H 'content-type: application/json'",
    `  -d '${JSON.stringify(json).replace("'", "'\\''")}'`,
  ]);
  expect(visitCommand({ title, deliver: 'charge.succeeded', about: 'pi_1', path: '/webhook' }, '$SHOP')).toBe(
    'payintent events replay --last 1 \\\n  --types charge.succeeded \\\n  --intent pi_1 \\\n  --to $SHOP/webhook',
  );
});
