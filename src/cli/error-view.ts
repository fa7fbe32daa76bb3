import type { CliError } from './errors.ts';
import { redact, redactValue } from './redact.ts';
import { labelled, labelledWhole, wrap } from './text.ts';
import type { Ui } from './ui.ts';

/** An error for people: what failed, because of what, the code, and last the commands to type. */
export function errorText(error: CliError, ui: Ui): string {
  const label = ui.color.dim;
  const [first = '', ...more] = wrap(redact(error.title), Math.max(20, ui.width - 2));
  const lines = [
    `${ui.color.red('✗')} ${ui.color.bold(first)}`,
    ...more.map((line) => `  ${ui.color.bold(line)}`),
  ];
  if (error.why !== undefined && error.why !== '')
    lines.push(labelled('Because', redact(error.why), ui.width, label));
  const codes = [error.code, error.api?.code, error.api?.declineCode, error.api?.requestId].filter(
    (code, index, all): code is string => code !== undefined && all.indexOf(code) === index,
  );
  lines.push(labelled('Code', codes.join(' · '), ui.width, label));
  error.fix.forEach((fix, index) => {
    lines.push(fixLine(index === 0 ? 'Try' : '', redact(fix), ui));
  });
  return `${lines.join('\n')}\n`;
}

function fixLine(name: string, fix: string, ui: Ui): string {
  if (fix.startsWith('payintent ')) return labelledWhole(name, ui.color.cyan(fix), ui.color.dim);
  return labelled(name, fix, ui.width, ui.color.dim);
}

/**
 * The same facts for programs. Fields of the API's own error keep their names, so `error.code` and
 * `error.decline_code` are what Stripe says; `error.name` is always one of ours.
 */
export function errorObject(error: CliError, target: string | undefined): Record<string, unknown> {
  const { api } = error;
  return {
    error: {
      name: error.code,
      code: api?.code ?? error.code,
      ...(api?.declineCode === undefined ? {} : { decline_code: api.declineCode }),
      ...(api?.type === undefined ? {} : { type: api.type }),
      ...(api?.param === undefined ? {} : { param: api.param }),
      title: redact(error.title),
      message: redact(api?.message ?? error.title),
      ...(error.why === undefined ? {} : { why: redact(error.why) }),
      fix: error.fix.map(redact),
      exit: error.exit,
      ...(api?.status === undefined ? {} : { status: api.status }),
      ...(api?.requestId === undefined ? {} : { request_id: api.requestId }),
      ...(target === undefined ? {} : { target }),
      ...Object.fromEntries(Object.entries(error.details).map(([name, value]) => [name, redactValue(value)])),
      ...Object.fromEntries(
        Object.entries(api?.objects ?? {}).map(([name, value]) => [name, redactValue(value)]),
      ),
    },
  };
}
