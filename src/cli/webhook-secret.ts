import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from './context.ts';
import { CliError } from './errors.ts';
import { PromptCancelled } from './host.ts';
import type { Input } from './input.ts';
import type { OptionSpec } from './spec.ts';

/** How the commands about webhooks are told a signing secret. */
export const secretOptions: readonly OptionSpec[] = [
  {
    name: 'secret',
    kind: 'text',
    value: 'whsec_…',
    summary:
      'signing secret of a test endpoint; other programs can read a command line, so prefer a file or PAYINTENT_WEBHOOK_SECRET',
    common: true,
  },
  {
    name: 'secret-file',
    kind: 'text',
    value: 'file',
    summary: 'read the signing secret from a file, - for stdin',
    complete: 'files',
    common: true,
  },
];

const VARIABLES = ['PAYINTENT_WEBHOOK_SECRET', 'STRIPE_WEBHOOK_SECRET'] as const;

/**
 * The signing secret: `--secret`, `--secret-file`, `PAYINTENT_WEBHOOK_SECRET`, `STRIPE_WEBHOOK_SECRET`, or what is typed
 * where a terminal can be asked. Nothing is trimmed but the line end of a file: white space in a secret is a fault worth
 * finding. Throws `ANSWER_NEEDED` where there is none.
 */
export async function readSecret(context: Context, input: Input): Promise<string> {
  const typed = input.text('secret');
  const file = input.text('secret-file');
  if (typed !== undefined && file !== undefined) {
    throw new CliError('FLAGS_CONFLICT', '--secret and --secret-file exclude each other');
  }
  if (typed !== undefined) return typed;
  if (file === '-') return withoutLineEnd(await context.host.stdin.text());
  if (file !== undefined)
    return withoutLineEnd((await readBytes(context, '--secret-file', file)).toString('utf8'));
  for (const name of VARIABLES) {
    const value = context.host.env[name];
    if (value !== undefined && value !== '') return value;
  }
  const prompter = await context.ask('--secret-file').catch((error: unknown) => {
    throw error instanceof CliError && error.code === 'ANSWER_NEEDED'
      ? new CliError('ANSWER_NEEDED', 'The signing secret is missing', {
          why: `Neither --secret-file nor ${VARIABLES[0]} is there, and there is no terminal to ask on.`,
          fix: [`Set ${VARIABLES[0]} to the secret of the endpoint, whsec_…`],
        })
      : error;
  });
  return prompter
    .secret({ message: 'Signing secret, as the handler has it (whsec_…)' })
    .catch((error: unknown) => {
      throw error instanceof PromptCancelled
        ? new CliError('CANCELLED', 'Cancelled; nothing was done', {
            why: 'There is no signing secret.',
            fix: [
              `Set ${VARIABLES[0]}, or add --secret-file`,
              'payintent listen --print-secret, where the handler has that of listen',
            ],
          })
        : error;
    });
}

/** The bytes of `--payload`: a file, or stdin for `-`. Throws `FILE_UNREADABLE`, `FLAG_INVALID`. */
export async function readPayload(context: Context, input: Input): Promise<Uint8Array> {
  const file = input.text('payload');
  if (file === undefined) {
    throw new CliError('FLAG_INVALID', 'The body is missing', {
      why: 'Its bytes are what is signed.',
      fix: ['Add --payload event.json, or --payload - for stdin'],
    });
  }
  if (file !== '-') return readBytes(context, '--payload', file);
  if (input.text('secret-file') === '-') {
    throw new CliError('FLAGS_CONFLICT', '--payload and --secret-file cannot both read stdin');
  }
  return Buffer.from(await context.host.stdin.text(), 'utf8');
}

export const payloadOption: OptionSpec = {
  name: 'payload',
  kind: 'text',
  value: 'file',
  summary: 'file with the body exactly as it was sent, - for stdin',
  complete: 'files',
  common: true,
};

async function readBytes(context: Context, flag: string, file: string): Promise<Buffer> {
  try {
    return await readFile(resolve(context.host.cwd, file));
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `Can't read ${flag} ${file}`, {
      why: error instanceof Error && 'code' in error ? String(error.code) : undefined,
      cause: error,
    });
  }
}

const withoutLineEnd = (text: string): string => text.replace(/\r?\n$/, '');
