import type { Machine } from '../../domain/machine.ts';
import { PAYMENT_MACHINE, SETUP_MACHINE } from '../../domain/machine.ts';
import { type Scenario, subjectOf } from '../../scenario/format.ts';

/** One point of the way an object took, or is to take. */
export interface PathPoint {
  /** What was done. */
  readonly title: string;
  /** The status afterwards; undefined while there is none. */
  readonly status: string | undefined;
  /** Types of events. */
  readonly events: readonly string[];
}

/** A way through a lifecycle. */
export interface Path {
  readonly title: string;
  readonly machine: Machine;
  readonly points: readonly PathPoint[];
}

/** The way that a scenario is to take, as its steps expect. */
export function pathOf(scenario: Scenario): Path {
  let status: string | undefined;
  const points = scenario.steps.map((step) => {
    status = step.expect?.status ?? status;
    return { title: step.title, status, events: step.expect?.events ?? [] };
  });
  return {
    title: scenario.title,
    machine: subjectOf(scenario) === 'setup' ? SETUP_MACHINE : PAYMENT_MACHINE,
    points,
  };
}
