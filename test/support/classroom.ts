import { openWithMemory } from '../../src/gateway/memory.ts';
import type { Classroom } from '../../src/lessons/lesson-run.ts';

/** 22 November 2026, 12:00 UTC. */
const NOW = Date.UTC(2026, 10, 22, 12);

/** An emulator in memory whose real time stands still, as lessons see it. */
export async function openClassroom(): Promise<Classroom & { close(): Promise<void> }> {
  const { gateway, memory } = await openWithMemory({ statePath: ':memory:', now: () => NOW });
  return {
    memory,
    stage: {
      gateway,
      emulated: true,
      now: () => NOW,
      async sleep() {
        throw new Error('an emulator is not waited for');
      },
    },
    close: () => gateway.close(),
  };
}
