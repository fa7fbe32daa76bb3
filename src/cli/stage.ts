import { SCENARIO_API_VERSION } from '../scenario/api-version.ts';
import { isEmulator, type Stage } from '../scenario/stage.ts';
import type { Context } from './context.ts';

/** Where the scenarios of a command are played. Another server than Stripe's is asked whether it is an emulator. */
export async function openStage(context: Context): Promise<Stage> {
  const target = await context.target();
  const gateway = await context.gateway(SCENARIO_API_VERSION);
  const emulated = target.name === 'offline' || (target.apiBase !== undefined && (await isEmulator(gateway)));
  return {
    gateway,
    emulated,
    now: () => context.host.now(),
    sleep: (milliseconds) => context.host.sleep(milliseconds, context.signal),
  };
}
