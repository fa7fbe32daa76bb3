import { eventToActOn } from '../../domain/event-advice.ts';
import { actionWords, type Machine, PAYMENT_MACHINE } from '../../domain/machine.ts';
import type { Scenario } from '../../scenario/format.ts';
import type { Result } from '../spec.ts';
import { proseView } from '../view.ts';
import { escaped } from './markup.ts';
import { machineMermaid, pathMermaid } from './mermaid.ts';
import { renderPage } from './page.ts';
import { type Path, pathOf } from './path.ts';
import { machineSvg, pathSvg } from './svg.ts';
import { drawMachine, drawPath } from './terminal.ts';

export const DIAGRAM_FORMATS = ['terminal', 'mermaid', 'svg', 'html'] as const;

const TITLE = 'The lifecycle of a PaymentIntent';

/** The lifecycle, or the way that a scenario takes through it. */
export function diagramResult(scenario: Scenario | undefined, format: string): Result {
  const path = scenario === undefined ? undefined : pathOf(scenario);
  const data =
    path === undefined
      ? { object: 'lifecycle', statuses: PAYMENT_MACHINE.statuses, moves: PAYMENT_MACHINE.moves }
      : { object: 'lifecycle_path', title: path.title, steps: path.points };
  switch (format) {
    case 'mermaid':
      return { raw: [path === undefined ? machineMermaid(PAYMENT_MACHINE) : pathMermaid(path)] };
    case 'svg':
      return { raw: [path === undefined ? machineSvg(PAYMENT_MACHINE, TITLE) : pathSvg(path)] };
    case 'html':
      return {
        raw: [path === undefined ? machinePage(PAYMENT_MACHINE) : pathPage(path, scenario?.teaches ?? '')],
      };
    default:
      return {
        data,
        view: proseView((ui) =>
          path === undefined ? drawMachine(PAYMENT_MACHINE, TITLE, ui) : drawPath(path, ui),
        ),
      };
  }
}

function machinePage(machine: Machine): string {
  return renderPage({
    title: TITLE,
    intro: 'Every legal move. What is not here is refused with payment_intent_unexpected_state.',
    picture: machineSvg(machine, TITLE),
    tables: [
      {
        caption: 'Moves',
        head: ['From', 'Move', 'To'],
        rows: machine.moves.map(({ from, action, to }) => [
          `<code>${escaped(from)}</code>`,
          `${escaped(actionWords(action))}`,
          to.map((status) => `<code>${escaped(status)}</code>`).join(', '),
        ]),
      },
    ],
  });
}

function pathPage(path: Path, teaches: string): string {
  return renderPage({
    title: path.title,
    intro: teaches,
    picture: pathSvg(path),
    tables: [
      {
        caption: 'Steps',
        head: ['', 'Step', 'Status', 'Events', 'What to do'],
        rows: path.points.map(({ title, status, events }, index) => [
          String(index + 1),
          escaped(title),
          status === undefined ? '' : `<code>${escaped(status)}</code>`,
          events.map((type) => `<code>${escaped(type)}</code>`).join('<br>'),
          escaped(eventToActOn(events)?.advice ?? ''),
        ]),
      },
    ],
  });
}
