import type { ApiRecord } from '../../gateway/gateway.ts';
import { follow, resolve } from '../../scenario/references.ts';
import type { Visit } from './exercise.ts';

/** A request to a program, and what came back. */
export interface Answered {
  readonly method: string;
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  /** Type of the event, where one was delivered. */
  readonly event: string | undefined;
  /** 0 where there was no answer. */
  readonly status: number;
  /** The answer as JSON; its text where it is none. */
  readonly answer: unknown;
  /** Milliseconds until it answered. */
  readonly ms: number;
}

/** How an event is delivered; signed as Stripe signs it unless said otherwise. */
export interface Delivery {
  /** `none`: without the header · `forged`: signed with a secret that is not the endpoint's */
  readonly signature?: 'forged' | 'good' | 'none';
  /** The event is changed after it was signed. */
  readonly changed?: ApiRecord;
}

/** A visit with its references replaced. @throws BadReference */
export function resolveVisit<V extends Visit>(visit: V, objects: ReadonlyMap<string, ApiRecord>): V {
  return resolve(visit, (path) => {
    const [name = '', ...rest] = path.split('.');
    return follow(objects.get(name), rest);
  }) as V;
}

/**
 * What a learner types to do the same. @param shop where the program is: an address, or `$SHOP`
 */
export function visitCommand(visit: Visit, shop: string): string {
  if ('deliver' in visit)
    return `payintent events replay --last 1 --type ${visit.deliver} --intent ${visit.about} --to ${shop}${visit.path}`;
  if (visit.json !== undefined)
    return `curl ${shop}${visit.path} -H 'content-type: application/json' -d '${JSON.stringify(visit.json)}'`;
  const form = Object.entries(visit.form ?? {}).map(([name, value]) => `-d ${name}=${value}`);
  // Without anything to send, curl would ask rather than send.
  const method = visit.method === 'POST' && form.length === 0 ? ['-X POST'] : [];
  return ['curl', ...method, `${shop}${visit.path}`, ...form].join(' ');
}
