import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSqlite } from '../../src/emulator/sqlite.ts';
import { diagnosis, doctor } from '../support/doctor.ts';
import { testKey } from '../support/fake-stripe.ts';
import { cancel, createIntent, temporaryHome } from '../support/run-cli.ts';

const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);
const settings = JSON.stringify({ testKey });
const goneNote = (pid = 4_194_300) => `${JSON.stringify({ url: 'http://127.0.0.1:1', pid, port: 1 })}\n`;

/** A file with a mode, whatever the mask of this process is. */
function put(path: string, text: string, bits: number): string {
  writeFileSync(path, text);
  chmodSync(path, bits);
  return path;
}

/** A file that nobody has touched for decades. */
function old(path: string): string {
  utimesSync(path, 1000, 1000);
  return path;
}

/** Folders that others can enter, with everything in them that can be mended. */
function broken() {
  const root = temporaryHome();
  chmodSync(root, 0o755);
  const [home, cwd, temporary] = ['payintent', 'app', 'tmp'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [home, cwd, temporary]) mkdirSync(folder);
  chmodSync(home, 0o777);
  const config = put(join(home, 'config.json'), settings, 0o644);
  const ready = put(join(cwd, 'ready.json'), goneNote(), 0o644);
  put(join(cwd, 'mine.json'), JSON.stringify({ pid: 4_194_300, and: 'more' }), 0o644);
  put(join(cwd, 'alive-ready.json'), goneNote(process.pid), 0o644);
  const draft = old(put(join(home, 'config.json.tmp-1234567890abcdef'), testKey, 0o600));
  mkdirSync(join(temporary, 'payintent-dry-run-4194300-abcDEF', 'deeper'), { recursive: true });
  mkdirSync(join(temporary, `payintent-dry-run-${process.pid}-abcDEF`));
  return { home, cwd, temporary, config, ready, draft, options: { home, cwd, env: { TMPDIR: temporary } } };
}

describe('what can be mended', () => {
  test('is named without --fix, and nothing is touched', async () => {
    const { config, options } = broken();
    const { run, checks } = await diagnosis(['--offline'], options);
    expect(run.code).toBe(7);
    expect(checks['file-modes']).toMatchObject({ verdict: 'fail', fix: 'payintent doctor --fix' });
    expect(checks['file-modes']?.reason).toContain('config.json is 0644: others can read it.');
    expect(run.json()['mendable']).toHaveLength(5);
    expect(mode(config)).toBe('644');
    const seen = await doctor(['--offline'], { ...options, tty: true });
    expect(seen.stderr).toContain('payintent doctor --fix --offline');
  });

  test('is mended with --yes, and looked at again', async () => {
    const { home, cwd, temporary, config, ready, draft, options } = broken();
    const { run, checks } = await diagnosis(['--offline', '--fix', '--yes'], options);
    expect(run.code).toBe(0);
    expect(checks['file-modes']?.verdict).toBe('pass');
    expect(checks['leftovers']?.verdict).toBe('pass');
    expect(run.json()['mended']).toHaveLength(5);
    expect([mode(home), mode(config)]).toEqual(['755', '600']);
    expect([existsSync(ready), existsSync(draft)]).toEqual([false, false]);
    expect(readdirSync(temporary)).toEqual([`payintent-dry-run-${process.pid}-abcDEF`]);
    expect(readdirSync(cwd).sort()).toEqual(['alive-ready.json', 'mine.json']);
  });

  test('is asked about, and done where it is agreed to', async () => {
    const { home, config, ready, options } = broken();
    const run = await doctor(['--offline', '--fix'], {
      ...options,
      tty: true,
      answers: [false, true, false, false, false],
    });
    expect(run.asked[1]).toContain('config.json from 0644 to 0600 (others can read it)?');
    expect(run.code).toBe(7);
    expect([mode(home), mode(config)]).toEqual(['777', '600']);
    expect(existsSync(ready)).toBe(true);
    expect(run.stderr).toContain('Done');
  });

  test('is told when a question is cancelled after something was done', async () => {
    const { home, config, options } = broken();
    const run = await doctor(['--offline', '--fix'], { ...options, tty: true, answers: [true, cancel] });
    expect(run.code).toBe(130);
    expect(run.stderr).toContain('Cancelled; 1 thing had been mended before');
    expect([mode(home), mode(config)]).toEqual(['755', '644']);
  });

  test('is left where nobody can be asked, and stderr says so', async () => {
    const { config, options } = broken();
    const run = await doctor(['--offline', '--fix'], options);
    expect(run.code).toBe(7);
    expect(run.stderr).toContain('Nothing was changed');
    expect(mode(config)).toBe('644');
  });
});

describe('what is not ours stays as it is', () => {
  /** Everything agreed to. */
  async function fixed(options: Parameters<typeof diagnosis>[1]) {
    const { run, checks } = await diagnosis(['--offline', '--fix', '--yes'], options);
    return { mended: run.json()['mended'], checks, stderr: run.stderr };
  }

  test('a configuration that is a link leads to a file that keeps its mode', async () => {
    const { home, config, options } = broken();
    const real = put(join(home, '..', 'dotfiles.json'), settings, 0o644);
    renameSync(config, `${config}.old`);
    symlinkSync(real, config);
    const { mended, checks } = await fixed(options);
    expect(mended).not.toContainEqual(expect.stringContaining('config.json '));
    expect(mode(real)).toBe('644');
    expect(checks['file-modes']).toMatchObject({
      verdict: 'fail',
      fix: expect.stringContaining(`set ${config} to 0600 yourself`),
    });
  });

  test('so does a file with a second name', async () => {
    const { home, config, options } = broken();
    linkSync(config, join(home, '..', 'other-name'));
    await fixed(options);
    expect(mode(config)).toBe('644');
  });

  test('a file that took the place of the one that was looked at keeps its mode', async () => {
    const { config, options } = broken();
    let swapped = false;
    const run = await doctor(['--offline', '--fix'], {
      ...options,
      tty: true,
      answers: [true, true, false, false, false],
      // After the first thing was done and before the question about this one.
      watch: ({ stderr }) => {
        if (swapped || !stderr.includes('Done')) return;
        swapped = true;
        renameSync(config, `${config}.old`);
        put(config, settings, 0o644);
      },
    });
    expect(swapped).toBe(true);
    expect(run.stderr).toContain('that failed');
    expect(mode(config)).toBe('644');
  });

  test('a folder with other things in it, named by PAYINTENT_HOME', async () => {
    const { home: from, config } = broken();
    const home = join(from, '..', 'project');
    renameSync(from, home);
    put(join(home, 'package.json'), '{}', 0o644);
    expect(existsSync(config)).toBe(false);
    const { checks } = await fixed({ home });
    expect([mode(home), mode(join(home, 'config.json'))]).toEqual(['777', '600']);
    expect(checks['file-modes']?.fix).toContain(`set ${home} to 0755 yourself`);
  });

  test('a config.json of another program', async () => {
    const { home, config, options } = broken();
    put(config, '{"port":3000}', 0o644);
    const { checks } = await fixed(options);
    expect(mode(config)).toBe('644');
    expect(checks['file-modes']?.verdict).toBe('pass');
    expect(mode(home)).toBe('755');
  });

  test.each([
    ['a database of another program', (file: string) => openSqlite(file).exec('CREATE TABLE t (a)')],
    ['a text', (file: string) => writeFileSync(file, 'hello')],
    ['a folder', (file: string) => mkdirSync(file)],
  ])('%s, named by --state', async (_, make) => {
    const { cwd, options } = broken();
    const file = join(cwd, 'other.db');
    make(file);
    chmodSync(file, 0o755);
    await fixed({ ...options, env: { ...options.env, PAYINTENT_STATE: file } });
    expect(mode(file)).toBe('755');
    expect(mode(cwd)).toBe('755');
  });

  test('a device', async () => {
    const { options } = broken();
    const before = mode('/dev/null');
    await fixed({ ...options, env: { ...options.env, PAYINTENT_STATE: '/dev/null' } });
    expect(mode('/dev/null')).toBe(before);
  });

  test('links, folders and notes of others under names that ours have', async () => {
    const { home, cwd, temporary, options } = broken();
    const others = join(home, '..', 'others');
    mkdirSync(others);
    const file = old(put(join(others, 'precious'), goneNote(), 0o644));
    symlinkSync(others, join(temporary, 'payintent-dry-run-4194301-abcDEF'));
    symlinkSync(file, join(cwd, 'x.payintent.tmp'));
    symlinkSync(file, join(cwd, 'linked-ready.json'));
    mkdirSync(join(home, 'config.json.tmp-99', 'precious'), { recursive: true });
    mkdirSync(join(cwd, 'folder.payintent.tmp'));
    for (const path of [join(home, 'config.json.tmp-99'), join(cwd, 'folder.payintent.tmp')]) old(path);
    // Another program's draft, and notes that are not written as ours are.
    old(put(join(cwd, 'config.json.tmp-123'), '{}', 0o644));
    const note = { pid: 4_194_300, port: 1, url: 'http://127.0.0.1:1' };
    put(join(cwd, 'server.json'), `${JSON.stringify(note)}\n`, 0o644);
    put(join(cwd, 'pretty.json'), JSON.stringify({ url: note.url, pid: note.pid, port: 1 }, null, 2), 0o644);
    const { mended } = await fixed(options);
    expect(mended).toHaveLength(5);
    expect(existsSync(file)).toBe(true);
    expect(lstatSync(join(temporary, 'payintent-dry-run-4194301-abcDEF')).isSymbolicLink()).toBe(true);
    expect(readdirSync(cwd)).toEqual(
      expect.arrayContaining([
        'x.payintent.tmp',
        'linked-ready.json',
        'folder.payintent.tmp',
        'config.json.tmp-123',
        'server.json',
        'pretty.json',
      ]),
    );
    expect(existsSync(join(home, 'config.json.tmp-99', 'precious'))).toBe(true);
  });
});

describe('modes', () => {
  test('of files that nobody else can get to are no fault', async () => {
    const home = temporaryHome();
    await createIntent(home);
    put(join(home, 'config.json'), settings, 0o644);
    chmodSync(join(home, 'emulator.db'), 0o666);
    const { checks } = await diagnosis(['--offline'], { home });
    expect(checks['file-modes']?.verdict).toBe('pass');
    chmodSync(home, 0o755);
    const open = await diagnosis(['--offline'], { home });
    expect(open.checks['file-modes']?.reason).toContain('emulator.db is 0666: others can change it.');
  });

  test('of a folder that everybody shares are told, and left', async () => {
    const { home, config, options } = broken();
    chmodSync(config, 0o600);
    chmodSync(home, 0o1777);
    const { checks } = await diagnosis(['--offline', '--fix', '--yes'], options);
    expect(checks['file-modes']).toMatchObject({
      verdict: 'inconclusive',
      fix: 'Use a directory of your own, with PAYINTENT_HOME.',
    });
    expect(statSync(home).mode & 0o1777).toBe(0o1777);
  });
});
