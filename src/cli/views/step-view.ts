import { isAdvance, isAuthenticate } from '../../scenario/format.ts';
import type { StepResult } from '../../scenario/runner.ts';
import { redact } from '../redact.ts';
import { labelled, padEnd, visibleWidth } from '../text.ts';
import type { Ui } from '../ui.ts';
import { amountOf } from './intent-view.ts';
import { paintStatus } from './lifecycle.ts';

export interface StepViewOptions {
  /** The type of event that is looked for: it is marked. */
  readonly wanted?: string;
  /** Whether the clock was moved; otherwise it was waited. */
  readonly emulated: boolean;
}

const INDENT = '     ';

/** One step of a scenario: what was done, what was answered, which events were sent. */
export function drawStep(result: StepResult, ui: Ui, options: StepViewOptions): string {
  const { color } = ui;
  const number = padEnd(`${result.index + 1}.`, 3);
  const [first = '', ...rest] = labelled('', result.step.title, ui.width + 7).split('\n');
  return [
    `  ${color.dim(number)}${color.bold(first.trim())}`,
    ...rest.map((line) => INDENT + color.bold(line.trim())),
    `${INDENT}${deed(result, options)}`,
    ...answer(result, ui),
    ...result.events.map((event) => {
      const type = String(event['type']);
      return type === options.wanted
        ? `${INDENT}${color.green(ui.accessible ? 'wanted' : '●')} ${color.green(type)}`
        : `${INDENT}${ui.accessible ? 'event' : '○'} ${type}`;
    }),
  ].join('\n');
}

function deed({ step, request }: StepResult, { emulated }: StepViewOptions): string {
  if (isAuthenticate(step))
    return step.outcome === 'succeed' ? 'the customer says yes' : 'the customer says no';
  if (isAdvance(step)) return emulated ? `the clock moves on by ${step.advance}` : `waited ${step.advance}`;
  return `${request.method} ${request.path}`;
}

function answer({ step, answer: object, error, after, status }: StepResult, ui: Ui): string[] {
  const arrow = ui.accessible ? 'answer:' : '→';
  const lines: string[] = [];
  if (error !== undefined) {
    const codes = [error.code, error.declineCode].filter(
      (code, index, all) => code !== undefined && all.indexOf(code) === index,
    );
    lines.push(`${INDENT}${arrow} ${ui.color.red(String(error.status))} ${codes.join(' · ')}`);
  }
  const shown = object ?? after;
  if (shown === undefined || isAdvance(step) || typeof shown['id'] !== 'string') {
    if (isAdvance(step) && status !== undefined)
      lines.push(`${INDENT}${arrow} ${paintStatus(status, status, ui)}`);
    return lines;
  }
  const parts = [
    redact(shown['id']),
    typeof shown['status'] === 'string' ? paintStatus(shown['status'], shown['status'], ui) : '',
    amountOf(shown),
  ].filter((part) => part !== '');
  const one = `${INDENT}${arrow} ${parts.join('  ')}`;
  if (visibleWidth(one) <= ui.width) lines.push(one);
  else lines.push(`${INDENT}${arrow} ${parts[0]}`, `${INDENT}  ${parts.slice(1).join('  ')}`);
  return lines;
}
