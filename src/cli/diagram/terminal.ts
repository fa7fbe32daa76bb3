import { actionWords, type Machine, nextStatuses } from '../../domain/machine.ts';
import { flow, padEnd, wrap } from '../text.ts';
import { narrow, type Ui } from '../ui.ts';
import { paintStatus } from '../views/lifecycle.ts';
import type { Path } from './path.ts';

/** The whole machine: where one move can lead from each status, then every move by its name. */
export function drawMachine(machine: Machine, title: string, ui: Ui): string {
  return [
    ui.color.bold(title),
    '',
    ...(ui.accessible ? [] : [...grid(machine, ui), '']),
    ...moves(machine, ui),
  ].join('\n');
}

/** A column for each status that something leads out of: arrows stand where one move can lead from there. */
function grid(machine: Machine, ui: Ui): string[] {
  const { statuses } = machine;
  const sources = statuses.filter((status) => nextStatuses(machine, status).length > 0);
  const width = Math.max(...statuses.map((status) => status.length));
  const reach = sources.map((source) => {
    const rows = nextStatuses(machine, source).map((status) => statuses.indexOf(status));
    return { at: statuses.indexOf(source), rows, all: [...rows, statuses.indexOf(source)] };
  });
  const head = `  ${' '.repeat(width + 2)} ${sources.map((_, index) => ` ${index + 1}`).join('')}  from`;
  const lines = statuses.map((status, row) => {
    const number = sources.indexOf(status);
    const cells = reach.map(({ at, rows, all }) => {
      if (row === at) return rows.includes(row) ? '◉' : '●';
      if (rows.includes(row)) return '◀';
      return row > Math.min(...all) && row < Math.max(...all) ? '│' : ' ';
    });
    return `  ${number < 0 ? ' ' : number + 1} ${padEnd(paintStatus(status, status, ui), width)} ${cells.map((cell) => ` ${cell}`).join('')}`.trimEnd();
  });
  return [
    ui.color.dim(head),
    ...lines,
    ...wrap('● from here  ◀ to here  ◉ both: it may also stay', ui.width - 2).map(
      (line) => `  ${ui.color.dim(line)}`,
    ),
  ];
}

function moves(machine: Machine, ui: Ui): string[] {
  return machine.statuses.flatMap((status) => {
    const rows = machine.moves.filter(({ from }) => from === status);
    const head = `  ${paintStatus(status, status, ui)}`;
    if (rows.length === 0) return [`${head}${ui.color.dim('  the end')}`];
    return [
      head,
      ...rows.flatMap(({ action, to }, index) => {
        const last = index === rows.length - 1;
        const [branch, below] = ui.accessible ? ['  ', '  '] : last ? ['└─', '  '] : ['├─', '│ '];
        const name = `${branch} ${actionWords(action)} ${ui.accessible ? 'leads to' : '▶'} `;
        const listed = to.map((status, at) => (at < to.length - 1 ? `${status},` : status));
        const lines = flow(listed, ' ', Math.max(24, ui.width - 9));
        const [only = ''] = lines;
        if (lines.length === 1 && name.length + only.length + 4 <= ui.width)
          return [`    ${ui.color.dim(name)}${only}`];
        return [
          `    ${ui.color.dim(name.trimEnd())}`,
          ...lines.map((line) => `    ${ui.color.dim(below)}   ${line}`),
        ];
      }),
    ];
  });
}

/** A way through the lifecycle, from the top: each status, and between two of them what leads on. */
export function drawPath({ title, points }: Path, ui: Ui): string {
  const lines = [ui.color.bold(title), ''];
  let before: string | undefined;
  points.forEach(({ title: step, status, events }, index) => {
    const bar = ui.accessible ? ' ' : '│';
    for (const line of wrap(`${index + 1}. ${step}`, ui.width - 6)) lines.push(`  ${bar}  ${line}`);
    for (const type of events)
      lines.push(
        `  ${ui.width < narrow ? '' : `${bar}  `}${ui.color.dim(`${ui.accessible ? 'event' : '○'} ${type}`)}`,
      );
    if (status !== undefined && status !== before) {
      if (!ui.accessible) lines.push('  ▼');
      lines.push(`  ${ui.accessible ? 'status' : '●'} ${ui.color.bold(paintStatus(status, status, ui))}`);
    }
    before = status;
  });
  return lines.join('\n');
}
