import { GatewayError } from '../../gateway/gateway-error.ts';
import type { Step } from '../../scenario/format.ts';
import { BadReference } from '../../scenario/references.ts';
import { CliError } from '../errors.ts';

/** A scenario that stands in a file. */
export interface ScenarioSource {
  /** As it was typed. */
  readonly file: string;
  /** The line on which each step begins, counted from 1. */
  readonly lines: readonly number[];
}

/** A step was refused, and nobody had said that it would be. `cause` says why. */
export class StepRefused extends Error {
  override readonly name = 'StepRefused';
  override readonly cause: GatewayError;
  /** A sentence that names the step. */
  readonly where: string;
  /** What to do about it, where the scenario is one's own. */
  readonly fix: string | undefined;

  constructor(cause: GatewayError, where: string, fix: string | undefined) {
    super(cause.message);
    this.cause = cause;
    this.where = where;
    this.fix = fix;
  }
}

/** A failure of a step, with the place of the step. @param index counted from 0 */
export function failedStep(
  error: unknown,
  step: Step,
  index: number,
  source: ScenarioSource | undefined,
): unknown {
  const line = source?.lines[index];
  const place = source === undefined || line === undefined ? undefined : `${source.file}:${line}`;
  if (error instanceof BadReference && place !== undefined) {
    return new CliError('SCENARIO_INVALID', `${source?.file} cannot go on: ${error.message}`, {
      why: `${place} ${error.message}: what the earlier step answered has no such field.`,
      details: { problems: [{ line, message: error.message }] },
      cause: error,
    });
  }
  // Without an answer it is not the step that failed.
  if (!(error instanceof GatewayError) || error.facts.status === undefined) return error;
  const where = `Step ${index + 1}, ${JSON.stringify(step.title)}, was refused${place === undefined ? '' : ` (${place})`}.`;
  const fix =
    place === undefined
      ? undefined
      : `Mend ${place}, or say there that it is refused: expect: { error: { status: ${error.facts.status} } }`;
  return new StepRefused(error, where, fix);
}
