import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  stringify,
  type YAMLMap,
} from 'yaml';
import { parseDuration } from '../domain/duration.ts';
import { nearest } from '../domain/nearest.ts';
import { callIds, findCall, placeholders, unknownParameter } from '../gateway/api-calls.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import type { Scenario, Step } from './format.ts';
import type { ScenarioFile } from './record.ts';
import { referencesIn } from './references.ts';

/** Something wrong in a scenario file. */
export interface FileProblem {
  /** Counted from 1. */
  readonly line: number;
  /** A sentence without a full stop. */
  readonly message: string;
}

export type ReadFile =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

const TOP = ['name', 'title', 'teaches', 'subject', 'steps'];
const STEP = {
  call: ['title', 'why', 'call', 'on', 'params', 'as', 'idempotency_key', 'expect'],
  authenticate: ['title', 'why', 'authenticate', 'outcome', 'expect'],
  advance: ['title', 'why', 'advance', 'expect'],
} as const;
const EXPECT = ['status', 'error', 'events'];
const ERROR = ['status', 'code', 'decline_code'];

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
  readonly #lines = new LineCounter();
  readonly #document;
  readonly #problems: FileProblem[] = [];
  readonly #known = new Set<string>();

  constructor(text: string) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
  }

  read(fallbackName: string): ReadFile {
    for (const error of this.#document.errors) this.#note(error.pos[0], firstLine(error.message));
    const root = this.#document.contents;
    if (this.#problems.length > 0) return this.#failed();
    if (!isMap(root)) return this.#refuse(root, 'A scenario is a map with name, title and steps');
    this.#onlyNames(root, TOP, 'a scenario');
    const name = this.#text(root, 'name') ?? fallbackName;
    const subject = this.#text(root, 'subject');
    const steps = this.#steps(root);
    const title = this.#text(root, 'title') ?? name;
    if (this.#problems.length > 0) return this.#failed();
    return {
      ok: true,
      scenario: {
        id: name,
        title,
        teaches: this.#text(root, 'teaches') ?? title,
        ...(subject === undefined ? {} : { subject }),
        steps,
      },
    };
  }

  #steps(root: YAMLMap): Step[] {
    const node = root.get('steps', true);
    if (!isSeq(node) || node.items.length === 0) {
      this.#at(node ?? root, 'steps is a list with one step at least');
      return [];
    }
    return node.items.flatMap((item) => {
      if (isMap(item)) return this.#step(item) ?? [];
      this.#at(item, 'A step is a map with call, authenticate or advance');
      return [];
    });
  }

  #step(map: YAMLMap): Step | undefined {
    const kinds = (Object.keys(STEP) as Kind[]).filter((kind) => map.has(kind));
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1) {
      this.#at(map, 'A step has exactly one of call, authenticate and advance');
      return undefined;
    }
    this.#onlyNames(map, STEP[kind], `a step with ${kind}`);
    this.#checkExpect(map);
    this.#checkReferences(map);
    if (kind === 'call') this.#checkCall(map);
    if (kind === 'advance' && parseDuration(this.#text(map, 'advance') ?? '') === undefined)
      this.#at(map.get('advance', true), 'advance takes a duration such as 10s, 1h30m or 7d');
    if (kind === 'authenticate' && !/^(succeed|fail)$/.test(this.#text(map, 'outcome') ?? 'succeed'))
      this.#at(map.get('outcome', true), 'outcome is succeed or fail');
    const as = this.#text(map, 'as');
    if (as !== undefined) this.#known.add(as);
    const { idempotency_key: key, ...plain } = map.toJSON() as ApiRecord & { idempotency_key?: string };
    const made = {
      ...plain,
      title: plain['title'] ?? plain[kind],
      ...(key === undefined ? {} : { idempotencyKey: key }),
      ...(kind === 'authenticate' ? { outcome: plain['outcome'] ?? 'succeed' } : {}),
    };
    return made as unknown as Step;
  }

  #checkCall(map: YAMLMap): void {
    const id = this.#text(map, 'call') ?? '';
    const call = findCall(id);
    const node = map.get('call', true);
    if (call === undefined) {
      const near = nearest(id, callIds());
      this.#at(node, `There is no operation ${id}${near === undefined ? '' : `; did you mean ${near}`}`);
      return;
    }
    const on = map.get('on');
    const given = on === undefined ? 0 : isSeq(on) ? on.items.length : 1;
    const wanted = placeholders(call);
    if (given !== wanted)
      this.#at(
        map.get('on', true) ?? node,
        `${id} is about ${wanted} object${wanted === 1 ? '' : 's'}: on names ${given}`,
      );
    const params = map.get('params', true);
    if (params === undefined) return;
    if (isMap(params)) this.#checkParams(id, params, []);
    else this.#at(params, 'params is a map of names and values');
  }

  #checkParams(id: string, map: YAMLMap, above: readonly string[]): void {
    for (const pair of map.items) {
      const way = [...above, nameOf(pair)];
      const unknown = unknownParameter(id, way);
      if (unknown !== undefined) {
        const near = nearest(unknown.name, unknown.known);
        const inside = unknown.parent === '' ? '' : ` inside ${unknown.parent}`;
        this.#at(
          pair.key,
          `${id} takes no ${unknown.name}${inside}${near === undefined ? '' : `; did you mean ${near}`}`,
        );
      } else if (isMap(pair.value)) this.#checkParams(id, pair.value, way);
    }
  }

  #checkExpect(step: YAMLMap): void {
    const expect = step.get('expect', true);
    if (expect === undefined) return;
    if (!isMap(expect)) {
      this.#at(expect, 'expect is a map with status, error or events');
      return;
    }
    this.#onlyNames(expect, EXPECT, 'expect');
    const events = expect.get('events', true);
    if (events !== undefined && (!isSeq(events) || !events.items.every((item) => isText(item))))
      this.#at(events, 'events is a list of event types');
    const error = expect.get('error', true);
    if (error === undefined) return;
    if (isMap(error)) this.#onlyNames(error, ERROR, 'error');
    else this.#at(error, 'error is a map with status, code or decline_code');
  }

  /** A reference names what an earlier step was given as its name. */
  #checkReferences(node: unknown): void {
    if (isMap(node)) for (const pair of node.items) this.#checkReferences(pair.value);
    else if (isSeq(node)) for (const item of node.items) this.#checkReferences(item);
    else if (isScalar(node)) {
      for (const path of referencesIn(node.value)) {
        const [name = ''] = path.split('.');
        if (!this.#known.has(name))
          this.#at(node, `No earlier step has the name ${name}: give it one with as`);
      }
    }
  }

  #onlyNames(map: YAMLMap, known: readonly string[], what: string): void {
    for (const pair of map.items) {
      const name = nameOf(pair);
      if (known.includes(name)) continue;
      const near = nearest(name, known);
      this.#at(
        pair.key,
        `${what} has no ${name}: ${near === undefined ? `it has ${known.join(', ')}` : `did you mean ${near}`}`,
      );
    }
  }

  #text(map: YAMLMap, name: string): string | undefined {
    const node = map.get(name, true);
    if (node === undefined) return undefined;
    if (isText(node)) return node.value;
    this.#at(node, `${name} is a text`);
    return undefined;
  }

  #at(node: unknown, message: string): void {
    this.#note((node as Node | undefined)?.range?.[0] ?? 0, message);
  }

  #note(offset: number, message: string): void {
    this.#problems.push({ line: Math.max(1, this.#lines.linePos(offset).line), message });
  }

  #refuse(node: unknown, message: string): ReadFile {
    this.#at(node, message);
    return this.#failed();
  }

  #failed(): ReadFile {
    return { ok: false, problems: this.#problems.toSorted((left, right) => left.line - right.line) };
  }
}

const nameOf = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);

function isText(node: unknown): node is { value: string } {
  return isScalar(node) && typeof node.value === 'string' && node.value !== '';
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').replace(/\.$/, '');
