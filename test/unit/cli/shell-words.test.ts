import { describe, expect, test } from 'vitest';
import { shellWords } from '../../../src/cli/shell-words.ts';

describe('shellWords', () => {
  test.each([
    ['payintent create --amount 500', ['payintent', 'create', '--amount', '500']],
    ['  a\tb  ', ['a', 'b']],
    [`-d 'a b' "c d"e \\ f`, ['-d', 'a b', 'c de', ' f']],
    [`"a \\"quoted\\" word" ''`, ['a "quoted" word', '']],
    ['-d payment_method_types[]=card', ['-d', 'payment_method_types[]=card']],
    ['', []],
  ])('%s', (line, words) => {
    expect(shellWords(line)).toEqual(words);
  });

  test('puts variables in, outside of single quotes', () => {
    const variables = { SHOP: 'http://127.0.0.1:1' };
    expect(shellWords(`$SHOP/a "\${SHOP}/b" '$SHOP' $NONE/c`, variables)).toEqual([
      'http://127.0.0.1:1/a',
      'http://127.0.0.1:1/b',
      '$SHOP',
      '/c',
    ]);
  });

  test.each(['a | b', 'a > b', 'a; b', 'a && b', '$(a)', '"$(a)"', '`a`', "'open", '"open', 'a\nb'])(
    'leaves to a shell: %s',
    (line) => {
      expect(shellWords(line)).toBeUndefined();
    },
  );
});
