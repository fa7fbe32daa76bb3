import { readAnyConfig, readConfig } from './cli/config.ts';
import { directories } from './cli/directories.ts';
import { sentResult, unsentResult } from './cli/dry-run.ts';
import { errorObject, errorText } from './cli/error-view.ts';
import { exitCodes } from './cli/exit-codes.ts';
import { explainFailure, type FailureContext } from './cli/explain-failure.ts';
import type { GlobalOptions } from './cli/global-options.ts';
import type { Host, SignalName } from './cli/host.ts';
import { locate } from './cli/locate.ts';
import { checkFields, outputMode, renderResult } from './cli/output.ts';
import { optionsOf, parseLine } from './cli/parse.ts';
import type { Registry } from './cli/registry.ts';
import { Report } from './cli/report.ts';
import { Session } from './cli/session.ts';
import { watchSignals } from './cli/shutdown.ts';
import type { Command, Result } from './cli/spec.ts';
import { type OutputWishes, openUi, outputWishes } from './cli/terminal.ts';
import type { Ui } from './cli/ui.ts';
import { version } from './cli/version.ts';
import { registry } from './commands/registry.ts';
import { WouldSend } from './gateway/open.ts';
import { checkKey, describeTarget } from './gateway/target.ts';

/** Runs one command line to its end and answers the exit code. Everything outside comes through `host`. */
export async function run(
  argv: readonly string[],
  host: Host,
  commands: Registry = registry,
): Promise<number> {
  if (argv[0] === '--version' || argv[0] === '-V') {
    host.stdout.write(`${version}\n`);
    return exitCodes.done;
  }
  const wishes = outputWishes(argv);
  const place: Place = {
    command: 'help',
    session: undefined,
    typed: (words) => words,
    flagFor: () => undefined,
  };
  try {
    refuseTypedKeys(argv);
    return await runCommand(argv, host, commands, wishes, place);
  } catch (error) {
    return fail(error, host, wishes, place, argv.includes('--debug'));
  }
}

/** A live key among the words would go to the API as an id, a value or a query. What a program is given after `--` is its own. */
function refuseTypedKeys(argv: readonly string[]): void {
  const end = argv.indexOf('--');
  for (const word of end < 0 ? argv : argv.slice(0, end)) {
    const [key] = /\b(?:sk|rk)_live_[A-Za-z0-9]{8,}/.exec(word) ?? [];
    if (key !== undefined) checkKey(key, 'the command line, where other programs can read it');
  }
}

/** How far a run got: what the error boundary knows about it. */
interface Place extends FailureContext {
  command: string;
  session: Session | undefined;
  typed: (words: string) => string;
  flagFor: (param: string) => string | undefined;
}

async function runCommand(
  argv: readonly string[],
  host: Host,
  commands: Registry,
  wishes: OutputWishes,
  place: Place,
): Promise<number> {
  const { entry, words } = locate(commands, argv);
  place.command = entry.name;
  const command = await entry.load();
  const { input, globals } = parseLine(command.spec, words);
  if (globals.help && entry.name !== 'help') {
    const helpEntry = locate(commands, [
      'help',
      ...entry.name.split(' '),
      ...(globals.json ? ['--json'] : []),
    ]);
    const help = await helpEntry.entry.load();
    const parsed = parseLine(help.spec, helpEntry.words);
    return finish(
      await help.run(await openSession(host, globals, help, wishes, commands), parsed.input),
      globals,
      host,
      wishes,
    );
  }
  checkFields(command.spec, globals.fields);
  const controller = new AbortController();
  const hurry = new AbortController();
  const session = await openSession(host, globals, command, wishes, commands, controller, hurry);
  place.session = session;
  place.typed = (words_) => session.command(words_);
  place.flagFor = (param) => {
    const option = optionsOf(command.spec).find(
      (one) => one.param === param || one.param === param.split('[')[0],
    );
    return option === undefined ? undefined : `--${option.name}`;
  };
  const isLong = command.spec.longRunning === true;
  const shutdown =
    isLong || host.isNested === true
      ? watchSignals(host, controller, (text) => session.report.note(isLong ? text : 'Stopped.', 'Signal'))
      : undefined;
  void shutdown?.now.then(() => hurry.abort());
  // What does not know how to stop is left at once.
  const left = isLong ? shutdown?.now : shutdown?.first;
  try {
    const result = await outcome(command, session, input, left);
    const shown = globals.dryRun ? await dryRunResult(session, result) : result;
    const code = await finish(shown, globals, host, wishes, session);
    return shutdown?.signal() === undefined ? code : signalExit(shutdown.signal());
  } finally {
    shutdown?.stop();
    await session.close();
  }
}

async function outcome(
  command: Command,
  session: Session,
  input: Parameters<Command['run']>[1],
  left: Promise<void> | undefined,
): Promise<Result> {
  const running = runOrStop(command, session, input);
  return left === undefined ? running : Promise.race([running, left.then((): Result => ({}))]);
}

async function runOrStop(
  command: Command,
  session: Session,
  input: Parameters<Command['run']>[1],
): Promise<Result> {
  if (!session.globals.dryRun) return command.run(session, input);
  try {
    return await command.run(session, input);
  } catch (error) {
    if (!(error instanceof WouldSend)) throw error;
    return unsentResult(error);
  }
}

async function dryRunResult(session: Session, result: Result): Promise<Result> {
  return session.changes.length === 0 ? result : sentResult(await session.gateway(), session.changes, result);
}

async function openSession(
  host: Host,
  globals: GlobalOptions,
  command: Command,
  wishes: OutputWishes,
  commands: Registry,
  controller: AbortController = new AbortController(),
  hurry: AbortController = new AbortController(),
): Promise<Session> {
  const { config: directory } = directories(host);
  const config = command.spec.anyConfig === true ? readAnyConfig(directory) : readConfig(directory);
  const color = globals.color ?? config.color;
  const [ui, errorUi] = [
    await openUi(host.stdout, host, { color, showSecrets: globals.showSecrets }),
    await openUi(host.stderr, host, { color, showSecrets: globals.showSecrets }),
  ];
  const report = new Report({
    stream: host.stderr,
    color: errorUi.color,
    width: errorUi.width,
    quiet: globals.quiet,
    held: wishes.json && command.spec.longRunning !== true,
  });
  return new Session({
    host,
    globals,
    config,
    report,
    signal: controller.signal,
    hurry: hurry.signal,
    ui,
    runLine: (argv, env) => run(argv, { ...host, env: { ...host.env, ...env }, isNested: true }, commands),
  });
}

async function finish(
  result: Result,
  globals: GlobalOptions,
  host: Host,
  wishes: OutputWishes,
  session?: Session,
): Promise<number> {
  const ui: Ui = await openUi(host.stdout, host, {
    color: globals.color ?? session?.config.color ?? wishes.color,
    showSecrets: globals.showSecrets,
  });
  for (const piece of result.raw ?? []) host.stdout.write(piece);
  const text = await renderResult(result, globals, outputMode(globals, host.stdout.isTTY), ui);
  if (text !== '') host.stdout.write(text);
  if (session !== undefined) {
    session.report.release();
    (result.next ?? []).slice(0, 2).forEach((command, index) => {
      session.report.whole(index === 0 ? (result.nextLabel ?? 'Next') : '', session.command(command));
    });
  }
  return result.exit ?? exitCodes.done;
}

function signalExit(signal: SignalName | undefined): number {
  return signal === 'SIGINT' ? exitCodes.interrupted : signal === 'SIGHUP' ? 129 : exitCodes.terminated;
}

/** The one place where failures become words on stderr and an exit code. */
async function fail(
  error: unknown,
  host: Host,
  wishes: OutputWishes,
  place: Place,
  debug: boolean,
): Promise<number> {
  const failure = explainFailure(error, place);
  place.session?.report.drop();
  const target = place.session?.chosenTarget;
  if (wishes.json || wishes.jsonl) {
    const object = errorObject(failure, target === undefined ? undefined : describeTarget(target));
    host.stderr.write(`${wishes.json ? JSON.stringify(object, undefined, 2) : JSON.stringify(object)}\n`);
  } else {
    const ui = await openUi(host.stderr, host, { color: wishes.color, showSecrets: false });
    host.stderr.write(errorText(failure, ui));
    if (debug && failure.code === 'BUG') host.stderr.write(`${stackOf(error)}\n`);
  }
  return failure.exit;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
