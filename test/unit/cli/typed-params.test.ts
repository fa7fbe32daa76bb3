import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CliError } from '../../../src/cli/errors.ts';
import { dataOption } from '../../../src/cli/global-options.ts';
import { parseLine } from '../../../src/cli/parse.ts';
import type { CommandSpec } from '../../../src/cli/spec.ts';

const spec: CommandSpec = {
  name: 'create',
  description: 'Of these tests.',
  options: [
    { name: 'amount', kind: 'amount', value: 'minor', param: 'amount', summary: 'how much' },
    { name: 'confirm', kind: 'flag', param: 'confirm', summary: 'at once' },
    { name: 'off-session', kind: 'switch', param: 'off_session', summary: 'nobody is there' },
    { name: 'metadata', kind: 'pair', value: 'key=value', param: 'metadata', summary: 'a note' },
    { name: 'types', kind: 'items', value: 'types', param: 'types', summary: 'which' },
    { name: 'wait', kind: 'text', value: 'time', summary: 'no parameter' },
    dataOption,
  ],
  examples: [],
};

const read = (...words: readonly string[]) => parseLine(spec, words).input.params();

function refusal(...words: readonly string[]): string {
  try {
    read(...words);
  } catch (error) {
    if (error instanceof CliError)
      return `${error.code} ${error.exit}: ${error.title} ${error.why ?? ''}`.trim();
    throw error;
  }
  return 'taken';
}

describe('a parameter given twice with different values is refused, with both', () => {
  test.each([
    [['--amount', '3', '-d', 'amount=5'], 'amount is given twice: --amount 3 and -d amount=5'],
    [['-d', 'amount=5', '--amount', '3'], 'amount is given twice: --amount 3 and -d amount=5'],
    [['-d', 'amount=5', '-d', 'amount=3'], 'amount is given twice: -d amount=5 and -d amount=3'],
    [['--amount', '5', '--amount', '3'], '--amount is given twice: 5 and 3'],
    [['--confirm', '-d', 'confirm=false'], 'confirm is given twice: --confirm and -d confirm=false'],
    [
      ['--no-off-session', '-d', 'off_session=true'],
      'off_session is given twice: --no-off-session and -d off_session=true',
    ],
    [
      ['--metadata', 'a=1', '--metadata', 'a=2'],
      'metadata[a] is given twice: --metadata a=1 and --metadata a=2',
    ],
    [
      ['--metadata', 'a=1', '-d', 'metadata[a]=2'],
      'metadata[a] is given twice: --metadata a=1 and -d metadata[a]=2',
    ],
    [
      ['--types', 'card,ideal', '-d', 'types[1]=p24'],
      'types[1] is given twice: --types card,ideal and -d types[1]=p24',
    ],
    [
      ['-d', 'a=1', '-d', 'a[b]=2'],
      'a is given both a value and parameters inside it By -d a=1 and -d a[b]=2.',
    ],
    [
      ['-d', 'a[b]=2', '-d', 'a=1'],
      'a is given both a value and parameters inside it By -d a[b]=2 and -d a=1.',
    ],
    [['--off-session', '--no-off-session'], '--off-session and --no-off-session exclude each other'],
  ])('%j', (words, message) => {
    expect(refusal(...words)).toBe(`FLAGS_CONFLICT 2: ${message}`);
  });
});

describe('what is the same, or meant to be repeated, is taken', () => {
  test.each([
    [['--amount', '3', '-d', 'amount=3'], { amount: 3 }],
    [['--amount', '3', '--amount', '3'], { amount: 3 }],
    [['--confirm', '-d', 'confirm=true'], { confirm: true }],
    [['-d', 'a[]=1', '-d', 'a[]=1', '-d', 'a[]=2'], { a: ['1', '1', '2'] }],
    [['--types', 'card', '-d', 'types[]=ideal'], { types: ['card', 'ideal'] }],
    [['--metadata', 'a=1', '--metadata', 'b=2'], { metadata: { a: '1', b: '2' } }],
    [['-d', 'a[b]=1', '-d', 'ab=2', '-d', 'a[bc]=3'], { a: { b: '1', bc: '3' }, ab: '2' }],
    [['--wait', '1s', '--wait', '2s'], {}],
  ])('%j', (words, params) => {
    expect(read(...words)).toEqual(params);
  });
});

test('whatever is typed with -d, the order of different names changes nothing', () => {
  const name = fc.constantFrom('a', 'b', 'c[d]', 'c[e]', 'f[g][h]');
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(name, fc.nat(9)), { selector: ([one]) => one }), (pairs) => {
      const words = pairs.flatMap(([one, value]) => ['-d', `${one}=${value}`]);
      const turned = pairs.toReversed().flatMap(([one, value]) => ['-d', `${one}=${value}`]);
      expect(read(...words)).toEqual(read(...turned));
    }),
  );
});
