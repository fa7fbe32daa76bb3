import { appendFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type JournalEntry, openJournal, readJournal } from '../../../src/gateway/forwarding/journal.ts';
import { temporaryHome } from '../../support/run-cli.ts';

const entry = (event: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
  event,
  url: 'http://localhost:1/a',
  status: 'succeeded',
  attempts: 1,
  ...more,
});

const fail = (error: unknown): never => {
  throw error;
};

test('the newest attempt counts, for each destination, of the events asked for', () => {
  const directory = temporaryHome();
  const journal = openJournal(directory, 'here', fail);
  journal.note(entry('evt_1', { status: 'failed' }));
  journal.note(entry('evt_2'));
  journal.note(entry('evt_1', { url: 'http://localhost:1/b' }));
  journal.note(entry('evt_1', { attempts: 2 }));
  journal.close();
  expect(readJournal(directory, 'here', new Set(['evt_1']))).toEqual([
    entry('evt_1', { attempts: 2 }),
    entry('evt_1', { url: 'http://localhost:1/b' }),
  ]);
  expect(readJournal(directory, 'elsewhere', new Set(['evt_1']))).toEqual([]);
  const [file = ''] = readdirSync(directory);
  expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
});

test('a line that is half written is passed over', () => {
  const directory = temporaryHome();
  const journal = openJournal(directory, 'here', fail);
  journal.note(entry('evt_1'));
  journal.close();
  const [file = ''] = readdirSync(directory);
  appendFileSync(join(directory, file), '{"event":"evt_2","url"');
  expect(readJournal(directory, 'here', new Set(['evt_1', 'evt_2']))).toEqual([entry('evt_1')]);
});

test('a long file is put aside and still read', async () => {
  const directory = temporaryHome();
  const first = openJournal(directory, 'here', fail);
  first.note(entry('evt_1'));
  first.close();
  const path = join(directory, readdirSync(directory)[0] ?? '');
  appendFileSync(path, `${' '.repeat(5 * 1024 * 1024)}\n`);
  const second = openJournal(directory, 'here', fail);
  second.note(entry('evt_2'));
  await expect.poll(() => existsSync(`${path}.1`)).toBe(true);
  await expect
    .poll(() => readJournal(directory, 'here', new Set(['evt_1', 'evt_2'])))
    .toEqual([entry('evt_1'), entry('evt_2')]);
  second.close();
});
