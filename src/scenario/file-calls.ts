import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import { nearest } from '../domain/nearest.ts';
import {
  answerFields,
  answerStatuses,
  callIds,
  findCall,
  placeholders,
  unknownParameter,
} from '../gateway/api-calls.ts';
import { eventTypeNames } from '../gateway/event-type-names.ts';
import { missingParameters, valueProblem } from '../gateway/param-values.ts';
import { isText, nameOf, type Problems } from './file-problems.ts';
import { subjectOf } from './format.ts';
import { referencesIn } from './references.ts';

const EXPECT = ['status', 'error', 'events'];
const ERROR = ['status', 'code', 'decline_code'];

/** Checks what a scenario file says of the API: operations, parameters, references, statuses, events. */
export class CallChecker {
  readonly #problems: Problems;
  /** The operations whose answers have a name. */
  readonly #known = new Map<string, string>();
  /** Statuses that are expected, with where. */
  readonly #statuses: { readonly node: unknown; readonly status: string }[] = [];

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  /** @param isComplete whether nothing in the step has a name that is unknown: what is missing may be meant by it */
  checkStep(map: YAMLMap, isComplete: boolean): void {
    const problems = this.#problems;
    this.#checkExpect(map);
    this.#checkReferences(map);
    const call = problems.get(map, 'call');
    if (!isText(call)) return;
    this.#checkCall(map, call, isComplete);
    const as = problems.get(map, 'as');
    if (!isText(as)) return;
    if (!/^\w+$/.test(as.value))
      problems.at(as, 'as is a name of letters, digits and _, for later steps: ${name.id}');
    this.#known.set(as.value, call.value);
  }

  /** Once all steps are known. */
  checkSubject(subject: string | undefined, node: unknown): void {
    const problems = this.#problems;
    const name = subjectOf(subject === undefined ? {} : { subject });
    const call = this.#known.get(name);
    if (call === undefined) {
      if (subject !== undefined) problems.at(node, `No step has the name ${subject}: give it one with as`);
      else if (this.#statuses[0] !== undefined)
        problems.at(
          this.#statuses[0].node,
          `status is that of ${name}, and no step has this name: give it one with as, or name another subject`,
        );
      return;
    }
    const statuses = findCall(call) === undefined ? [] : answerStatuses(call);
    for (const expected of statuses.length === 0 ? [] : this.#statuses) {
      if (statuses.includes(expected.status)) continue;
      const near = nearest(expected.status, statuses);
      problems.at(
        expected.node,
        `${name} is never ${expected.status}; ${near === undefined ? `it is one of ${statuses.join(', ')}` : `did you mean ${near}`}`,
      );
    }
  }

  #checkCall(map: YAMLMap, { value: id }: { value: string }, isComplete: boolean): void {
    const problems = this.#problems;
    const call = findCall(id);
    const node = problems.get(map, 'call');
    if (call === undefined) {
      const near = nearest(id, callIds());
      problems.at(node, `There is no operation ${id}${near === undefined ? '' : `; did you mean ${near}`}`);
      return;
    }
    const on = problems.get(map, 'on');
    const ids = isSeq(on) ? on.items.map((item) => problems.resolved(item)) : on === undefined ? [] : [on];
    const wanted = placeholders(call);
    if (ids.length !== wanted)
      problems.at(
        on ?? node,
        `${id} is about ${wanted} object${wanted === 1 ? '' : 's'}: on names ${ids.length}`,
      );
    else if (!ids.every(isText)) problems.at(on, 'on is an id, such as ${intent.id}, or a list of them');
    const params = problems.get(map, 'params');
    // What is to be refused may be wrong in every way.
    const isRefused = isMap(problems.get(map, 'expect')) && map.hasIn(['expect', 'error']);
    if (params !== undefined && !isMap(params)) {
      problems.at(params, 'params is a map of names and values');
    } else if (!isRefused) {
      if (params !== undefined) this.#checkParams(id, params, []);
      else if (isComplete) this.#checkMissing(id, [], [], node);
    }
  }

  #checkParams(id: string, map: YAMLMap, above: readonly string[]): void {
    let isComplete = true;
    for (const pair of map.items) {
      const way = [...above, nameOf(pair)];
      const unknown = unknownParameter(id, way);
      if (unknown === undefined) this.#checkValue(id, this.#problems.resolved(pair.value), way, pair.key);
      else {
        isComplete = false;
        const near = nearest(unknown.name, unknown.known);
        const inside = unknown.parent === '' ? '' : ` inside ${unknown.parent}`;
        this.#problems.at(
          pair.key,
          `${id} takes no ${unknown.name}${inside}${near === undefined ? '' : `; did you mean ${near}`}`,
        );
      }
    }
    if (isComplete) this.#checkMissing(id, above, map.items.map(nameOf), map);
  }

  #checkMissing(id: string, above: readonly string[], names: readonly string[], node: unknown): void {
    const missing = missingParameters(id, above, names);
    if (missing.length > 0)
      this.#problems.at(node, `${id} needs ${missing.map((name) => bracketed([...above, name])).join(', ')}`);
  }

  #checkValue(id: string, node: unknown, way: readonly string[], key: unknown): void {
    const value = isMap(node) ? {} : isSeq(node) ? [] : isScalar(node) ? node.value : null;
    if (typeof value === 'string' && referencesIn(value).length > 0) return;
    const problem = valueProblem(id, way, value);
    if (problem !== undefined) {
      const not = value !== null && typeof value !== 'object' ? `, not ${String(value)}` : '';
      this.#problems.at(node ?? key, `${bracketed(way)} ${problem}${problem.includes(';') ? '' : not}`);
    } else if (isMap(node)) this.#checkParams(id, node, way);
    else if (isSeq(node)) {
      for (const [index, item] of node.items.entries())
        this.#checkValue(id, this.#problems.resolved(item), [...way, String(index)], item);
    }
  }

  #checkExpect(step: YAMLMap): void {
    const problems = this.#problems;
    if (!step.has('expect')) return;
    const expect = problems.get(step, 'expect');
    if (!isMap(expect)) {
      problems.at(expect ?? step, 'expect is a map with status, error or events');
      return;
    }
    problems.onlyNames(expect, EXPECT, 'expect');
    const status = problems.text(expect, 'status');
    if (status !== undefined) this.#statuses.push({ node: problems.get(expect, 'status'), status });
    if (expect.has('events')) this.#checkEvents(problems.get(expect, 'events') ?? expect);
    if (!expect.has('error')) return;
    const error = problems.get(expect, 'error');
    if (!isMap(error)) {
      problems.at(error ?? expect, 'error is a map with status, code or decline_code');
      return;
    }
    problems.onlyNames(error, ERROR, 'error');
    problems.text(error, 'code');
    problems.text(error, 'decline_code');
    const http = problems.get(error, 'status');
    if (http !== undefined && !(isScalar(http) && Number.isInteger(http.value)))
      problems.at(http, 'status of an error is that of HTTP, such as 402');
  }

  #checkEvents(events: unknown): void {
    const problems = this.#problems;
    if (!isSeq(events)) {
      problems.at(events, 'events is a list of event types');
      return;
    }
    const known = eventTypeNames();
    for (const item of events.items) {
      const node = problems.resolved(item);
      if (!isText(node)) problems.at(node ?? events, 'events is a list of event types');
      else if (!known.includes(node.value)) {
        const near = nearest(node.value, known);
        problems.at(
          node,
          `There is no event type ${node.value}${near === undefined ? '' : `; did you mean ${near}`}`,
        );
      }
    }
  }

  /** A reference names what an earlier step was given as its name, and a field of what that answers. */
  #checkReferences(node: unknown): void {
    if (isMap(node)) for (const pair of node.items) this.#checkReferences(pair.value);
    else if (isSeq(node)) for (const item of node.items) this.#checkReferences(item);
    else if (isScalar(node) && typeof node.value === 'string') {
      const paths = referencesIn(node.value);
      if (node.value.split('${').length - 1 > paths.length)
        this.#problems.at(node, `${node.value} is no reference: they look like \${intent.id}`);
      for (const path of paths) this.#checkReference(path, node);
    }
  }

  #checkReference(path: string, node: unknown): void {
    const [name = '', field] = path.split('.');
    const call = this.#known.get(name);
    if (call === undefined) {
      this.#problems.at(node, `No earlier step has the name ${name}: give it one with as`);
      return;
    }
    if (field === undefined) {
      this.#problems.at(node, `\${${name}} is a whole object: name a field of it, such as \${${name}.id}`);
      return;
    }
    const fields = findCall(call) === undefined ? undefined : answerFields(call);
    if (fields === undefined || fields.includes(field)) return;
    const near = nearest(field, fields);
    this.#problems.at(
      node,
      `${name} has no field ${field}${near === undefined ? '' : `; did you mean ${near}`}`,
    );
  }
}

function bracketed([first = '', ...rest]: readonly string[]): string {
  return first + rest.map((step) => `[${step}]`).join('');
}
