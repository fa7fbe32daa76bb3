import { describe, expect, it } from 'vitest';
import { explanationsOf } from '../../src/cli/explanations.ts';
import { DECLINE_CODES } from '../../src/domain/decline-codes.ts';
import { TEST_METHODS } from '../../src/domain/test-methods.ts';
import { runCli } from '../support/run-cli.ts';

/** What the emulator does not have, or what needs an object of the reader's own. */
const elsewhere = ['mb-way', 'payto', 'customer-balance'];

function suggested(word: string): string[] {
  return explanationsOf(word)
    .flatMap((sense) => [sense.facts['Use it'], sense.facts['See it']].flat())
    .filter((command) => command !== undefined);
}

async function outcomeOf(command: string): Promise<string> {
  const { code, stderr } = await runCli([...command.split(' ').slice(1), '--state', ':memory:']);
  return code === 0 || code === 3 ? String(code) : `${command}\n${stderr}`;
}

describe('what explain suggests to type', () => {
  const types = [...new Set(TEST_METHODS.map((method) => method.type))];
  const first = types.map((type) => TEST_METHODS.find((method) => method.type === type)?.name ?? '');

  it.each(first.filter((name) => !elsewhere.includes(name)))('pays with %s as it stands', async (name) => {
    const [command = ''] = suggested(name);
    expect(await outcomeOf(command)).toBe('0');
  });

  it('is a command wherever a decline code names one', async () => {
    const commands = [...new Set(DECLINE_CODES.flatMap((row) => suggested(row.code)))];
    expect(commands.length).toBeGreaterThan(8);
    for (const command of commands)
      expect(command).toMatch(/^payintent create [\w -]+ --payment-method [\w-]+( --off-session)?$/);
    const [offSession = ''] = suggested('authentication_required');
    expect(await outcomeOf(offSession)).toBe('3');
  });
});

describe('test bank accounts', () => {
  it.each(['DE89370400440532013000', 'sepa', 'pm_sepaDebit_success_de'])('are explained by %s', (word) => {
    const account = explanationsOf(word).find(({ name }) => name === 'sepa');
    expect(account?.facts).toMatchObject({
      Id: 'pm_sepaDebit_success_de',
      Account: ['iban DE89370400440532013000'],
    });
  });
});
