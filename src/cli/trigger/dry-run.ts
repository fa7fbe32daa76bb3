import { toQuery } from '../../gateway/form-encoding.ts';
import type { ApiRecord } from '../../gateway/gateway.ts';
import { isAdvance, isAuthenticate, type Step } from '../../scenario/format.ts';
import { outlinedRequest } from '../../scenario/outlined-request.ts';
import type { Result } from '../spec.ts';
import { labelled, labelledWhole, padEnd } from '../text.ts';
import type { Ui } from '../ui.ts';
import { paintStatus } from '../views/lifecycle.ts';

/** What a trigger would do. */
export interface Intended {
  readonly type: string;
  readonly target: string;
  /** What would be played, for people. */
  readonly flow: string;
  /** Id of the scenario; null where an intent would be continued. */
  readonly scenario: string | null;
  readonly steps: readonly Step[];
  /** Objects that exist already, by the names that steps use for them. */
  readonly given: Readonly<Record<string, ApiRecord>>;
  readonly emulated: boolean;
}

interface IntendedStep {
  readonly title: string;
  readonly kind: 'advance' | 'authenticate' | 'call';
  readonly request: { readonly method: string; readonly path: string; readonly params: ApiRecord };
  /** What the step is expected to lead to; null where nothing is said of it. */
  readonly status: string | null;
  readonly events: readonly string[];
}

/** The steps instead of the play: nothing is sent. */
export function intendedResult(intended: Intended): Result {
  const { type, scenario, target, given } = intended;
  const steps = intended.steps.map((step): IntendedStep => {
    const { method, path, params } = outlinedRequest(step, given);
    return {
      title: step.title,
      kind: isAdvance(step) ? 'advance' : isAuthenticate(step) ? 'authenticate' : 'call',
      request: { method, path, params },
      status: step.expect?.status ?? null,
      events: step.expect?.events ?? [],
    };
  });
  return {
    data: { object: 'trigger', dry_run: true, type, scenario, target, steps, event: null, events: [] },
    view: {
      human: (ui) => draw(intended, steps, ui),
      rows: steps.map(({ request, title, status, events }) => ({
        method: request.method,
        path: request.path,
        title,
        status,
        events: events.join(','),
      })),
      columns: ['method', 'path', 'status', 'events'],
      key: 'path',
    },
  };
}

const INDENT = '     ';

function draw({ type, flow, emulated }: Intended, steps: readonly IntendedStep[], ui: Ui): string {
  const { color } = ui;
  return [
    color.bold('Dry run: nothing was sent'),
    labelledWhole('Event', type, color.dim),
    labelled('Flow', flow, ui.width, color.dim),
    ...steps.map((step, index) => `\n${drawStep(step, index, { type, emulated }, ui)}`),
  ].join('\n');
}

function drawStep(
  { title, kind, request, status, events }: IntendedStep,
  index: number,
  { type, emulated }: Pick<Intended, 'emulated' | 'type'>,
  ui: Ui,
): string {
  const { color } = ui;
  const [first = '', ...rest] = labelled('', title, ui.width + 7).split('\n');
  const sent = decodeURIComponent(toQuery(request.params))
    .split('&')
    .filter((pair) => pair !== '');
  const deed = {
    call: [`${request.method} ${request.path}`, ...sent.map((pair) => `  ${pair}`)],
    authenticate: [`the customer says ${request.params['outcome'] === 'succeed' ? 'yes' : 'no'}`],
    advance: [`${emulated ? 'the clock moves on by' : 'waits'} ${String(request.params['duration'])}`],
  }[kind];
  return [
    `  ${color.dim(padEnd(`${index + 1}.`, 3))}${color.bold(first.trim())}`,
    ...rest.map((line) => INDENT + color.bold(line.trim())),
    ...deed.map((line) => INDENT + line),
    ...(status === null
      ? []
      : [`${INDENT}${ui.accessible ? 'answer:' : '→'} ${paintStatus(status, status, ui)}`]),
    ...events.map((event) =>
      event === type
        ? `${INDENT}${color.green(ui.accessible ? 'wanted' : '●')} ${color.green(event)}`
        : `${INDENT}${ui.accessible ? 'event' : '○'} ${event}`,
    ),
  ].join('\n');
}
