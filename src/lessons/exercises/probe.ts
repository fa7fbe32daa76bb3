import { openPrivateEmulator } from '../../gateway/private-emulator.ts';
import { openCourier } from '../../gateway/webhook-tools.ts';
import type { Facts, Probe, ProbeBench } from './exercise.ts';
import { startProgram, type Trouble } from './program.ts';
import { deliver, request } from './talk.ts';
import type { Answered } from './visit.ts';

export interface ProbeOptions {
  /** The program to try. */
  readonly file: string;
  readonly probe: Probe;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface Probed {
  /** What the checks of the round read. Without those of the probe where there was trouble. */
  readonly facts: Facts;
  readonly trouble: Trouble | undefined;
  /** Everything that was sent to the program, and what it answered, in order. */
  readonly tried: readonly Answered[];
}

/** The program gave no answer. */
class ProgramSilent extends Error {
  override readonly name = 'ProgramSilent';
}

const KEY = ['sk', 'test', 'exercise'].join('_');
const SECRET = ['whsec', 'exercise'].join('_');

/** Starts a program beside an emulator in memory and lets a probe try it. Nothing is left of either. */
export async function probeExercise({ file, probe, env, now }: ProbeOptions): Promise<Probed> {
  const emulator = openPrivateEmulator(now);
  const courier = openCourier();
  const tried: Answered[] = [];
  const note = (answered: Answered): Answered => {
    tried.push(answered);
    if (answered.status === 0) throw new ProgramSilent(String(answered.answer));
    return answered;
  };
  try {
    const apiBase = await emulator.serve(0);
    const program = await startProgram({
      file,
      env,
      apiBase,
      apiKey: KEY,
      webhookSecret: SECRET,
      more: { MAIL_MS: '1200' },
    });
    try {
      const trouble = program.trouble();
      if (trouble !== undefined) return { facts: { runs: false }, trouble, tried };
      const bench: ProbeBench = {
        calls: emulator.calls,
        visit: async (method, path, form) => note(await request(program.url, method, path, form)),
        deliver: async (event, delivery) =>
          note(await deliver(courier, `${program.url}/webhook`, event, SECRET, now(), delivery)),
        call: (method, path, params) => emulator.call(method, path, params, true),
        takeEvents: () => emulator.takeEvents(),
      };
      return { facts: { runs: true, ...(await probe(bench)) }, trouble: undefined, tried };
    } catch (error) {
      if (!(error instanceof ProgramSilent)) throw error;
      return { facts: { runs: false }, trouble: await program.whySilent(), tried };
    } finally {
      await program.stop();
    }
  } finally {
    courier.close();
    await emulator.close();
  }
}
