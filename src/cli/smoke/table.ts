import type { CheckResult } from '../../domain/check-result.ts';
import { CHECK_ROWS } from '../../smoke/checks.ts';
import type { Context } from '../context.ts';
import { outputMode } from '../output.ts';
import { RunningLine } from '../running-line.ts';
import { isAccessible } from '../terminal.ts';
import { checkColumns, checkLine, skippedLines } from '../views/checks-view.ts';

export const idWidth = Math.max(...CHECK_ROWS.map(({ id }) => id.length));

/** The table of checks as it fills: a line as soon as each has ended, and a word about what is under way. */
export class SmokeTable {
  readonly #context: Context;
  readonly #isOwn: boolean;
  readonly #running = new Set<string>();
  readonly #line: RunningLine;
  /** People see what was skipped for one reason as one line, so that failures stay in sight. */
  #skipped: CheckResult[] = [];

  /** @param isOwn false where something else than the table has stdout */
  constructor(context: Context, isOwn: boolean) {
    const { globals, host } = context;
    this.#context = context;
    this.#isOwn = isOwn;
    const forPeople = outputMode(globals, host.stdout.isTTY) === 'human' && globals.fields.length === 0;
    this.#line = new RunningLine(host.stderr, forPeople && !isAccessible(host.env));
  }

  /** Whether checks are shown one by one, or all of them in one answer. */
  get streams(): boolean {
    const { globals } = this.#context;
    return this.#isOwn && !globals.json && globals.fields.length === 0;
  }

  begin(id: string): void {
    this.#running.add(id);
    this.#announce();
  }

  end(check: CheckResult): void {
    this.#running.delete(check.id);
    if (this.streams) this.#show(check);
    this.#announce();
  }

  /** Shows what was held back. */
  finish(): void {
    this.#running.clear();
    this.#line.clear();
    this.#flush();
  }

  #announce(): void {
    if (this.#running.size === 0) this.#line.clear();
    else this.#line.show(`… ${[...this.#running].join(', ')}`);
  }

  #show(check: CheckResult): void {
    const { globals, host } = this.#context;
    const held = check.verdict === 'skipped' && outputMode(globals, host.stdout.isTTY) === 'human';
    if (!held || this.#skipped[0]?.reason !== check.reason) this.#flush();
    if (held) this.#skipped.push(check);
    else this.#emit(check);
  }

  #emit(check: CheckResult): void {
    this.#line.clear();
    this.#context.emit(
      { object: 'smoke_check', ...check },
      (ui) => checkLine(check, idWidth, ui),
      checkColumns,
    );
  }

  #flush(): void {
    const checks = this.#skipped;
    this.#skipped = [];
    if (checks.length === 0) return;
    this.#line.clear();
    this.#context.emit({}, (ui) => skippedLines(checks, idWidth, ui), []);
  }
}
