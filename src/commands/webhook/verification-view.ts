import { isoTime } from '../../cli/output.ts';
import { labelled, labelledWhole, visibleWidth, wrap } from '../../cli/text.ts';
import type { Ui } from '../../cli/ui.ts';
import { narrow } from '../../cli/ui.ts';
import type { View } from '../../cli/view.ts';
import type { Difference } from '../../webhook/first-difference.ts';

/** What `webhook verify` found, as `--json` shows it. */
export interface VerificationRecord {
  readonly object: 'webhook_verification';
  readonly verified: boolean;
  readonly problem: string | null;
  readonly reason: string;
  readonly fix: string | null;
  readonly change: string | null;
  readonly difference: Difference | null;
  /** Unix seconds. */
  readonly timestamp: number | null;
  readonly age: number | null;
  readonly signatures: number;
  readonly frameworks: readonly {
    readonly id: string;
    readonly name: string;
    readonly fix: string;
    readonly code: readonly string[];
  }[];
}

export function verificationView(record: VerificationRecord): View {
  return {
    human: (ui) => draw(record, ui),
    rows: [{ ...record }],
    columns: ['verified', 'problem', 'reason'],
    key: 'verified',
  };
}

function draw(record: VerificationRecord, ui: Ui): string {
  const label = ui.color.dim;
  const { verified, problem, reason, difference, timestamp, fix, frameworks } = record;
  return [
    verified
      ? `${ui.color.green('✓')} Verified`
      : `${ui.color.red('✗')} Not verified  ${ui.color.bold(problem ?? '')}`,
    labelled('Because', reason, ui.width, label),
    ...(timestamp === null ? [] : [labelled('Signed at', isoTime(timestamp), ui.width, label)]),
    ...(difference === null ? [] : drawDifference(difference, ui)),
    ...(fix === null ? [] : [labelled('Fix', fix, ui.width, label)]),
    ...(frameworks.length > 1 ? drawFrameworks(record, ui) : frameworks.flatMap((one) => drawCode(one, ui))),
  ].join('\n');
}

function drawDifference(difference: Difference, ui: Ui): string[] {
  const label = ui.color.dim;
  const { offset, line, column, signed, given, signedByte, givenByte } = difference;
  const bytes = `${signedByte ?? 'the end'} became ${givenByte ?? 'the end'}`;
  return [
    labelled('Differs', `at byte ${offset} (line ${line}, column ${column}): ${bytes}`, ui.width, label),
    labelledWhole('Was', signed, label),
    labelledWhole('Is', given, label),
  ];
}

function drawFrameworks({ frameworks }: VerificationRecord, ui: Ui): string[] {
  const width = Math.max(...frameworks.map(({ name }) => visibleWidth(name))) + 2;
  const rows = frameworks.flatMap(({ name, fix }) => {
    if (ui.width < narrow)
      return [`  ${ui.color.bold(name)}`, ...wrap(fix, ui.width - 4).map((line) => `    ${line}`)];
    const [first = '', ...rest] = wrap(fix, ui.width - width - 2);
    return [
      `  ${ui.color.bold(name)}${' '.repeat(width - visibleWidth(name))}${first}`,
      ...rest.map((line) => ' '.repeat(width + 2) + line),
    ];
  });
  return ['', ...rows, '', ...wrap('  --framework shows the code for one of them.', ui.width)];
}

function drawCode({ name, fix, code }: VerificationRecord['frameworks'][number], ui: Ui): string[] {
  return [
    labelled(
      name.length > 9 ? 'With' : name,
      name.length > 9 ? `${name}: ${fix}` : fix,
      ui.width,
      ui.color.dim,
    ),
    '',
    ...code.map((line) => `    ${ui.color.cyan(line)}`),
  ];
}
