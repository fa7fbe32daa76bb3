import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../src/emulator/engine.ts';
import { listen } from '../../src/emulator/listen.ts';
import { createTransport } from '../../src/emulator/transport.ts';
import { withClockDoor } from '../../src/gateway/clock-door.ts';
import { memoryOf } from '../../src/gateway/memory.ts';
import { openSdk } from '../../src/gateway/stripe-sdk.ts';
import { copyOf, putVersion } from '../../src/lessons/exercises/copy.ts';
import type { Exercise, ProgramVersion } from '../../src/lessons/exercises/exercise.ts';
import { startExercise } from '../../src/lessons/exercises/start.ts';
import type { Classroom } from '../../src/lessons/lesson-run.ts';

/** 22 November 2026, 12:00 UTC. */
const NOW = Date.UTC(2026, 10, 22, 12);

const KEY = ['sk', 'test', 'classroom'].join('_');
const SECRET = ['whsec', 'classroom'].join('_');

export interface TestClassroom extends Classroom {
  /** Puts a version in the place of the learner's copy of a program. */
  write(exercise: Exercise, version: ProgramVersion): Promise<void>;
  close(): Promise<void>;
}

/** Programs of exercises, in a folder that goes away. @param address of the emulator they are to use */
export function openPrograms(
  address: () => Promise<string>,
): Pick<TestClassroom, 'close' | 'startExercise' | 'write'> {
  const directory = mkdtempSync(join(tmpdir(), 'payintent-classroom-'));
  return {
    async startExercise(exercise) {
      return startExercise({
        exercise,
        copy: copyOf(directory, exercise.program),
        api: { base: await address(), key: KEY },
        webhookSecret: SECRET,
        env: process.env,
        // Programs judge the age of a signature by their own clock.
        now: Date.now,
      });
    },
    async write({ program }, version) {
      await putVersion(directory, program, version);
    },
    async close() {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** An emulator in memory whose real time stands still, as lessons see it. Programs of exercises reach it over HTTP. */
export async function openClassroom(): Promise<TestClassroom> {
  const engine = createEngine({ realNow: () => NOW });
  const handle = withClockDoor(engine);
  let server: Awaited<ReturnType<typeof listen>> | undefined;
  const programs = openPrograms(async () => {
    server ??= await listen({ handle, port: 0 });
    return server.url;
  });
  return {
    ...programs,
    memory: memoryOf(engine.store),
    stage: {
      gateway: await openSdk({ target: 'offline', key: KEY, httpClient: createTransport(handle) }),
      emulated: true,
      now: () => NOW,
      async sleep() {
        throw new Error('an emulator is not waited for');
      },
    },
    async close() {
      await server?.close();
      engine.close();
      await programs.close();
    },
  };
}
