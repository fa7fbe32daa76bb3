import { readFile } from 'node:fs/promises';
import type { ApiRecord } from '../../gateway/gateway.ts';
import { openCourier } from '../../gateway/webhook-tools.ts';
import { openDoor } from './door.ts';
import type { Exercise, Visit } from './exercise.ts';
import { type Probed, probeExercise } from './probe.ts';
import { type Program, startProgram, type Trouble } from './program.ts';
import { shippedFile } from './programs.ts';
import { deliver, request } from './talk.ts';
import { type Answered, resolveVisit } from './visit.ts';

export interface StartOptions {
  readonly exercise: Exercise;
  /** The learner's copy; need not be there where the shipped version runs. */
  readonly copy: string;
  /** The emulator of the lesson, over HTTP: base address without a trailing slash, and a key that it takes. */
  readonly api: { readonly base: string; readonly key: string };
  /** What the program verifies signatures with: `listenSecret` of the learner, so that `payintent events` can deliver. */
  readonly webhookSecret: string;
  /** Of the host. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The program of a round, running. */
export interface RunningExercise {
  /** What `$SHOP` stands for: the same for the whole round. */
  readonly url: string;
  /** What came to the program so far, oldest first. */
  readonly visits: readonly Answered[];
  /**
   * Does a visit for the learner. Answers what the program answered, for visits with a name; undefined where it was no
   * object. @throws BadReference
   */
  visit(visit: Visit, objects: ReadonlyMap<string, ApiRecord>): Promise<ApiRecord | undefined>;
  /** Looks at the program as it is now, and tries it where the exercise says how. */
  look(): Promise<Probed>;
  stop(): Promise<void>;
}

/** Starts the program of a round. What is wrong with it is said by `look`. */
export async function startExercise(options: StartOptions): Promise<RunningExercise> {
  const { exercise, api, webhookSecret, env, now } = options;
  const file = exercise.runs === 'start' ? shippedFile(exercise.program, 'start') : options.copy;
  const courier = openCourier();
  let current: Promise<Program> | undefined;
  let text: string | undefined;

  /** The program as its file is now: starts it again where that has changed, or where it has ended. */
  async function running(): Promise<Program> {
    const newest = await readFile(file, 'utf8').catch(() => undefined);
    const old = await current;
    if (old !== undefined && newest === text && old.trouble() === undefined) return old;
    text = newest;
    current = (old?.stop() ?? Promise.resolve()).then(() =>
      startProgram({
        file,
        env,
        apiBase: api.base,
        apiKey: api.key,
        webhookSecret,
        shopUrl: door.url,
      }),
    );
    return current;
  }

  // One after the other, so that two visits do not start it twice.
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  }

  const door = await openDoor(async () => {
    const program = await inTurn(running);
    const trouble = program.trouble();
    return trouble === undefined ? program : { sorry: troubleText(trouble) };
  });
  await inTurn(running);

  return {
    url: door.url,
    visits: door.visits,
    async visit(visit, objects) {
      const wanted = resolveVisit(visit, objects);
      if ('deliver' in wanted) {
        const event = await newestEvent(api, wanted.deliver, wanted.about);
        await deliver(courier, `${door.url}${wanted.path}`, event, webhookSecret, now());
        return undefined;
      }
      const { answer } = await request(door.url, wanted.method, wanted.path, wanted.form, wanted.json);
      return typeof answer === 'object' && answer !== null ? (answer as ApiRecord) : undefined;
    },
    async look() {
      const program = await inTurn(running);
      const trouble = program.trouble();
      const orders = trouble === undefined ? await request(program.url, 'GET', '/orders') : undefined;
      const live = { runs: trouble === undefined, visits: [...door.visits], orders: orders?.answer };
      if (exercise.probe === undefined || trouble !== undefined) return { facts: live, trouble, tried: [] };
      const probed = await probeExercise({ file, probe: exercise.probe, env, now });
      return { ...probed, facts: { ...live, ...probed.facts } };
    },
    async stop() {
      await door.close();
      courier.close();
      await inTurn(async () => (await current)?.stop());
    },
  };
}

function troubleText({ kind, file, lines }: Trouble): string {
  const what = {
    missing: `There is no file ${file}.`,
    ended: `${file} ended by itself. The last it said:`,
    silent: `${file} runs, but does not listen on the port in PORT.`,
  }[kind];
  return [what, ...lines].join('\n');
}

/** @throws Error where the emulator has no such event */
async function newestEvent(
  { base, key }: StartOptions['api'],
  type: string,
  about: string,
): Promise<ApiRecord> {
  const response = await fetch(`${base}/v1/events?${new URLSearchParams({ type, limit: '100' })}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const { data = [] } = (await response.json()) as { data?: readonly ApiRecord[] };
  const found = data.find((event) => {
    const { object } = event['data'] as { object: ApiRecord };
    return object['id'] === about || object['payment_intent'] === about;
  });
  if (found === undefined) throw new Error(`no ${type} about ${about} in the emulator`);
  return found;
}
