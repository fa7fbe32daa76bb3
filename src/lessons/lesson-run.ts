import type { ApiRecord, Gateway } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { Memory, MemoryMark } from '../gateway/memory.ts';
import type { Step } from '../scenario/format.ts';
import { Play, type StepResult } from '../scenario/runner.ts';
import type { Stage } from '../scenario/stage.ts';
import type { Exercise } from './exercises/exercise.ts';
import type { Probed } from './exercises/probe.ts';
import type { RunningExercise } from './exercises/start.ts';
import { fillIds } from './filled-ids.ts';
import type { Lesson, Round } from './lesson.ts';
import type { Seen } from './seen.ts';

/** The emulator a lesson is taken on, and what it remembers. */
export interface Classroom {
  readonly stage: Stage;
  readonly memory: Memory;
  /** Starts the program of a round. */
  startExercise(exercise: Exercise): Promise<RunningExercise>;
}

/** An object a lesson knows by name: enough to find it again. */
export interface KnownObject {
  readonly id: string;
  /** `payment_intent` */
  readonly object: string;
}

/** How far a lesson has been taken. Plain data without secrets, to be kept in a file. */
export interface RunState {
  readonly round: number;
  /** Where the learner's turn of this round began; absent before it. */
  readonly mark?: MemoryMark;
  readonly objects: Readonly<Record<string, KnownObject>>;
}

export interface CheckOutcome {
  readonly id: string;
  readonly met: boolean;
}

/** Objects of the lesson are no longer there: the state was reset, or is another one. */
export class ObjectsGone extends Error {
  override readonly name = 'ObjectsGone';
}

/** The subject of the steps' expectations. */
const SUBJECT = 'intent';

/** A lesson being taken: it prepares each round, looks at what the learner did, and can do it for them. */
export class LessonRun {
  readonly lesson: Lesson;
  readonly #stage: Stage;
  readonly #memory: Memory;
  readonly #own: OwnRequests;
  readonly #startExercise: Classroom['startExercise'];
  #exercise: RunningExercise | undefined;
  #probed: Probed | undefined;
  #objects: Map<string, ApiRecord>;
  #round: number;
  /** Names of what was found among the intents of this turn. */
  #found: ReadonlySet<string> = new Set();
  #sent = 0;
  #mark: MemoryMark | undefined;

  private constructor(lesson: Lesson, { stage, memory, startExercise }: Classroom, state: RunState) {
    this.lesson = lesson;
    this.#startExercise = startExercise;
    this.#own = new OwnRequests(stage.gateway);
    this.#stage = { ...stage, gateway: this.#own.gateway };
    this.#memory = memory;
    this.#round = state.round;
    this.#mark = state.mark;
    this.#objects = new Map();
  }

  static start(lesson: Lesson, classroom: Classroom): LessonRun {
    return new LessonRun(lesson, classroom, { round: 0, objects: {} });
  }

  /** Goes on where a lesson was left. @throws ObjectsGone */
  static resume(lesson: Lesson, classroom: Classroom, state: RunState): LessonRun {
    const run = new LessonRun(lesson, classroom, state);
    for (const [name, { id, object }] of Object.entries(state.objects)) {
      run.#objects.set(name, { id, object });
    }
    run.#reread();
    return run;
  }

  /**
   * Makes everything anew up to a round: what was prepared and done in the rounds before is played once more, by the
   * lesson itself.
   */
  static async replay(lesson: Lesson, classroom: Classroom, round: number): Promise<LessonRun> {
    const run = LessonRun.start(lesson, classroom);
    try {
      while (run.#round < round && run.round !== undefined) {
        await run.begin();
        await run.perform();
        await run.look();
        await run.next();
      }
    } catch (error) {
      await run.close();
      throw error;
    }
    return run;
  }

  /** Counted from 0. */
  get index(): number {
    return this.#round;
  }

  /** The round at hand; undefined when all are over. */
  get round(): Round | undefined {
    return this.lesson.rounds[this.#round];
  }

  /** What is known by name, as it was when last looked at. */
  get objects(): ReadonlyMap<string, ApiRecord> {
    return this.#objects;
  }

  get state(): RunState {
    const named = [...this.#objects].flatMap(([name, { id, object }]) =>
      typeof id === 'string' && typeof object === 'string' ? [[name, { id, object }] as const] : [],
    );
    return {
      round: this.#round,
      ...(this.#mark === undefined ? {} : { mark: this.#mark }),
      objects: Object.fromEntries(named),
    };
  }

  /** The program of the round, while it runs. */
  get exercise(): RunningExercise | undefined {
    return this.#exercise;
  }

  /** How many requests of the learner there were in this turn, when last looked at. */
  get sent(): number {
    return this.#sent;
  }

  /** A text of the round, with the ids that are known. */
  fill(text: string): string {
    return this.round === undefined ? text : fillIds(text, this.round, this.#objects, this.#found);
  }

  /** How the program of the round fared when it was last tried. */
  get probed(): Probed | undefined {
    return this.#probed;
  }

  /**
   * Prepares the round, unless that was done before the lesson was left; from here on it is the learner's turn.
   *
   * @throws GatewayError, BadReference
   */
  async begin(): Promise<readonly StepResult[]> {
    const exercise = this.round?.task.exercise;
    if (exercise !== undefined) this.#exercise ??= await this.#startExercise(exercise);
    if (this.#mark !== undefined) return [];
    const given = this.round?.given ?? [];
    const results = await this.#play(given);
    this.#own.forget();
    this.#mark = await this.#memory.mark();
    return results;
  }

  /**
   * Does for the learner what is to be done: the visits to the program of the round, then the steps. It counts as the
   * learner's. Changing a program is not done here. @throws GatewayError, BadReference
   */
  async perform(): Promise<readonly StepResult[]> {
    const { exercise, steps } = this.round?.task ?? { steps: [] };
    for (const visit of exercise?.visits ?? []) {
      const answer = await this.#exercise?.visit(visit, this.#objects);
      if (answer !== undefined && 'as' in visit && visit.as !== undefined)
        this.#objects.set(visit.as, answer);
    }
    return this.#play(steps);
  }

  /** Looks at what happened since the turn began. @throws ObjectsGone */
  async look(): Promise<Seen> {
    this.#probed = await this.#exercise?.look();
    if (this.#mark === undefined) throw new Error('nobody had a turn yet');
    const { events, requests, intents } = await this.#memory.since(this.#mark);
    this.#reread();
    const objects = new Map(this.#objects);
    const seen: Seen = {
      objects,
      events,
      intents,
      requests: requests.filter(({ id }) => !this.#own.has(id)),
      facts: this.#probed?.facts ?? {},
    };
    this.#sent = seen.requests.length;
    const made = new Set<string>();
    for (const [name, find] of Object.entries(this.round?.task.finds ?? {})) {
      const found = find(seen);
      if (intents.some(({ id }) => id === found?.['id'])) made.add(name);
      if (found === undefined) objects.delete(name);
      else {
        objects.set(name, found);
        this.#objects.set(name, found);
      }
    }
    this.#found = made;
    return seen;
  }

  /** Which checks of the round are met. @throws ObjectsGone */
  async check(): Promise<readonly CheckOutcome[]> {
    const seen = await this.look();
    return (this.round?.task.checks ?? []).map(({ id, met }) => ({ id, met: met(seen) }));
  }

  /** On to the next round. */
  async next(): Promise<void> {
    await this.close();
    this.#round += 1;
    this.#mark = undefined;
    this.#found = new Set();
    this.#sent = 0;
  }

  /** Stops the program of the round; the lesson can be taken up again later. */
  async close(): Promise<void> {
    const exercise = this.#exercise;
    this.#exercise = undefined;
    this.#probed = undefined;
    await exercise?.stop();
  }

  async #play(steps: readonly Step[]): Promise<StepResult[]> {
    if (steps.length === 0) return [];
    const given = Object.fromEntries(this.#objects);
    const play = await Play.open(this.#stage, SUBJECT, given);
    const results: StepResult[] = [];
    for (const step of steps) {
      this.#own.expectLearners();
      results.push(await play.perform(step));
    }
    this.#objects = new Map(play.objects);
    return results;
  }

  /** Every named object as it is now. */
  #reread(): void {
    for (const [name, known] of this.#objects) {
      const { id, object } = known;
      if (typeof id !== 'string' || typeof object !== 'string') continue;
      const now = this.#memory.object(object, id);
      if (now === undefined && isKept(object)) throw new ObjectsGone(`there is no ${id} any more`);
      if (now !== undefined) this.#objects.set(name, now);
    }
  }
}

/** Kinds that a state keeps, and that nobody can delete without a trace. */
function isKept(kind: string): boolean {
  return ['payment_intent', 'charge', 'customer', 'refund', 'setup_intent', 'dispute'].includes(kind);
}

/** Tells the requests that a lesson sends for itself from those it sends in the learner's place. */
class OwnRequests {
  readonly #ids = new Set<string>();
  readonly gateway: Gateway;
  #isLearners = false;

  constructor(gateway: Gateway) {
    this.gateway = {
      target: gateway.target,
      request: async (...request) => {
        const isLearners = this.#isLearners;
        // Only the step's own request: what follows reads the outcome.
        this.#isLearners = false;
        const note = (id: string | undefined): void => {
          if (!isLearners && id !== undefined) this.#ids.add(id);
        };
        try {
          const answer = await gateway.request(...request);
          note(answer.requestId);
          return answer;
        } catch (error) {
          if (error instanceof GatewayError) note(error.facts.requestId);
          throw error;
        }
      },
      close: () => gateway.close(),
    };
  }

  /** The next request is sent in the learner's place. */
  expectLearners(): void {
    this.#isLearners = true;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  forget(): void {
    this.#ids.clear();
  }
}
