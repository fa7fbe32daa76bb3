import type { Difference } from '../../parity/compare-sides.ts';
import { shown } from '../../parity/verdict.ts';
import type { ReportTable } from '../reports/report-file.ts';
import { count, labelled, visibleWidth, wrap } from '../text.ts';
import type { Ui } from '../ui.ts';
import {
  type DifferenceGroup,
  differencesOf,
  factsOf,
  groupsOf,
  type LeftOut,
  leftOutOf,
  type ParityOutcome,
} from './outcome.ts';

/** Wide enough for a table of values. */
const ROOMY = 100;
/** Characters of a value in a column, and in a line of its own. */
const [CELL, LINE] = [32, 160];

const WORDS: Readonly<Record<Difference['kind'], string>> = {
  missing: 'missing',
  extra: 'extra',
  type: 'other type',
  value: 'other value',
};

/** Everything below the checks: what differs, what accounts differ in, dates and versions. Ends with an empty line. */
export async function drawOutcome(outcome: ParityOutcome, all: boolean, ui: Ui): Promise<string> {
  const { real, account } = differencesOf(outcome);
  const parts = [
    ...(await drawGroups('Differences', groupsOf(real), ui)),
    ...(all ? await drawGroups('Depends on the account', groupsOf(account), ui) : []),
    ...(all || account.length === 0
      ? []
      : [
          ...wrap(
            `--all shows what depends on the account: ${count(account.length, 'difference')}.`,
            ui.width,
          ),
          '',
        ]),
    ...drawLeftOut(leftOutOf(outcome), ui),
    ...factsOf(outcome).flatMap((fact) => wrap(fact, ui.width).map(ui.color.dim)),
    '',
  ];
  return parts.join('\n');
}

/** By reason, since many scenarios share one. */
function drawLeftOut(leftOut: readonly LeftOut[], ui: Ui): readonly string[] {
  if (leftOut.length === 0) return [];
  const reasons = new Map<string, string[]>();
  for (const { scenario, step, reason } of leftOut) {
    reasons.set(reason, [...(reasons.get(reason) ?? []), `${scenario} from step ${step}`]);
  }
  return [
    ui.color.bold('Not compared'),
    ...[...reasons].flatMap(([reason, places]) => [
      ...wrap(`${reason.charAt(0).toUpperCase()}${reason.slice(1)}`, ui.width),
      labelled('Where', places.join(', '), ui.width, ui.color.dim),
    ]),
    '',
  ];
}

async function drawGroups(
  title: string,
  groups: readonly DifferenceGroup[],
  ui: Ui,
): Promise<readonly string[]> {
  if (groups.length === 0) return [];
  const head = ui.color.bold(title);
  if (ui.width < ROOMY) return [head, ...groups.map((group) => drawGroup(group, ui)), ''];
  const { table } = await import('../table.ts');
  const rows = groups.map(({ first, scenarios }) => ({ ...first, scenarios }));
  const cell = (value: unknown): string => (value === undefined ? '' : shown(value, CELL));
  const drawn = await table(
    rows,
    [
      { title: 'Field', text: (row) => String(row['field']), drop: 0 },
      { title: 'Is', text: (row) => WORDS[row['kind'] as Difference['kind']], drop: 0 },
      { title: 'Test mode', text: (row) => cell(row['test']), drop: 0 },
      { title: 'Emulator', text: (row) => cell(row['emulator']), drop: 0 },
      {
        title: 'Where',
        text: (row) => whereOf(row as unknown as Difference, row['scenarios'] as string[]),
        drop: 0,
      },
    ],
    ui,
  );
  const fits = drawn.split('\n').length === groups.length + 1;
  return fits ? [head, drawn, ''] : [head, ...groups.map((group) => drawGroup(group, ui)), ''];
}

function drawGroup({ first, scenarios }: DifferenceGroup, ui: Ui): string {
  const { field, kind, test, emulator, depends } = first;
  const row = (label: string, text: string): string => labelled(label, text, ui.width, ui.color.dim);
  const value = (one: unknown): string => (one === undefined ? 'no such field' : shown(one, LINE));
  const short = visibleWidth(field) + 2 + WORDS[kind].length <= ui.width;
  return [
    ...(short
      ? [`${ui.color.yellow(field)}  ${ui.color.dim(WORDS[kind])}`]
      : [ui.color.yellow(field), row('Is', WORDS[kind])]),
    row('Test mode', value(test)),
    row('Emulator', value(emulator)),
    row('Where', whereOf(first, scenarios)),
    ...(depends === null ? [] : [row('Because', `of ${depends}`)]),
  ].join('\n');
}

function whereOf({ scenario, step }: Difference, scenarios: readonly string[]): string {
  const others = scenarios.length === 1 ? '' : `, and ${scenarios.length - 1} more`;
  return `${scenario} step ${step}${others}`;
}

/** The tables of a report. */
export function outcomeTables(outcome: ParityOutcome, all: boolean): readonly ReportTable[] {
  const { real, account } = differencesOf(outcome);
  const leftOut = leftOutOf(outcome);
  const tables = [
    differenceTable('Differences', real),
    ...(all ? [differenceTable('Depends on the account', account)] : []),
    {
      title: 'Not compared',
      columns: ['Scenario', 'From step', 'Because'],
      rows: leftOut.map(({ scenario, step, reason }) => [scenario, String(step), reason]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function differenceTable(title: string, differences: readonly Difference[]): ReportTable {
  return {
    title,
    columns: ['Scenario', 'Step', 'Field', 'Is', 'Test mode', 'Emulator'],
    rows: differences.map(({ scenario, step, field, kind, test, emulator }) => [
      scenario,
      String(step),
      field,
      WORDS[kind],
      test === undefined ? '' : shown(test, LINE),
      emulator === undefined ? '' : shown(emulator, LINE),
    ]),
  };
}
