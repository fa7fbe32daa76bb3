import { expectedStatuses, type Scenario } from '../../scenario/format.ts';
import { SCENARIO_GROUPS, type ScenarioGroup } from '../../scenario/library/all.ts';
import { offlineOnly } from '../../scenario/runner.ts';
import type { Result } from '../spec.ts';
import { count, wrap } from '../text.ts';
import type { Ui } from '../ui.ts';

/** A scenario as `simulate --list` shows it. */
export interface ScenarioRow {
  readonly name: string;
  /** What it is about, with others: `Refunds`. */
  readonly group: string;
  readonly title: string;
  readonly teaches: string;
  /** The statuses it goes through, in order. */
  readonly statuses: readonly string[];
  readonly steps: number;
  readonly targets: readonly ('offline' | 'test')[];
  /** Why not on Stripe's test mode; null where it works there too. */
  readonly reason: string | null;
}

export const listColumns = ['name', 'title', 'statuses'] as const;

/** The scenarios to walk through: those about something that has a status. */
export function walkthroughGroups(): readonly ScenarioGroup[] {
  return SCENARIO_GROUPS.map(({ title, scenarios }) => ({
    title,
    scenarios: scenarios.filter((scenario) => expectedStatuses(scenario).length > 0),
  })).filter(({ scenarios }) => scenarios.length > 0);
}

export function walkthroughs(): readonly Scenario[] {
  return walkthroughGroups().flatMap(({ scenarios }) => scenarios);
}

function scenarioRow(scenario: Scenario, group: string): ScenarioRow {
  const reason = offlineOnly(scenario);
  return {
    name: scenario.id,
    group,
    title: scenario.title,
    teaches: scenario.teaches,
    statuses: expectedStatuses(scenario),
    steps: scenario.steps.length,
    targets: reason === undefined ? ['offline', 'test'] : ['offline'],
    reason: reason ?? null,
  };
}

export function listResult(): Result {
  const rows = walkthroughGroups().flatMap(({ title, scenarios }) =>
    scenarios.map((scenario) => scenarioRow(scenario, title)),
  );
  return {
    data: rows,
    view: {
      human: (ui) => drawList(rows, ui),
      rows: rows.map((row) => ({ ...row, statuses: row.statuses.join(',') })),
      columns: listColumns,
      key: 'name',
    },
    next: ['payintent simulate card-success', 'payintent simulate --diagram'],
  };
}

function drawList(rows: readonly ScenarioRow[], ui: Ui): string {
  const blocks = rows.map(({ name, group, title, teaches, statuses }, index) =>
    [
      ...(rows[index - 1]?.group === group ? [] : [...(index === 0 ? [] : ['']), ui.color.bold(group)]),
      `  ${ui.color.cyan(name)}`,
      ...indented(title, ui, (line) => line),
      ...indented(teaches, ui, ui.color.dim),
      ...indented(statuses.join(ui.accessible ? ' then ' : ' → '), ui, ui.color.dim),
    ].join('\n'),
  );
  return `${blocks.join('\n')}\n\n${count(rows.length, 'scenario')}.`;
}

const indented = (text: string, ui: Ui, paint: (line: string) => string): string[] =>
  wrap(text, ui.width - 4).map((line) => `    ${paint(line)}`);
