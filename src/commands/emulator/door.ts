import type { Context } from '../../cli/context.ts';
import { addressOf, defaultHost, defaultPort } from '../../cli/emulator-address.ts';
import { CliError } from '../../cli/errors.ts';
import { formatDuration } from '../../domain/duration.ts';
import { DoorError, probeServer } from '../../gateway/emulator-server.ts';
import { OfflineStateError } from '../../gateway/offline-state-error.ts';

/** Reads `--port`. Throws `FLAG_INVALID`. */
export function readPort(port: number | undefined, fallback: number): number {
  if (port === undefined) return fallback;
  if (port >= 0 && port <= 65_535) return port;
  throw new CliError('FLAG_INVALID', `--port ${port} is not a port`, {
    why: 'Ports go from 1 to 65535; 0 takes any free one.',
  });
}

/** Says why a server could not start. Other errors come back as they are. */
export async function explainDoor(
  error: unknown,
  {
    host,
    port,
    readyFile,
    platform,
  }: { host: string; port: number; readyFile?: string | undefined; platform: string },
): Promise<unknown> {
  if (!(error instanceof DoorError)) return error;
  const because = error.message;
  if (error.kind === 'ready_file') {
    return new CliError('FILE_UNREADABLE', `Can't write the ready file ${readyFile ?? ''}`, {
      why: because,
      cause: error,
    });
  }
  if (error.kind === 'address') {
    return new CliError('ADDRESS_UNUSABLE', `Can't listen on ${host} port ${port}`, {
      why: because,
      fix: [
        port > 0 && port < 1024
          ? 'Choose a --port above 1023; lower ones need special rights'
          : 'Choose a --host of this machine: 127.0.0.1, ::1, or 0.0.0.0 for all of its addresses',
      ],
      cause: error,
    });
  }
  const found = await probeServer(addressOf(host === '0.0.0.0' || host === '::' ? defaultHost : host, port));
  const emulator = found !== undefined && found !== 'other';
  return new CliError('PORT_IN_USE', `Port ${port} on ${host} is taken`, {
    why: emulator
      ? `A payintent emulator answers there${found.pid === undefined ? '' : ` (process ${found.pid})`}.`
      : 'Another program listens there.',
    fix: [
      ...(emulator ? [`payintent emulator status${port === defaultPort ? '' : ` --port ${port}`}`] : []),
      'payintent emulator serve --port 0',
      `To find the process: ${findProcess(port, platform)}`,
    ],
    details: { port, host, ...(emulator && found.pid !== undefined ? { pid: found.pid } : {}) },
    cause: error,
  });
}

function findProcess(port: number, platform: string): string {
  if (platform === 'win32') return `netstat -ano | findstr :${port}`;
  return platform === 'linux' ? `ss -ltnp 'sport = :${port}'` : `lsof -nP -iTCP:${port} -sTCP:LISTEN`;
}

/** Prints what went wrong inside a running emulator. */
export function reportTrouble(context: Context): (error: unknown) => void {
  return (error) => {
    if (error instanceof OfflineStateError) context.report.warn(`${error.message} ${error.wayOut}`);
    else
      context.report.warn(`The emulator failed: ${error instanceof Error ? error.message : String(error)}`);
    if (context.globals.debug && error instanceof Error && error.stack !== undefined)
      context.report.debug(error.stack);
  };
}

/** `7d`, or `real time`. */
export function aheadText(offset: number): string {
  if (offset === 0) return 'real time';
  return offset > 0 ? `${daysText(offset)} ahead` : `${daysText(-offset)} behind`;
}

const day = 86_400;

/** A duration in days and less: `9d`, not `1w2d`. Seconds. */
export function daysText(seconds: number): string {
  const days = Math.floor(seconds / day);
  const rest = seconds % day;
  return days === 0 ? formatDuration(rest) : `${days}d${rest === 0 ? '' : formatDuration(rest)}`;
}
