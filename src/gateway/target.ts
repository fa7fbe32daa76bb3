import { maskKey } from '../domain/api-keys.ts';
import { placeholderKey } from '../domain/placeholder-keys.ts';
import type { TargetName } from './gateway.ts';
import { chooseRoute, type Route } from './proxy.ts';

/** Where the API is unless `--api-base` says otherwise. */
const STRIPE = 'https://api.stripe.com';

/** Everything that has a say in where commands go. Empty text counts as absent. */
export interface TargetSources {
  /** `--offline` or `--test`. */
  readonly flag?: TargetName | undefined;
  /** `--api-base`. */
  readonly apiBaseFlag?: string | undefined;
  /** Text of the file (or stdin) named by `--api-key-file`. */
  readonly keyFile?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The key stored by `payintent config set-key`. */
  readonly configKey?: string | undefined;
  readonly configApiBase?: string | undefined;
}

export interface OfflineTarget {
  readonly name: 'offline';
  /** Why this target: the flag, variable or absence that decided. */
  readonly reason: string;
}

export interface TestTarget {
  readonly name: 'test';
  readonly reason: string;
  readonly key: string;
  /** Where the key came from. */
  readonly keySource: string;
  /** Another server that speaks the API, without a trailing slash; undefined is Stripe itself. */
  readonly apiBase: string | undefined;
  /** How requests travel there; straight unless given. */
  readonly route?: Route;
}

export type Target = OfflineTarget | TestTarget;

export type TargetProblemCode =
  | 'FLAG_INVALID'
  | 'FLAGS_CONFLICT'
  | 'KEY_LIVE_REFUSED'
  | 'KEY_MALFORMED'
  | 'KEY_MISSING'
  | 'KEY_PLACEHOLDER'
  | 'KEY_PUBLISHABLE';

/** The target cannot be used; thrown before anything is sent. Never holds a whole key. */
export class TargetProblem extends Error {
  override readonly name = 'TargetProblem';
  readonly code: TargetProblemCode;
  readonly why: string | undefined;

  constructor(code: TargetProblemCode, message: string, why?: string) {
    super(message);
    this.code = code;
    this.why = why;
  }
}

export interface FoundKey {
  readonly text: string;
  /** The flag, the variable or the place it comes from. */
  readonly source: string;
}

/**
 * Decides the target: the flag, then `PAYINTENT_TARGET`, then a key (from a file, the environment, the configuration,
 * in this order) means `test`, else `offline`. A key is looked at only when the target is `test`.
 */
export function chooseTarget(sources: TargetSources): Target {
  const wanted = wantedTarget(sources);
  const [key] = findKeys(sources);
  const name = wanted?.name ?? (key === undefined ? 'offline' : 'test');
  if (name === 'offline') {
    if (present(sources.apiBaseFlag) !== undefined) {
      throw new TargetProblem(
        'FLAGS_CONFLICT',
        '--api-base points the test target at another server, and this command goes to the offline emulator',
        `Offline was chosen by: ${wanted?.reason ?? 'no key found'}.`,
      );
    }
    return { name, reason: wanted?.reason ?? 'no key found' };
  }
  if (key === undefined) {
    throw new TargetProblem(
      'KEY_MISSING',
      'No test-mode key found',
      `The test target was chosen by ${wanted?.reason}.`,
    );
  }
  checkKey(key.text, key.source);
  const apiBase = apiBaseOf(sources);
  if (apiBase === undefined && key.text === placeholderKey)
    throw placeholderAtStripe(key, wanted !== undefined);
  return {
    name,
    reason: wanted?.reason ?? key.source,
    key: key.text,
    keySource: key.source,
    apiBase,
    route: chooseRoute(apiOrigin(apiBase), sources.env),
  };
}

/**
 * The placeholder that the emulator's own lines have people export, for other programs. It chooses `test` as any key does, and
 * only a served emulator takes it: without the address of one it would go to Stripe, which can only refuse it.
 */
function placeholderAtStripe({ source }: FoundKey, chosen: boolean): TargetProblem {
  return new TargetProblem(
    'KEY_PLACEHOLDER',
    `${placeholderKey} is the placeholder for the emulator, and this command would go to Stripe`,
    `${chosen ? `The key comes from ${source}.` : `A key in ${source} means test mode.`} No --api-base and no PAYINTENT_API_BASE leads to a served emulator; nothing was sent.`,
  );
}

/** The origin that requests go to. */
export function apiOrigin(apiBase: string | undefined): string {
  return apiBase ?? STRIPE;
}

/** Refuses everything that is not a test-mode secret or restricted key. `source` names where it came from. */
export function checkKey(key: string, source: string): void {
  const shown = maskKey(key);
  if (/^(sk|rk|pk)_live_/.test(key)) {
    throw new TargetProblem(
      'KEY_LIVE_REFUSED',
      `Refused a live-mode key (${shown})`,
      `It came from ${source}. payintent works in test mode only; nothing was sent.`,
    );
  }
  if (/^pk_/.test(key)) {
    throw new TargetProblem(
      'KEY_PUBLISHABLE',
      `A publishable key (${shown}) cannot run commands`,
      `It came from ${source}. Publishable keys are for browsers and apps; commands need the secret key.`,
    );
  }
  if (!/^(sk|rk)_test_[A-Za-z0-9_]+$/.test(key)) {
    throw new TargetProblem(
      'KEY_MALFORMED',
      'The key is not shaped like a test-mode secret key',
      `It came from ${source} and should start with sk_test_ or rk_test_${/\s/.test(key) ? ', without spaces or line breaks' : ''}.`,
    );
  }
}

function wantedTarget({ flag, env }: TargetSources): { name: TargetName; reason: string } | undefined {
  if (flag !== undefined) return { name: flag, reason: `--${flag}` };
  const variable = present(env['PAYINTENT_TARGET']);
  if (variable === undefined) return undefined;
  if (variable === 'offline' || variable === 'test') return { name: variable, reason: 'PAYINTENT_TARGET' };
  throw new TargetProblem(
    'FLAG_INVALID',
    `PAYINTENT_TARGET is ${JSON.stringify(variable)}; it can be offline or test`,
    variable === 'live' ? 'Live mode is not something payintent does.' : undefined,
  );
}

/** Every key there is, the one that wins first. */
export function findKeys({ keyFile, env, configKey }: TargetSources): readonly FoundKey[] {
  const candidates: [string | undefined, string][] = [
    [keyFile, '--api-key-file'],
    [env['STRIPE_API_KEY'], 'STRIPE_API_KEY'],
    [env['STRIPE_SECRET_KEY'], 'STRIPE_SECRET_KEY'],
    [configKey, 'payintent config'],
  ];
  return candidates.flatMap(([text, source]) => {
    const key = present(text);
    return key === undefined ? [] : [{ text: key, source }];
  });
}

function apiBaseOf({ apiBaseFlag, env, configApiBase }: TargetSources): string | undefined {
  const candidates: [string | undefined, string][] = [
    [apiBaseFlag, '--api-base'],
    [env['PAYINTENT_API_BASE'], 'PAYINTENT_API_BASE'],
    [configApiBase, 'api-base in the configuration'],
  ];
  for (const [text, source] of candidates) {
    const base = present(text);
    if (base === undefined) continue;
    let url: URL;
    try {
      url = new URL(base);
    } catch {
      throw new TargetProblem(
        'FLAG_INVALID',
        // A name and a password may stand before the @.
        `${source} is not a URL: ${base.replace(/[^/]*@/, '…@')}`,
        'It looks like http://127.0.0.1:4242.',
      );
    }
    const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
    if (!bare || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
      throw new TargetProblem(
        'FLAG_INVALID',
        `${source} must be http:// or https://, a host and a port, and nothing after it`,
        `It is ${url.protocol}//${url.host}${url.pathname}; the SDK adds /v1 itself.`,
      );
    }
    return url.origin;
  }
  return undefined;
}

function present(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === undefined || trimmed === '' ? undefined : trimmed;
}

/** One line that says where a command goes and why: `offline emulator (no key found)`. */
export function describeTarget(target: Target): string {
  if (target.name === 'offline') return `offline emulator (${target.reason})`;
  const place = target.apiBase === undefined ? 'test mode' : `test mode at ${target.apiBase}`;
  const why =
    target.reason === target.keySource ? target.reason : `${target.reason}, key from ${target.keySource}`;
  return `${place} (${why})`;
}
