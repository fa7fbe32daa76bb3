import { callPath, findCall } from '../gateway/api-calls.ts';
import type { ApiRecord } from '../gateway/gateway.ts';
import { isAdvance, isCall, type Step } from './format.ts';
import { follow, outline } from './references.ts';
import type { SentRequest } from './runner.ts';
import { ADVANCE_PATH, authenticateRequest } from './stage.ts';

/**
 * What a step would send, before those ahead of it are done: ids of what they will make stand in braces.
 *
 * @param given objects that exist already, by the names that steps use for them
 */
export function outlinedRequest(
  step: Step,
  given: Readonly<Record<string, ApiRecord>>,
): Pick<SentRequest, 'method' | 'params' | 'path'> {
  const fill = (value: unknown): unknown =>
    outline(value, (path) => {
      const [name = '', ...rest] = path.split('.');
      return follow(given[name], rest);
    });
  if (isAdvance(step)) return { method: 'POST', path: ADVANCE_PATH, params: { duration: step.advance } };
  if (!isCall(step)) {
    const { path } = authenticateRequest(String(fill(step.authenticate)));
    return { method: 'POST', path: decodeURIComponent(path), params: { outcome: step.outcome } };
  }
  const call = findCall(step.call);
  if (call === undefined) throw new Error(`no operation ${step.call} in the API tables`);
  const ids = [step.on ?? []].flat().map((id) => String(fill(id)));
  return {
    method: call.method,
    path: decodeURIComponent(callPath(call, ids)),
    params: fill(step.params ?? {}) as ApiRecord,
  };
}
