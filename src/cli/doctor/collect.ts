import { readFileSync } from 'node:fs';
import type { ConfigFacts, DoctorParts, TargetTrouble, TerminalFacts } from '../../doctor/bench.ts';
import { openGateway } from '../../gateway/open.ts';
import { type FoundKey, findKeys, type Target, TargetProblem } from '../../gateway/target.ts';
import { type Config, configPath, readConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { addressOf, defaultHost } from '../emulator-address.ts';
import { CliError } from '../errors.ts';
import { chooseColor } from '../palette.ts';
import { isAccessible } from '../terminal.ts';
import { version } from '../version.ts';

/** Everything that the program itself knows and the doctor looks at. Nothing is asked of anybody yet. */
export async function collectParts(
  context: Context,
  { port, timeoutMs }: { readonly port: number; readonly timeoutMs: number },
): Promise<DoctorParts> {
  const { host, config, directories, globals, statePath } = context;
  const { target, trouble } = await findTarget(context);
  const keys = keysOf(context, target);
  return {
    env: host.env,
    cwd: host.cwd,
    homeDirectory: host.homeDirectory,
    platform: host.platform,
    version,
    config: lookAtConfig(directories.config),
    directories,
    statePath,
    stateWhy: stateWhy(context),
    target,
    trouble,
    targetWhy:
      globals.target !== undefined
        ? `--${globals.target}`
        : (host.env['PAYINTENT_TARGET'] ?? '').trim() !== ''
          ? 'PAYINTENT_TARGET'
          : (keys[0]?.source ?? 'no key found'),
    keys,
    port,
    portUrl: addressOf(defaultHost, port),
    terminal: terminalOf(context, globals.color ?? config.color),
    timeoutMs,
    now: () => host.now(),
    openApi: (key) =>
      openGateway(target?.name === 'test' ? { ...target, key } : noTarget(), {
        statePath,
        now: () => host.now(),
        timeoutMs,
        retries: 0,
      }),
  };
}

function noTarget(): never {
  throw new Error('the API was asked without a key');
}

async function findTarget(
  context: Context,
): Promise<{ readonly target: Target | undefined; readonly trouble: TargetTrouble | undefined }> {
  try {
    return { target: await context.target(), trouble: undefined };
  } catch (error) {
    if (error instanceof TargetProblem)
      return { target: undefined, trouble: { code: error.code, message: error.message, why: error.why } };
    if (error instanceof CliError)
      return { target: undefined, trouble: { code: 'KEY_UNREADABLE', message: error.title, why: error.why } };
    throw error;
  }
}

function keysOf({ host, config, globals }: Context, target: Target | undefined): readonly FoundKey[] {
  const fromFile = target?.name === 'test' && target.keySource === '--api-key-file' ? target.key : undefined;
  const keys = findKeys({ keyFile: fromFile, env: host.env, configKey: config.testKey });
  // What is wrong with a key from a file has been said without the key.
  const refused = target === undefined && globals.apiKeyFile !== undefined;
  return refused ? [{ text: '', source: '--api-key-file' }, ...keys] : keys;
}

function stateWhy({ globals, host, config }: Context): string {
  if (globals.state !== undefined) return '--state';
  if ((host.env['PAYINTENT_STATE'] ?? '') !== '') return 'PAYINTENT_STATE';
  if (config.state !== undefined) return 'the configuration';
  return (host.env['PAYINTENT_HOME'] ?? '') === '' ? 'the usual place' : 'PAYINTENT_HOME';
}

/** Settings by the name they have in the file, and whether a value is one they take. */
const SETTINGS: Readonly<Record<keyof Config, (value: string) => boolean>> = {
  testKey: () => true,
  apiBase: () => true,
  state: () => true,
  color: (value) => ['always', 'auto', 'never'].includes(value),
  lang: (value) => ['ar', 'en'].includes(value),
};

const isSetting = (name: string): name is keyof Config => Object.hasOwn(SETTINGS, name);

function lookAtConfig(directory: string): ConfigFacts {
  const path = configPath(directory);
  const unread = { path, exists: true, problem: undefined, ignored: [], ours: false, holdsKey: false };
  try {
    readConfig(directory);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { ...unread, problem: error.title, ...namedIn(path) };
  }
  let settings: unknown;
  try {
    settings = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { ...unread, exists: false };
  }
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
    return { ...unread, problem: `${path} holds no settings` };
  const fields = Object.entries(settings);
  const ignored = fields.flatMap(([name, value]) => {
    const taken = isSetting(name) && typeof value === 'string' && value !== '' && SETTINGS[name](value);
    return taken ? [] : [name];
  });
  return {
    ...unread,
    ignored,
    ours: fields.some(([name]) => isSetting(name)),
    holdsKey: Object.hasOwn(settings, 'testKey'),
  };
}

/** What a file that is no JSON seems to hold. */
function namedIn(path: string): Pick<ConfigFacts, 'holdsKey' | 'ours'> {
  try {
    const text = readFileSync(path, 'utf8');
    return { ours: /"(?:testKey|apiBase)"/.test(text), holdsKey: text.includes('"testKey"') };
  } catch {
    return { ours: false, holdsKey: false };
  }
}

function terminalOf({ host, canAsk }: Context, setting: Parameters<typeof chooseColor>[0]): TerminalFacts {
  const { env, stdin, stdout, stderr } = host;
  const { colored, why } = chooseColor(setting, env, stdout.isTTY);
  const name = ['LC_ALL', 'LC_CTYPE', 'LANG'].find((one) => (env[one] ?? '') !== '');
  return {
    stdin: stdin.isTTY,
    stdout: stdout.isTTY,
    stderr: stderr.isTTY,
    columns: stdout.isTTY ? stdout.columns : undefined,
    colored,
    colorWhy: why === 'always' || why === 'never' ? `color is ${why}` : why,
    accessible: isAccessible(env),
    canAsk,
    term: env['TERM'],
    locale: name === undefined ? undefined : { name, value: env[name] ?? '' },
  };
}
