import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BidiMode } from '../../../src/cli/learn/bidi-mode.ts';
import { joinLetters } from '../../../src/cli/learn/joining.ts';
import {
  directed,
  directedRow,
  logLine,
  renderProse,
  type Writing,
} from '../../../src/cli/learn/prose-view.ts';
import { openPalette } from '../../../src/cli/palette.ts';
import { visibleWidth } from '../../../src/cli/text.ts';

const plain = await openPalette(false);
const arabic = (bidi: BidiMode, width = 44): Writing => ({ lang: 'ar', bidi, width, color: plain });

const RLI = '\u2067';
const RLM = '\u200f';
const LRM = '\u200e';
const LRI = '\u2066';
const PDI = '\u2069';
const joined = (text: string): string =>
  joinLetters(text)
    .map(({ form, marks }) => form + marks)
    .join('');

describe('letters', () => {
  test.each([
    ['a letter alone, first, between and last', 'ع ععع', 'ﻉ ﻋﻌﻊ'],
    ['letters that join only backwards', 'دار', 'ﺩﺍﺭ'],
    ['the hamza joins nothing', 'شيء', 'ﺷﻲﺀ'],
    ['lam and alef are one', 'لا الآن لأن الإلغاء', 'ﻻ ﺍﻵﻥ ﻷﻥ ﺍﻹﻟﻐﺎﺀ'],
    ['lam and alef after a letter that joins', 'سلام', 'ﺳﻼﻡ'],
    ['marks stay on their letter and part nothing', 'مُؤكَّد', 'ﻣُﺆﻛَّﺪ'],
    ['a mark on the lam of lam and alef', 'سِلَاح', 'ﺳِﻼَﺡ'],
    ['the stroke that lengthens joins', 'بـ', 'ﺑـ'],
    ['what is not Arabic stays as it is', 'PaymentIntent 1099', 'PaymentIntent 1099'],
  ])('%s', (_, text, shown) => {
    expect(joined(text)).toBe(shown);
  });

  test('every form is the same letter to whoever searches for it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ابتثلمنهويءآأإؤئىةدرزسشصضطعغفقكًُّ ') }), (text) => {
        const marks = /[\u064b-\u0652]/g;
        const written = text.normalize('NFKC');
        expect(joined(text).normalize('NFKC').replace(marks, '')).toBe(written.replace(marks, ''));
      }),
    );
  });
});

describe('a line in the order of the columns', () => {
  test.each([
    ['words run from the right', 'نية الدفع', 'ﻊﻓﺪﻟﺍ ﺔﻴﻧ'],
    ['a full stop ends at the left', 'تم.', '.ﻢﺗ'],
    ['code stays whole and left to right', 'حالتها `requires_action` الآن.', '.ﻥﻵﺍ requires_action ﺎﻬﺘﻟﺎﺣ'],
    ['two codes run from the right', '`amount=5000` و`currency=usd`', 'currency=usdﻭ amount=5000'],
    ['flags keep their dashes', 'أضف `--capture-method manual` هنا', 'ﺎﻨﻫ --capture-method manual ﻒﺿﺃ'],
    ['code with brackets of its own', 'انظر `f(x)`', 'f(x) ﺮﻈﻧﺍ'],
    ['a name that begins with a digit', 'التحقق 3D Secure هنا', 'ﺎﻨﻫ 3D Secure ﻖﻘﺤﺘﻟﺍ'],
    ['an amount keeps its sign', 'ادفع $50.00 الآن', 'ﻥﻵﺍ $50.00 ﻊﻓﺩﺍ'],
    ['a number alone', 'بعد 10.99 دولارًا', 'ﺍﺭًﻻﻭﺩ 10.99 ﺪﻌﺑ'],
    ['brackets around Arabic are turned', 'التفويض (حجز المبلغ)', '(ﻎﻠﺒﻤﻟﺍ ﺰﺠﺣ) ﺾﻳﻮﻔﺘﻟﺍ'],
    ['the question mark', 'ما هذا؟', '؟ﺍﺬﻫ ﺎﻣ'],
  ])('%s', (_, text, shown) => {
    expect(directed(text, { lang: 'ar', bidi: 'visual', color: plain })).toBe(shown);
  });

  test('English around Arabic stays where it is', () => {
    expect(directed('Payment Intent / نية الدفع.', { lang: 'en', bidi: 'visual', color: plain })).toBe(
      'Payment Intent / ﻊﻓﺪﻟﺍ ﺔﻴﻧ.',
    );
  });

  test('styles stay on their words', async () => {
    const color = await openPalette(true);
    expect(directed('حالة `a` **قوية**', { lang: 'ar', bidi: 'visual', color })).toBe(
      `${color.bold('ﺔﻳﻮﻗ')} ${color.cyan('a')} ﺔﻟﺎﺣ`,
    );
  });

  test('for terminals that turn words, letters stay in the order of reading', () => {
    expect(directed('نية الدفع (تم): `a`، حالة.', { lang: 'ar', bidi: 'words', color: plain })).toBe(
      '.حالة ،a :(تم) الدفع نية',
    );
  });
});

test('a style for the whole line is given the line and nothing else', () => {
  const shown = directed('نية الدفع', { lang: 'ar', bidi: 'logical', color: plain }, (...given) =>
    String(given),
  );
  expect(shown).toBe('نية الدفع');
});

describe('a text', () => {
  test('begins at the right, and is broken in the order of reading', () => {
    expect(renderProse('نية الدفع كائن يتابع عملية دفع واحدة.', arabic('visual', 20))).toBe(
      [' ﻊﺑﺎﺘﻳ ﻦﺋﺎﻛ ﻊﻓﺪﻟﺍ ﺔﻴﻧ'.trimStart().padStart(20), '.ﺓﺪﺣﺍﻭ ﻊﻓﺩ ﺔﻴﻠﻤﻋ'.padStart(20)].join('\n'),
    );
  });

  test('a terminal that orders by itself gets marks: for the line, and for what is read from the left', () => {
    expect(renderProse('حالتها `requires_action` مع 3D Secure.', arabic('terminal', 60))).toBe(
      `${' '.repeat(60 - 36)}${RLI}حالتها ${LRI}requires_action${PDI} مع ${LRI}3D Secure${PDI}.${PDI}`,
    );
  });

  test('no line for such a terminal begins with a mark, which VTE would lose', () => {
    const text = 'كلمة '.repeat(40).trim();
    for (const width of [20, 24, 25, 44])
      for (const line of renderProse(text, arabic('terminal', width)).split('\n')) expect(line).toMatch(/^ /);
  });

  test('a file gets the order of reading, and marks around code only', () => {
    expect(renderProse('حالتها `requires_action` مع 3D Secure.', arabic('logical', 60))).toBe(
      `حالتها ${LRI}requires_action${PDI} مع 3D Secure.`,
    );
  });

  test('mlterm gets the side of each line, and marks beside what is read from the left', () => {
    expect(renderProse('- حالتها `a`، مع 3D Secure الآن.', arabic('marks', 30))).toBe(
      `${RLM}- حالتها ${LRM}a${LRM}، مع ${LRM}3D Secure${LRM}\n${RLM}  الآن.`,
    );
  });

  test('lists hang, and fenced code stays at the left', () => {
    expect(
      renderProse('- واحد اثنان ثلاثة أربعة\n- `a`\n\n```sh\npayintent create\n```', arabic('visual', 18)),
    ).toBe(
      [
        'ﺔﺛﻼﺛ ﻥﺎﻨﺛﺍ ﺪﺣﺍﻭ -'.padStart(18),
        'ﺔﻌﺑﺭﺃ'.padStart(16),
        'a -'.padStart(18),
        '',
        '  payintent create',
      ].join('\n'),
    );
  });

  test('code that is wider than the line gets one of its own, whole', () => {
    const code = 'next_action.redirect_to_url.return_url_and_more';
    const lines = renderProse(`اكتب: \`${code}\`.`, arabic('visual')).split('\n');
    expect(lines).toEqual([':ﺐﺘﻛﺍ'.padStart(44), `.${code}`]);
  });

  test.each([
    ['اكتب: `payintent create --amount 5000 --currency usd`.', ':ﺐﺘﻛﺍ', []],
    ['اكتب: `payintent create --amount 5000 --currency usd`، ثم انظر', ':ﺐﺘﻛﺍ', ['ﺮﻈﻧﺍ ﻢﺛ']],
  ])(
    'a command that is wider goes on in the next line, with nothing else there: %s',
    (text, before, after) => {
      const lines = renderProse(text, arabic('visual')).split('\n');
      expect(lines.map((line) => line.trim())).toEqual([
        before,
        'payintent create --amount 5000 \\',
        '--currency usd',
        ...after,
      ]);
    },
  );

  test('no line ends in the middle of a name', () => {
    const lines = renderProse('السر الخاص بالعميل (client secret)، و3D Secure.', arabic('visual', 30)).split(
      '\n',
    );
    expect(lines.map((line) => line.trim())).toEqual(['ﻞﻴﻤﻌﻟﺎﺑ ﺹﺎﺨﻟﺍ ﺮﺴﻟﺍ', '.3D Secureﻭ ،(client secret)']);
  });

  test('a line of a log is read from the left, with Arabic words in it', () => {
    const text = 'POST /webhook order_4 (بلا توقيع)';
    expect(logLine(text, arabic('visual'))).toBe('POST /webhook order_4 (ﻊﻴﻗﻮﺗ ﻼﺑ)');
    expect(logLine(text, arabic('terminal'))).toBe(text);
  });

  test('a label stands at the right of its text', () => {
    expect(directedRow('الحالة', 'تم الدفع كله الآن', arabic('visual', 28), { labelWidth: 8 })).toBe(
      ['ﻥﻵﺍ ﻪﻠﻛ ﻊﻓﺪﻟﺍ ﻢﺗ  ﺔﻟﺎﺤﻟﺍ'.padStart(28)].join('\n'),
    );
  });

  test('English is as it was', () => {
    const text = 'An **intent** has a `status`.\n\n- one\n- two';
    expect(renderProse(text, { ...arabic('visual', 16), lang: 'en' })).toBe(
      'An intent has a\nstatus.\n\n- one\n- two',
    );
  });
});

describe('whatever the text', () => {
  const word = fc.string({ unit: fc.constantFrom(...'ابتلمنهيواأإءةدرسشعقكَُّ'), minLength: 1, maxLength: 9 });
  const code = fc
    .constantFrom(
      'pi_3Abc',
      'requires_action',
      '--amount 5000',
      'payment_intent.*',
      '{"a":[1]}',
      '/v1/refunds',
      '50%',
    )
    .map((text) => `\`${text}\``);
  const part = fc.oneof(
    { weight: 5, arbitrary: word },
    { weight: 2, arbitrary: code },
    {
      weight: 1,
      arbitrary: fc.constantFrom('Stripe', '3D Secure', '$50.00', '1099', '(كلمة)', 'نعم،', 'لا؟', '**قوي**'),
    },
  );
  const text = fc.array(part, { minLength: 1, maxLength: 40 }).map((parts) => parts.join(' '));
  const width = fc.integer({ min: 20, max: 90 });
  const bidi = fc.constantFrom<BidiMode>('logical', 'marks', 'terminal', 'visual', 'words');

  const codesIn = (source: string): string[] =>
    [...source.matchAll(/`([^`]+)`/g)].map(([, inner = '']) => inner);
  /** What is left when order, forms, marks for direction and layout are taken away. */
  const letters = (shown: string): string =>
    [...shown.normalize('NFKC').replace(/[\u200e\u200f\u2066-\u2069\s`*]|[()[\]{}]/g, '')].sort().join('');

  test('nothing is lost and nothing comes to it', () => {
    fc.assert(
      fc.property(text, width, bidi, (source, columns, mode) => {
        expect(letters(renderProse(source, arabic(mode, columns)))).toBe(letters(source));
      }),
    );
  });

  test('no line is wider than asked for, but for code', () => {
    fc.assert(
      fc.property(text, width, bidi, (source, columns, mode) => {
        for (const line of renderProse(source, arabic(mode, columns)).split('\n'))
          if (visibleWidth(line) > columns)
            expect(codesIn(source).some((one) => line.includes(one))).toBe(true);
      }),
    );
  });

  test('code is whole, and follows in the order of reading', () => {
    fc.assert(
      fc.property(text, width, fc.constantFrom<BidiMode>('visual', 'words'), (source, columns, mode) => {
        let lines = renderProse(source, arabic(mode, columns)).split('\n');
        for (const one of codesIn(source)) {
          // Read from the right: what was found leaves its place and everything to the right of it.
          const at = lines.findIndex((line) => line.includes(one));
          expect(at).toBeGreaterThanOrEqual(0);
          const line = lines[at] ?? '';
          lines = [line.slice(0, line.lastIndexOf(one)), ...lines.slice(at + 1)];
        }
      }),
    );
  });

  test('words alone are the order of reading, turned around', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        const source = words.join(' ').replace(/ [َُّ]+/g, ' ').replace(/^[َُّ]+/, '').trim();
        if (source === '') return;
        const shown = directed(source, { lang: 'ar', bidi: 'visual', color: plain });
        const places = joinLetters(source).map(({ form, marks }) => form + marks);
        expect(shown).toBe(places.reverse().join(''));
      }),
    );
  });
});
