import { CliError } from '../cli/errors.ts';
import { methodOutcomes } from '../cli/method-outcomes.ts';
import type { MethodRow } from '../cli/method-rows.ts';
import type { Command } from '../cli/spec.ts';
import { didYouMean } from '../cli/suggest.ts';
import { count, wrap } from '../cli/text.ts';
import type { Ui } from '../cli/ui.ts';

const columns = ['name', 'outcome', 'type', 'brand', 'payment_method', 'number', 'description'] as const;

export const methodsCommand: Command = {
  spec: {
    name: 'methods',
    description:
      'Lists the test payment methods by what they do: their short names work wherever --payment-method does, offline and on test mode. Without filters the common ones are shown, --all shows every one.',
    options: [
      {
        name: 'outcome',
        kind: 'text',
        value: 'what',
        choices: methodOutcomes,
        summary: 'what a payment comes to: succeed, decline, 3ds, …',
        common: true,
      },
      { name: '3ds', kind: 'flag', summary: 'those that ask for 3D Secure', common: true },
      {
        name: 'type',
        kind: 'text',
        value: 'type',
        summary: 'of this payment method type: sepa_debit',
        complete: 'method-types',
        common: true,
      },
      { name: 'brand', kind: 'text', value: 'brand', summary: 'cards of this brand: amex', common: true },
      { name: 'all', kind: 'flag', summary: 'every one, not only the common ones', common: true },
    ],
    examples: [
      { command: 'payintent methods', summary: 'the common ones' },
      { command: 'payintent methods --outcome decline', summary: 'everything that is declined' },
      { command: 'payintent methods --3ds', summary: 'everything that asks for 3D Secure' },
      {
        command: 'payintent methods --type sepa_debit --fields name,payment_method',
        summary: 'ids for a script',
      },
    ],
    fields: [...columns, 'group'],
    columns,
    related: ['create', 'confirm', 'explain'],
    local: true,
  },
  async run(_context, input) {
    const { methodRows } = await import('../cli/method-rows.ts');
    const all = methodRows();
    const [type, brand] = [input.text('type'), input.text('brand')?.toLowerCase()];
    requireKnown(
      '--type',
      type,
      all.map((row) => row.type),
    );
    requireKnown(
      '--brand',
      brand,
      all.flatMap((row) => (row.brand === null ? [] : [row.brand])),
    );
    const outcome = input.flag('3ds') ? '3ds' : input.text('outcome');
    const filtered = outcome !== undefined || type !== undefined || brand !== undefined;
    const everyCountry = input.flag('all') || type === 'sepa_debit';
    const rows = all.filter(
      (row) =>
        (filtered || input.flag('all') || row.common) &&
        (everyCountry || !isOtherCountry(row)) &&
        (outcome === undefined || row.outcome === outcome) &&
        (type === undefined || row.type === type) &&
        (brand === undefined || row.brand === brand),
    );
    const data = rows.map(({ common: _common, ...row }) => row);
    return {
      data,
      view: { human: (ui) => drawMethods(rows, ui), rows: data, columns, key: 'name' },
      next: input.flag('all')
        ? []
        : filtered
          ? filteredNext(rows, outcome)
          : ['payintent methods --all', 'payintent explain visa'],
    };
  },
};

/** SEPA accounts come in the same set for each of nineteen countries: one set speaks for all unless they are asked for. */
function isOtherCountry(row: MethodRow): boolean {
  return row.type === 'sepa_debit' && /^sepa-(?!de(?:-|$))[a-z]{2}(?:-|$)/.test(row.name);
}

function filteredNext(rows: readonly MethodRow[], outcome: string | undefined): string[] {
  const hidesCountries = outcome !== undefined && rows.some((row) => row.type === 'sepa_debit');
  return hidesCountries ? [`payintent methods --outcome ${outcome} --all`] : [];
}

function requireKnown(flag: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  const words = [...new Set(known)].sort();
  const near = didYouMean(value, words);
  throw new CliError('FLAG_INVALID', `${flag} does not take ${JSON.stringify(value)}`, {
    why: `${near === undefined ? '' : `${near} `}It takes ${words.join(', ')}.`,
  });
}

const gap = 2;
const leastDescription = 24;

function drawMethods(rows: readonly MethodRow[], ui: Ui): string {
  if (rows.length === 0) return 'No test payment methods match.';
  const lay = layout(rows, ui);
  const groups = [...new Set(rows.map((row) => row.group))];
  const blocks = groups.map((group) =>
    [ui.color.bold(group), ...rows.filter((row) => row.group === group).flatMap(lay)].join('\n'),
  );
  const example = rows.find((row) => row.common)?.name ?? rows[0]?.name ?? 'visa';
  return `${blocks.join('\n\n')}\n\n${count(rows.length, 'method')}. Use one: --payment-method ${example}`;
}

/** Name, what it does, and the id where there is room for it; below each other where there is little. */
function layout(rows: readonly MethodRow[], ui: Ui): (row: MethodRow) => string[] {
  const nameWidth = Math.max(...rows.map((row) => row.name.length));
  const left = ui.width - 2 - nameWidth - gap;
  if (left < leastDescription) {
    return (row) => [
      `  ${row.name}`,
      ...wrap(row.description, ui.width - 4).map((line) => `    ${ui.color.dim(line)}`),
    ];
  }
  const longest = Math.max(...rows.map((row) => row.description.length));
  const id = (row: MethodRow): string => row.payment_method ?? `type ${row.type}`;
  const withIds = longest + gap + Math.max(...rows.map((row) => id(row).length)) <= left;
  return (row) => {
    const [first = '', ...more] = wrap(row.description, left);
    const text = withIds ? `${first.padEnd(longest + gap)}${ui.color.dim(id(row))}` : first;
    const indent = ' '.repeat(2 + nameWidth + gap);
    return [`  ${row.name.padEnd(nameWidth + gap)}${text}`, ...more.map((line) => indent + line)];
  };
}
