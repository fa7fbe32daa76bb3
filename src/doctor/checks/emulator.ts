import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, inconclusive, pass } from '../../conformance/judgement.ts';
import { sizeText } from '../../domain/byte-size.ts';
import { probeServer, stateMark } from '../../gateway/emulator-server.ts';
import { OfflineStateError } from '../../gateway/offline-state-error.ts';
import type { StateInspection } from '../../gateway/state-inspection.ts';
import type { DoctorBench } from '../bench.ts';
import type { DoctorCheck, DoctorFinding } from '../check.ts';

/** Bytes of a log that the next commands should have written back long ago. */
const LARGE_LOG = 64 * 1024 * 1024;

export const stateCheck: DoctorCheck = {
  id: 'state',
  title: "the emulator's state is sound",
  async run(bench) {
    const { statePath, stateWhy } = bench;
    const place = { path: statePath, why: stateWhy };
    if (statePath === ':memory:')
      return { ...pass(`It is kept in memory and forgotten each time (${stateWhy}).`), facts: place };
    let found: StateInspection | undefined;
    try {
      found = bench.state();
    } catch (error) {
      if (!(error instanceof OfflineStateError)) throw error;
      return { ...fail(error.message, error.wayOut), facts: { ...place, problem: error.code } };
    }
    if (found === undefined) {
      const facts = { ...place, exists: false };
      const obstacle = obstacleTo(statePath);
      if (obstacle !== undefined)
        return {
          ...fail(
            `There is none, and ${statePath} (${stateWhy}) cannot be made: ${obstacle}.`,
            'Use --state with a file in a directory of your own; --state :memory: keeps nothing.',
          ),
          facts,
        };
      return { ...pass(`None has been made yet; it would be ${statePath} (${stateWhy}).`), facts };
    }
    const { sizeBytes, logBytes, schema, knownSchema, journal, damage, thorough } = found;
    const facts = {
      ...place,
      exists: true,
      size_bytes: sizeBytes,
      log_bytes: logBytes,
      schema,
      known_schema: knownSchema,
      journal,
      integrity: damage.length === 0 ? 'ok' : damage,
      thorough,
    };
    return { ...judgeState(statePath, stateWhy, found), facts };
  },
};

/** Why nothing can be made at a path: what stands above it is no directory, or not ours to write. */
function obstacleTo(path: string): string | undefined {
  const above = dirname(path);
  try {
    const found = statSync(above, { throwIfNoEntry: false });
    // Folders that are missing are made.
    if (found === undefined) return above === path ? undefined : obstacleTo(above);
    if (!found.isDirectory()) return `${above} is no directory`;
    accessSync(above, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return `${above} cannot be written (${code})`;
  }
}

function judgeState(path: string, why: string, found: StateInspection): DoctorFinding {
  const { sizeBytes, logBytes, schema, knownSchema, damage, ours, writable } = found;
  if (!ours)
    return fail(
      `${path} (${why}) is an SQLite database of another program.`,
      'Use --state with another file.',
    );
  if (damage.length > 0)
    return fail(
      `${path} is damaged: ${damage[0]}${damage.length === 1 ? '' : `, and ${damage.length - 1} more`}.`,
      'payintent emulator reset',
    );
  if (schema > knownSchema)
    return fail(
      `${path} was written by a newer payintent (schema ${schema}; this one knows up to ${knownSchema}).`,
      'Upgrade payintent, or use --state with another file.',
    );
  if (!writable)
    return fail(`${path} cannot be written.`, 'Check its permissions, or use --state with another file.');
  const log = logBytes === 0 ? '' : ` and ${sizeText(logBytes)} of log`;
  const age = schema === knownSchema ? '' : `, which the next command brings to ${knownSchema}`;
  const seen = `${path} (${why}): ${sizeText(sizeBytes)}${log}, schema ${schema}${age}, no damage found.`;
  return logBytes > LARGE_LOG
    ? inconclusive(
        seen,
        'Stop what has it open for long; the log is written back when the last one closes it.',
      )
    : pass(seen);
}

export const portCheck: DoctorCheck = {
  id: 'port',
  title: 'the port of emulator serve is free, or served by it',
  async run(bench) {
    const { portUrl, port, statePath } = bench;
    const found = await probeServer(portUrl, 1000);
    const emulator = found === undefined || found === 'other' ? undefined : found;
    const sameState = emulator?.state === undefined ? null : emulator.state === stateMark(statePath);
    const facts = {
      url: portUrl,
      answers: found === undefined ? 'nobody' : found === 'other' ? 'other' : 'emulator',
      pid: emulator?.pid ?? null,
      same_state: sameState,
    };
    return { ...judgePort(bench, port, found === 'other', emulator, sameState), facts };
  },
};

function judgePort(
  { portUrl }: DoctorBench,
  port: number,
  other: boolean,
  emulator: { readonly pid: number | undefined } | undefined,
  sameState: boolean | null,
): DoctorFinding {
  if (other)
    return inconclusive(`Another program listens on ${portUrl}.`, 'payintent emulator serve --port 0');
  if (emulator === undefined) return pass(`${port} is free.`);
  const who = `An emulator answers on ${portUrl}${emulator.pid === undefined ? '' : ` (process ${emulator.pid})`}`;
  return sameState === false
    ? inconclusive(
        `${who}, on another state: what apps make there, commands here do not see.`,
        `Add --test --api-base ${portUrl}, or serve this state.`,
      )
    : pass(`${who}${sameState === true ? ', on this state' : ''}.`);
}
