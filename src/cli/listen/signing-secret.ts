import { listenSecret } from '../../gateway/listen-secret.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';

/** What deliveries are signed with: `PAYINTENT_WEBHOOK_SECRET`, or the secret this machine has made for itself. */
export function signingSecret(context: Context): string {
  const given = context.host.env['PAYINTENT_WEBHOOK_SECRET']?.trim();
  if (given !== undefined && given !== '') return given;
  const { state } = context.directories;
  try {
    return listenSecret(state);
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', `Can't keep the signing secret in ${state}`, {
      why: error instanceof Error ? error.message : String(error),
      cause: error,
    });
  }
}
