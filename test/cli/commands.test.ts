import { beforeAll, describe, expect, it } from 'vitest';
import { exitMeanings } from '../../src/cli/exit-codes.ts';
import { helpTopics } from '../../src/cli/help-topics.ts';
import { intentFields } from '../../src/cli/intent-fields.ts';
import { optionsOf } from '../../src/cli/parse.ts';
import type { CommandEntry } from '../../src/cli/registry.ts';
import type { Command } from '../../src/cli/spec.ts';
import { registry } from '../../src/commands/registry.ts';
import { PAYMENT_INTENT_FIELDS } from '../../src/domain/payment-intent-fields.ts';
import { runCli, temporaryHome } from '../support/run-cli.ts';
import { splitWords } from '../support/split-words.ts';

const visible = registry.filter((entry) => entry.hidden !== true);
const commands = new Map<CommandEntry, Command>();

beforeAll(async () => {
  for (const entry of registry) commands.set(entry, await entry.load());
});

function specOf(entry: CommandEntry) {
  const command = commands.get(entry);
  if (command === undefined) throw new Error(entry.name);
  return command.spec;
}

describe.each(visible.map((entry) => [entry.name, entry] as const))('%s', (name, entry) => {
  it('is registered under its own name', () => {
    expect(specOf(entry).name).toBe(name);
    expect(visible.filter((other) => other.name === name)).toHaveLength(1);
  });

  it('has a summary without a full stop, a description with one, and an example', () => {
    const spec = specOf(entry);
    expect(entry.summary).toMatch(/^[a-z].*[^.]$/);
    expect(spec.description).toMatch(/^[A-Z]/);
    expect(spec.examples.length).toBeGreaterThan(0);
    for (const { command, summary } of spec.examples) {
      expect(command.startsWith(`payintent ${name}`)).toBe(true);
      expect(summary).not.toMatch(/\.$/);
    }
  });

  it('names only exit codes and commands that exist', () => {
    const spec = specOf(entry);
    const codes = exitMeanings.map(({ code }) => code);
    for (const code of spec.exits ?? []) expect(codes).toContain(code);
    const known = [
      ...visible.flatMap((other) => [other.name, other.name.split(' ')[0]]),
      ...helpTopics.map((topic) => `help ${topic.name}`),
    ];
    for (const related of spec.related ?? []) expect(known).toContain(related);
  });

  it('has flags with one meaning each, in kebab-case', () => {
    const options = optionsOf(specOf(entry));
    const names = options.flatMap((option) => [
      option.name,
      ...(option.short === undefined ? [] : [option.short]),
    ]);
    expect(new Set(names).size).toBe(names.length);
    for (const option of options) {
      expect(option.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(option.summary).not.toMatch(/^[A-Z]|\.$/);
      if (option.param !== undefined && !option.param.includes('[')) {
        expect(option.param.replaceAll('_', '-')).toBe(option.name);
      }
    }
  });

  // `help --help` is the help of everything.
  it.skipIf(name === 'help')('shows the same flags in help, in --help --json and to the shell', async () => {
    const own = (specOf(entry).options ?? [])
      .filter((option) => option.hidden !== true)
      .map((option) => option.name);
    const { stdout } = await runCli([...name.split(' '), '--help']);
    const data = (await runCli([...name.split(' '), '--help', '--json'])).json();
    const { stdout: completed } = await runCli(['__complete', '--', ...name.split(' '), '--']);
    for (const flag of own) {
      expect(stdout).toMatch(new RegExp(`--(\\[no-\\])?${flag}\\b`));
      expect(completed).toMatch(new RegExp(`^--${flag}\\b`, 'm'));
    }
    expect((data['options'] as { name: string }[]).map((option) => option.name)).toEqual(own);
  });
});

describe('examples', () => {
  const examples = visible.flatMap((entry) => [entry]);
  it.each(examples.map((entry) => [entry.name, entry] as const))(
    'of %s run offline',
    async (_name, entry) => {
      for (const example of specOf(entry).examples) {
        if (example.illustrative === true) continue;
        const home = temporaryHome();
        let intent = '';
        for (const given of example.given ?? []) {
          const { code, stdout, stderr } = await runCli([...splitWords(given).slice(1), '-q'], { home });
          expect([given, code, stderr]).toEqual([given, 0, '']);
          intent = stdout.trim();
        }
        const words = splitWords(example.command.replaceAll('{intent}', intent)).slice(1);
        const { code, stderr } = await runCli(words, { home });
        expect([example.command, code, code === (example.exit ?? 0) ? '' : stderr]).toEqual([
          example.command,
          example.exit ?? 0,
          '',
        ]);
      }
    },
  );
});

it('--help --json gives the whole tree', async () => {
  const tree = (await runCli(['--help', '--json'])).json();
  expect((tree['commands'] as { name: string }[]).map(({ name }) => name)).toEqual(
    visible.map(({ name }) => name),
  );
});

it.each(helpTopics.map((topic) => topic.name))(
  'help %s can be read by people and programs',
  async (topic) => {
    const text = await runCli(['help', topic]);
    expect(text.stdout.split('\n').length).toBeGreaterThan(5);
    const data = JSON.parse((await runCli(['help', topic, '--json'])).stdout);
    expect(Object.keys(data).length).toBeGreaterThan(3);
  },
);

it('the fields of an intent are those of the types and of the recordings', () => {
  const documented = PAYMENT_INTENT_FIELDS.map(({ field }) => field);
  expect(intentFields.filter((field) => !documented.includes(field))).toEqual([
    'shared_payment_granted_token',
  ]);
  expect(documented.filter((field) => !intentFields.some((known) => known === field))).toEqual([]);
});

it('every field of an answer is one that --fields takes', async () => {
  const answer = (await runCli(['create', '--amount', '1099', '--currency', 'eur', '--json'])).json();
  for (const field of Object.keys(answer)) expect(intentFields).toContain(field);
});

describe('completion', () => {
  const complete = async (home: string, ...words: string[]) =>
    (await runCli(['__complete', '--', ...words], { home })).stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t')[0]);

  it('knows commands, groups and their members', async () => {
    const home = temporaryHome();
    expect(await complete(home, 'c')).toEqual(
      expect.arrayContaining(['create', 'confirm', 'capture', 'config']),
    );
    expect(await complete(home, 'config', 's')).toEqual(['show', 'set-key', 'set']);
    expect(await complete(home, 'help', 'stat')).toEqual(['statuses']);
  });

  it('knows values', async () => {
    const home = temporaryHome();
    expect(await complete(home, 'confirm', 'pi_1', '--payment-method', '3ds-a')).toContain('3ds-always');
    expect(await complete(home, 'retrieve', 'pi_1', '--expect', 'succ')).toEqual(['succeeded']);
    expect(await complete(home, 'retrieve', 'pi_1', '--expect=succ')).toEqual(['--expect=succeeded']);
    expect(await complete(home, 'create', '--capture-method', 'm')).toEqual(['manual']);
    expect(await complete(home, 'create', '--currency', 'eu')).toEqual(['eur']);
    expect(await complete(home, 'completion', 'z')).toEqual(['zsh']);
    expect(await complete(home, 'smoke', '--only', 'key-pre')).toEqual(['key-present']);
    expect(await complete(home, 'webhook', 'test', '--skip', 'raw')).toEqual(['raw-body']);
    expect(await complete(home, 'advise', '--only', 'retry')).toEqual(['retry-new-key']);
    expect(await complete(home, 'retrieve', 'pi_1', '--fields', 'amount_rec')).toEqual(['amount_received']);
  });

  it('goes on after a comma, with what was not named yet', async () => {
    const home = temporaryHome();
    expect(await complete(home, 'advise', '--only', 'key-reused,ke')).toEqual([]);
    expect(await complete(home, 'advise', '--only', 'polling,ke')).toEqual(['polling,key-reused']);
    expect(await complete(home, 'advise', '--only=polling,ke')).toEqual(['--only=polling,key-reused']);
    expect(await complete(home, 'create', '--currency', 'usd,eu')).toEqual([]);
  });

  it('knows the newest intents of the emulator, and makes no state to find out', async () => {
    const home = temporaryHome();
    expect(await complete(home, 'retrieve', '')).toEqual([]);
    const { stdout } = await runCli(['create', '--amount', '1099', '--currency', 'eur', '-q'], { home });
    expect(await complete(home, 'retrieve', 'pi_')).toEqual([stdout.trim()]);
  });

  it.each(['bash', 'zsh', 'fish', 'powershell'])('has a script for %s', async (shell) => {
    const { stdout, code } = await runCli(['completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toContain('payintent __complete --');
  });
});
