import { isMap, isScalar, isSeq, stringify, type YAMLMap } from 'yaml';
import { parseDuration } from '../domain/duration.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import { CallChecker } from './file-calls.ts';
import { type FileProblem, isText, Problems } from './file-problems.ts';
import type { Scenario, Step } from './format.ts';
import type { ScenarioFile } from './record.ts';

export type ReadFile =
  /** `lines` are those on which the steps begin, counted from 1. */
  | { readonly ok: true; readonly scenario: Scenario; readonly lines: readonly number[] }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

const TOP = ['name', 'title', 'teaches', 'subject', 'steps'];
const STEP = {
  call: ['title', 'why', 'call', 'on', 'params', 'as', 'idempotency_key', 'expect'],
  authenticate: ['title', 'why', 'authenticate', 'outcome', 'expect'],
  advance: ['title', 'why', 'advance', 'expect'],
} as const;
const TEXTS = ['title', 'why', 'call', 'as', 'idempotency_key', 'authenticate', 'outcome'];

type Kind = keyof typeof STEP;

/** Reads a scenario that somebody wrote, in YAML or in JSON, which is YAML too. Names every mistake with its line. */
export function readScenarioFile(text: string, fallbackName: string): ReadFile {
  return new FileReader(text).read(fallbackName);
}

/** The text of a scenario file, in YAML. */
export function writeScenarioFile(file: ScenarioFile): string {
  return stringify(file, { lineWidth: 100 });
}

class FileReader {
  readonly #problems: Problems;
  readonly #calls: CallChecker;

  constructor(text: string) {
    this.#problems = new Problems(text);
    this.#calls = new CallChecker(this.#problems);
  }

  read(fallbackName: string): ReadFile {
    const problems = this.#problems;
    const { root } = problems;
    if (problems.found.length > 0) return this.#failed();
    if (!isMap(root)) {
      problems.at(root, 'A scenario is a map with name, title and steps');
      return this.#failed();
    }
    problems.onlyNames(root, TOP, 'a scenario');
    const name = problems.text(root, 'name') ?? fallbackName;
    const title = problems.text(root, 'title') ?? name;
    const teaches = problems.text(root, 'teaches') ?? title;
    const subject = problems.text(root, 'subject');
    const read = this.#steps(root);
    this.#calls.checkSubject(subject, problems.get(root, 'subject'));
    if (problems.found.length > 0) return this.#failed();
    return {
      ok: true,
      scenario: {
        id: name,
        title,
        teaches,
        ...(subject === undefined ? {} : { subject }),
        steps: read.map(({ step }) => step),
      },
      lines: read.map(({ line }) => line),
    };
  }

  #steps(root: YAMLMap): { readonly step: Step; readonly line: number }[] {
    const problems = this.#problems;
    const node = problems.get(root, 'steps');
    if (!isSeq(node) || node.items.length === 0) {
      problems.at(node ?? root, 'steps is a list with one step at least');
      return [];
    }
    return node.items.flatMap((item) => {
      const map = problems.resolved(item);
      if (isMap(map)) return { step: this.#step(map), line: problems.lineOf(item) };
      problems.at(item, 'A step is a map with call, authenticate or advance');
      return [];
    });
  }

  #step(map: YAMLMap): Step {
    const problems = this.#problems;
    const kinds = (Object.keys(STEP) as Kind[]).filter((kind) => map.has(kind));
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1) {
      problems.at(map, 'A step has exactly one of call, authenticate and advance');
      return NO_STEP;
    }
    const isKnown = problems.onlyNames(map, STEP[kind], `a step with ${kind}`);
    const before = problems.found.length;
    for (const name of TEXTS) problems.text(map, name);
    if (problems.found.length === before) this.#checkKind(kind, map);
    this.#calls.checkStep(map, isKnown);
    const { idempotency_key: key, ...plain } = problems.plain(map) as ApiRecord & {
      idempotency_key?: string;
    };
    return {
      ...plain,
      title: plain['title'] ?? usualTitle(kind, plain),
      ...(key === undefined ? {} : { idempotencyKey: key }),
      ...(kind === 'authenticate' ? { outcome: plain['outcome'] ?? 'succeed' } : {}),
    } as unknown as Step;
  }

  #checkKind(kind: Kind, map: YAMLMap): void {
    const problems = this.#problems;
    const node = problems.get(map, kind);
    if (kind === 'advance' && !(isText(node) && parseDuration(node.value) !== undefined)) {
      const not = isScalar(node) && node.value !== null ? `, not ${node.value}` : '';
      problems.at(node ?? map, `advance takes a duration such as 10s, 1h30m or 7d${not}`);
    }
    const outcome = problems.get(map, 'outcome');
    if (isScalar(outcome) && outcome.value !== 'succeed' && outcome.value !== 'fail')
      problems.at(outcome, 'outcome is succeed or fail');
  }

  #failed(): ReadFile {
    return { ok: false, problems: this.#problems.sorted() };
  }
}

/** What a step is called that has no title. */
function usualTitle(kind: Kind, step: ApiRecord): string {
  if (kind === 'call') return String(step['call']);
  if (kind === 'advance') return `Let ${step['advance']} pass`;
  return step['outcome'] === 'fail' ? 'The customer fails' : 'The customer passes';
}

/** Stands where none could be read; a file with problems is never played. */
const NO_STEP: Step = { title: '', advance: '0s' };
