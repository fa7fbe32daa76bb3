import { continued, curlLines, formPairs, quoted } from './shell.ts';
import type { SnippetRequest } from './snippet-request.ts';

interface Verb {
  readonly name: string;
  /** Parameters that have a flag of their own; all others go through -d. */
  readonly flags: readonly string[];
  /** Whether the id of the path is the argument. */
  readonly takesId: boolean;
  /** A parameter that is the argument in place of an id of the path. */
  readonly argument?: string;
}

const EDITABLE = [
  'capture_method',
  'customer',
  'description',
  'payment_method',
  'payment_method_types',
  'receipt_email',
  'setup_future_usage',
];

/** Operations that payintent has a verb for. */
const VERBS: Readonly<Record<string, Verb>> = {
  'payment_intents.create': {
    name: 'create',
    takesId: false,
    flags: [...EDITABLE, 'amount', 'currency', 'confirm', 'confirmation_method', 'off_session', 'return_url'],
  },
  'payment_intents.confirm': {
    name: 'confirm',
    takesId: true,
    flags: ['payment_method', 'return_url', 'off_session', 'capture_method', 'setup_future_usage'],
  },
  'payment_intents.update': { name: 'update', takesId: true, flags: [...EDITABLE, 'amount', 'currency'] },
  'payment_intents.capture': {
    name: 'capture',
    takesId: true,
    flags: ['amount_to_capture'],
  },
  'payment_intents.cancel': { name: 'cancel', takesId: true, flags: ['cancellation_reason'] },
  'payment_intents.increment_authorization': { name: 'increment', takesId: true, flags: ['amount'] },
  'payment_intents.retrieve': { name: 'retrieve', takesId: true, flags: [] },
  'refunds.create': {
    name: 'refund',
    takesId: false,
    argument: 'payment_intent',
    flags: ['amount', 'reason'],
  },
};

/** A request as a payintent command on one line; undefined where payintent has no verb for it or no key. */
export function payintentLine(request: SnippetRequest): string | undefined {
  if (request.publishable === true) return undefined;
  return request.call === undefined ? ownLine(request.path, request.params) : verbParts(request)?.join(' ');
}

/** The verb with its arguments, then every flag with its value. */
function verbParts({ call = '', params, ids, idempotencyKey }: SnippetRequest): string[] | undefined {
  const verb = VERBS[call];
  if (verb === undefined) return undefined;
  const head = ['payintent', verb.name, ...(verb.takesId ? ids : [])];
  if (verb.argument !== undefined) head.push(String(params[verb.argument]));
  const flags = Object.entries(params).flatMap(([name, value]) =>
    name === verb.argument ? [] : flagsOf(name, value, verb),
  );
  if (idempotencyKey !== undefined) flags.push(['--idempotency-key', idempotencyKey]);
  return [head, ...flags].map((words) => words.map(quoted).join(' '));
}

function flagsOf(name: string, value: unknown, verb: Verb): string[][] {
  const pairs = formPairs({ [name]: value });
  if (name === 'metadata')
    return pairs.map(([key, text]) => ['--metadata', `${key.slice('metadata['.length, -1)}=${text}`]);
  if (!verb.flags.includes(name) || isUnfit(name, value))
    return pairs.map(([key, text]) => ['-d', `${key}=${text}`]);
  const flag = name.replaceAll('_', '-');
  if (typeof value === 'boolean') return [[value ? `--${flag}` : `--no-${flag}`]];
  return [[`--${flag}`, Array.isArray(value) ? value.join(',') : String(value)]];
}

/** The flags of amounts refuse decimals; what is wrong on purpose reaches the API another way. */
const isUnfit = (name: string, value: unknown) => name.includes('amount') && /^\d*\.\d+$/.test(String(value));

/** What the emulator alone can do. */
function ownLine(path: string, params: SnippetRequest['params']): string | undefined {
  const played = /\/payment_intents\/([^/]+)\/authenticate$/.exec(path);
  if (played !== null) {
    return `payintent authenticate ${played[1]} ${params['outcome'] === 'fail' ? '--fail' : '--succeed'}`;
  }
  return path.endsWith('/advance') ? `payintent emulator advance ${String(params['duration'])}` : undefined;
}

/** Commands that are longer than this go on in further lines, a flag each. */
const LONGEST_LINE = 64;

/** A request as a payintent command, or as curl sends it where there is none. */
export function payintentLines(request: SnippetRequest): string[] {
  const line = payintentLine(request);
  if (line === undefined) return curlLines(request);
  const [head = '', ...flags] = line.length > LONGEST_LINE ? (verbParts(request) ?? []) : [];
  return flags.length === 0 ? [line] : continued([head, ...flags.map((flag) => `  ${flag}`)]);
}
