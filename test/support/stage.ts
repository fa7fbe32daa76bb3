import type { Gateway } from '../../src/gateway/gateway.ts';
import { openGateway } from '../../src/gateway/open.ts';
import type { Stage } from '../../src/scenario/stage.ts';

/** 22 November 2026, 12:00 UTC. */
const NOW = Date.UTC(2026, 10, 22, 12);

/** An emulator in memory whose real time stands still, as scenarios see it. */
export async function offlineStage(): Promise<Stage & { readonly gateway: Gateway }> {
  const gateway = await openGateway(
    { name: 'offline', reason: 'a test' },
    { statePath: ':memory:', now: () => NOW },
  );
  return {
    gateway,
    emulated: true,
    now: () => NOW,
    async sleep() {
      throw new Error('an emulator is not waited for');
    },
  };
}
