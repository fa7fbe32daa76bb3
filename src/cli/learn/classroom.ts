import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeholderKey } from '../../domain/placeholder-keys.ts';
import { IN_MEMORY } from '../../gateway/emulator-access.ts';
import {
  DoorError,
  probeServer,
  type ServedEmulator,
  serveEmulator,
  stateMark,
} from '../../gateway/emulator-server.ts';
import { openWithMemory } from '../../gateway/memory.ts';
import { copyOf } from '../../lessons/exercises/copy.ts';
import { startExercise } from '../../lessons/exercises/start.ts';
import type { Classroom } from '../../lessons/lesson-run.ts';
import type { Context } from '../context.ts';
import { addressOf, defaultHost, defaultPort } from '../emulator-address.ts';
import { signingSecret } from '../listen/signing-secret.ts';

/** The emulator of a lesson at a terminal, which other terminals and programs can use as well. */
export interface OpenClassroom extends Classroom {
  /** The file of the state. A state that is to be forgotten has one as well, as long as the lesson takes. */
  readonly statePath: string;
  /** Tells one state from another; of a state that is forgotten, from all others. */
  readonly where: string;
  /** Where learners' copies of programs are. */
  readonly programs: string;
  /** The address for curl and SDKs. Opens a port the first time, unless `emulator serve` serves this state already. */
  address(): Promise<string>;
  close(): Promise<void>;
}

/** @throws OfflineStateError */
export async function openClassroom(context: Context): Promise<OpenClassroom> {
  const { host, report } = context;
  const now = () => host.now();
  const scratch =
    context.statePath === IN_MEMORY ? mkdtempSync(join(tmpdir(), 'payintent-learn-')) : undefined;
  const statePath = scratch === undefined ? context.statePath : join(scratch, 'emulator.db');
  const forget = () => {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
  };
  const { gateway, memory } = await openWithMemory({ statePath, now }).catch((error: unknown) => {
    forget();
    throw error;
  });
  const programs = join(context.directories.state, 'lessons');
  let server: ServedEmulator | undefined;
  let address: Promise<string> | undefined;

  async function openAddress(): Promise<string> {
    const usual = addressOf(defaultHost, defaultPort);
    const found = await probeServer(usual);
    if (typeof found === 'object' && found.state === stateMark(statePath)) return usual;
    const options = {
      statePath,
      now,
      host: defaultHost,
      onTrouble: (error: unknown) => report.warn(error instanceof Error ? error.message : String(error)),
    };
    server = await serveEmulator({ ...options, port: defaultPort }).catch((error: unknown) => {
      if (error instanceof DoorError) return serveEmulator({ ...options, port: 0 });
      throw error;
    });
    return server.url;
  }

  const open = () => {
    address ??= openAddress();
    return address;
  };
  return {
    statePath,
    where: stateMark(statePath),
    programs,
    memory,
    stage: {
      gateway,
      emulated: true,
      now,
      sleep: (milliseconds) => host.sleep(milliseconds, context.signal),
    },
    address: open,
    async startExercise(exercise) {
      return startExercise({
        exercise,
        copy: copyOf(programs, exercise.program),
        api: { base: await open(), key: placeholderKey },
        webhookSecret: signingSecret(context),
        env: host.env,
        now,
      });
    },
    async close() {
      // Nobody is left who could wait for an answer.
      server?.cut();
      await server?.stop();
      await gateway.close();
      forget();
    },
  };
}
