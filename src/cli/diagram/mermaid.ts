import { actionWords, type Machine } from '../../domain/machine.ts';
import type { Path } from './path.ts';

/** A colon ends a label's name, and a semicolon its line. */
const label = (text: string): string => text.replace(/[:;]/g, ',');

/** The whole machine as a Mermaid state diagram. */
export function machineMermaid(machine: Machine): string {
  const byPair = new Map<string, string[]>();
  for (const { from, action, to } of machine.moves) {
    for (const status of to) {
      const pair = `${from} --> ${status}`;
      byPair.set(pair, [...(byPair.get(pair) ?? []), actionWords(action)]);
    }
  }
  const ends = machine.statuses.filter((status) => machine.moves.every(({ from }) => from !== status));
  return [
    'stateDiagram-v2',
    `  [*] --> ${machine.statuses[0]}: create`,
    ...[...byPair].map(([pair, actions]) => `  ${pair}: ${label(actions.join(', '))}`),
    ...ends.map((status) => `  ${status} --> [*]`),
    '',
  ].join('\n');
}

/** A way through the machine as a Mermaid state diagram; its steps are numbered. */
export function pathMermaid({ title, points }: Path): string {
  const lines = ['---', `title: ${label(title)}`, '---', 'stateDiagram-v2'];
  let before = '[*]';
  points.forEach(({ title: step, status }, index) => {
    if (status === undefined) return;
    lines.push(`  ${before} --> ${status}: ${index + 1} ${label(step)}`);
    before = status;
  });
  return `${lines.join('\n')}\n`;
}
