import type { ApiRecord } from '../../gateway/gateway.ts';
import { follow, resolve } from '../../scenario/references.ts';
import { continued, quoted } from '../../scenario/snippets/shell.ts';
import type { Visit } from './exercise.ts';

/** A request to a program, and what came back. */
export interface Answered {
  readonly method: string;
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  /** Type of the event, where one was delivered. */
  readonly event: string | undefined;
  /** The order it is about. */
  readonly order?: string;
  /** What was wrong with its signature, if anything was. */
  readonly signature?: WrongSignature;
  /** 0 where there was no answer. */
  readonly status: number;
  /** The answer as JSON; its text where it is none. */
  readonly answer: unknown;
  /** Milliseconds until it answered. */
  readonly ms: number;
}

/** `changed`: signed, and not the same any more · `forged`, `none`: as in {@link Delivery} */
export type WrongSignature = 'changed' | 'forged' | 'none';

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
 * What a learner types to do the same; what does not fit on a line goes on in the next.
 *
 * @param shop where the program is: an address, or `$SHOP`
 */
export function visitCommand(visit: Visit, shop: string): string {
  if ('deliver' in visit) {
    const flags = [`--types ${visit.deliver}`, `--intent ${visit.about}`, `--to ${shop}${visit.path}`];
    return continued(['payintent events replay --last 1', ...flags.map((flag) => `  ${flag}`)]).join('\n');
  }
  const { method, path, form = {}, json } = visit;
  const data =
    json === undefined
      ? Object.entries(form).map(([name, value]) => `-d ${quoted(`${name}=${value}`)}`)
      : ["-H 'content-type: application/json'", `-d ${quoted(JSON.stringify(json))}`];
  // Without anything to send, curl would ask rather than send.
  const words = ['curl', ...(method === 'POST' && data.length === 0 ? ['-X POST'] : []), `${shop}${path}`];
  const line = [...words, ...data].join(' ');
  if (line.length <= LINE) return line;
  return continued([words.join(' '), ...data.map((one) => `  ${one}`)]).join('\n');
}

const LINE = 72;

/**
 * What was sent and what came back, for people who want to know why: `POST /checkout amount=50`, `200 {…}`. Of the orders
 * that are read over and over only the last reading counts.
 *
 * @param wrong what is said of a signature that does not fit
 */
export function visitLog(
  answered: readonly Answered[],
  wrong: Readonly<Record<WrongSignature, string>>,
): readonly { readonly sent: string; readonly answer: string }[] {
  const last = answered.findLastIndex(({ path }) => path === '/orders');
  return answered
    .filter(({ path }, index) => path !== '/orders' || index === last)
    .map(({ method, path, form, event, order, signature, status, answer }) => ({
      sent: [
        `${method} ${path}`,
        ...Object.entries(form).map(([name, value]) => `${name}=${value}`),
        ...[event, order, signature && `(${wrong[signature]})`].filter((word) => word !== undefined),
      ].join(' '),
      answer:
        `${status === 0 ? '–' : status} ${typeof answer === 'string' ? answer : JSON.stringify(answer)}`.trim(),
    }));
}
