import { resolve } from 'node:path';
import { adviseLive } from '../../cli/advice/live.ts';
import type { Context } from '../../cli/context.ts';
import { defaultHost } from '../../cli/emulator-address.ts';
import { emulatorEnvironment } from '../../cli/emulator-environment.ts';
import { CliError } from '../../cli/errors.ts';
import { shellWord } from '../../cli/shell-word.ts';
import type { Command } from '../../cli/spec.ts';
import { type Child, ChildError, startChild } from '../../gateway/child.ts';
import { IN_MEMORY } from '../../gateway/emulator-access.ts';
import { type ServedEmulator, serveEmulator } from '../../gateway/emulator-server.ts';
import { explainDoor, readPort, reportTrouble } from './door.ts';
import { refuseTest, stateOption } from './state.ts';

export const execCommand: Command = {
  spec: {
    name: 'emulator exec',
    description:
      "Starts an emulator on a free port, runs a command that finds it in its environment, and exits with the command's exit code. The state is in memory, so runs cannot disturb one another, unless --state names a file. The command gets STRIPE_API_KEY, STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY (placeholders: a real key of yours never reaches it), STRIPE_API_BASE, and PAYINTENT_TARGET and PAYINTENT_API_BASE, so that payintent inside it uses the same emulator. Everything after the command is the command's.",
    arguments: [
      { name: 'command', summary: 'the command to run, after --', required: true },
      { name: 'args', summary: 'its arguments and flags', variadic: true },
    ],
    options: [
      {
        name: 'port',
        kind: 'integer',
        value: 'number',
        summary: 'port to listen on; any free one unless given',
      },
      {
        name: 'advise',
        kind: 'flag',
        summary: 'say at the end what would hurt in production: see payintent advise',
      },
      {
        ...stateOption,
        summary: 'keep the state in this file; in memory unless given',
      },
    ],
    examples: [
      { command: 'payintent emulator exec -- npm test', summary: 'a test suite', illustrative: true },
      {
        command: 'payintent emulator exec -- sh -c "payintent create --amount 1099 --currency eur"',
        summary: 'payintent inside uses the same emulator',
        illustrative: true,
      },
      {
        command: 'payintent emulator exec --advise -- npm test',
        summary: 'and what the tests show that would hurt in production',
        illustrative: true,
      },
      {
        command: 'payintent emulator exec -- node --version',
        summary: 'any program of yours',
        illustrative: true,
      },
    ],
    exits: [126, 127],
    related: ['emulator serve', 'emulator env', 'advise'],
    local: true,
    passThrough: true,
  },
  async run(context, input) {
    refuseTest(context);
    const command = input.argument('command') ?? '';
    const words = input.rest('args');
    const { host, globals, report } = context;
    const port = readPort(input.number('port'), 0);
    const state =
      globals.state === undefined || globals.state === IN_MEMORY
        ? IN_MEMORY
        : resolve(host.cwd, globals.state);
    let server: ServedEmulator;
    const advice = input.flag('advise') ? adviseLive(report, 'at-end') : undefined;
    try {
      server = await serveEmulator({
        statePath: state,
        now: () => host.now(),
        host: defaultHost,
        port,
        onCall: advice?.see,
        onTrouble: reportTrouble(context),
      });
    } catch (error) {
      throw await explainDoor(error, { host: defaultHost, port, platform: host.platform });
    }
    // With --json, stderr is for one error object at most.
    if (!globals.json && !globals.jsonl) {
      report.whole('Emulator', server.url);
      report.whole('State', state === IN_MEMORY ? 'in memory' : state);
    }
    try {
      const exit = await runChild(context, command, words, emulatorEnvironment(host.env, server.url));
      advice?.end(server.account);
      return { exit };
    } finally {
      server.cut();
      await server.stop();
    }
  },
};

async function runChild(
  context: Context,
  command: string,
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const { host } = context;
  // A terminal sends ^C to the command as well; sent again it would look like a second one.
  const terminal = host.stdin.isTTY || host.stdout.isTTY || host.stderr.isTTY;
  let child: Child | undefined;
  const stopListening = host.onSignal((signal) => {
    if (signal !== 'SIGINT' || !terminal) child?.send(signal);
  });
  try {
    child = await startChild(command, words, { env, cwd: host.cwd });
    return await child.exit;
  } catch (error) {
    throw error instanceof ChildError ? explainChild(error, command, words) : error;
  } finally {
    stopListening();
  }
}

function explainChild(error: ChildError, command: string, words: readonly string[]): CliError {
  if (error.kind === 'not_runnable') {
    return new CliError('PROGRAM_NOT_RUNNABLE', `Can't run ${command}`, { why: error.message, cause: error });
  }
  const line = words.length === 0 && /\s/.test(command);
  return new CliError('PROGRAM_NOT_FOUND', `Can't run ${command}: there is no such command`, {
    why: line ? 'The whole line is in quotes, so it was taken for the name of a program.' : undefined,
    fix: line ? [`payintent emulator exec -- sh -c ${shellWord(command)}`] : undefined,
    cause: error,
  });
}
