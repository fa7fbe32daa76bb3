import type { Gateway } from '../../gateway/gateway.ts';
import { openGateway } from '../../gateway/open.ts';
import type { Target } from '../../gateway/target.ts';
import type { Context } from '../context.ts';

/** Whether a key was given anywhere, of use or not. */
export function hasKey({ globals, host, config }: Context): boolean {
  const keys = [host.env['STRIPE_API_KEY'], host.env['STRIPE_SECRET_KEY'], config.testKey];
  return globals.apiKeyFile !== undefined || keys.some((key) => (key ?? '').trim() !== '');
}

/** The API for checks, which try again and choose the time an answer may take by themselves. */
export function openCheckedApi(
  context: Context,
  target: Target,
  { timeoutMs, apiVersion }: { readonly timeoutMs: number; readonly apiVersion?: string },
): Promise<Gateway> {
  const { debug } = context.globals;
  return openGateway(target, {
    statePath: context.statePath,
    now: () => context.host.now(),
    timeoutMs,
    retries: 0,
    apiVersion,
    trace: debug
      ? ({ method, path, status, milliseconds, requestId }) =>
          context.report.debug(
            [method, path, status, `${milliseconds}ms`, requestId ?? ''].join(' ').trimEnd(),
          )
      : undefined,
  });
}
