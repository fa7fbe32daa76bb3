import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Answer, ApiRecord, Gateway } from '../gateway/gateway.ts';
import { openGateway } from '../gateway/open.ts';
import { chooseTarget, describeTarget, type Target } from '../gateway/target.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { directories } from './directories.ts';
import { CliError } from './errors.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Host, Prompter } from './host.ts';
import { outputMode, tabbed } from './output.ts';
import { wantsColor } from './palette.ts';
import type { Report } from './report.ts';
import { shellWord } from './shell-word.ts';
import type { Ui } from './ui.ts';

export interface SessionParts {
  readonly host: Host;
  readonly globals: GlobalOptions;
  readonly config: Config;
  readonly report: Report;
  readonly signal: AbortSignal;
  readonly hurry: AbortSignal;
  /** How stdout is drawn. */
  readonly ui: Ui;
  readonly runLine: Context['runLine'];
}

/** A request that changes something, and its answer: what a dry run reports. */
export interface Change {
  readonly method: string;
  readonly path: string;
  readonly params: ApiRecord;
  readonly answer: Answer;
}

/** The context of one run, and what the program needs to end it. */
export class Session implements Context {
  readonly host: Host;
  readonly globals: GlobalOptions;
  readonly config: Config;
  readonly report: Report;
  readonly signal: AbortSignal;
  readonly hurry: AbortSignal;
  readonly directories;
  readonly statePath: string;
  readonly canAsk: boolean;
  readonly runLine: Context['runLine'];
  readonly changes: Change[] = [];
  readonly #ui: Ui;
  #target: Target | undefined;
  /** By the version that test mode is asked in. */
  readonly #gateways = new Map<string | undefined, Promise<Gateway>>();

  constructor({ host, globals, config, report, signal, hurry, ui, runLine }: SessionParts) {
    this.host = host;
    this.runLine = runLine;
    this.globals = globals;
    this.config = config;
    this.report = report;
    this.signal = signal;
    this.hurry = hurry;
    this.#ui = ui;
    this.directories = directories(host);
    this.statePath = this.#findState();
    const ci = host.env['CI'];
    const inCi = ci !== undefined && ci !== '' && ci !== '0' && ci !== 'false';
    const forPeople = outputMode(globals, host.stdout.isTTY) === 'human';
    this.canAsk = forPeople && !globals.noInput && !inCi && host.stdin.isTTY;
  }

  #findState(): string {
    const given = this.globals.state ?? (this.host.env['PAYINTENT_STATE'] || undefined) ?? this.config.state;
    if (given === undefined) return join(this.directories.state, 'emulator.db');
    return given === ':memory:' ? given : resolve(this.host.cwd, given);
  }

  async ask(flag: string): Promise<Prompter> {
    const { env, stderr } = this.host;
    const color = wantsColor(this.globals.color ?? this.config.color, env, stderr.isTTY);
    if (this.canAsk) return this.host.prompter(color);
    throw new CliError('ANSWER_NEEDED', `${flag} is missing, and there is no terminal to ask on`, {
      fix: [`Add ${flag}`],
    });
  }

  /** The target once it has been chosen; undefined before. */
  get chosenTarget(): Target | undefined {
    return this.#target;
  }

  async target(): Promise<Target> {
    if (this.#target !== undefined) return this.#target;
    const { globals, config, host } = this;
    this.#target = chooseTarget({
      flag: globals.target,
      apiBaseFlag: globals.apiBase,
      keyFile: globals.apiKeyFile === undefined ? undefined : await this.#readKeyFile(globals.apiKeyFile),
      env: host.env,
      configKey: config.testKey,
      configApiBase: config.apiBase,
    });
    this.report.note(describeTarget(this.#target), 'Target');
    return this.#target;
  }

  async #readKeyFile(file: string): Promise<string> {
    if (file === '-') return this.host.stdin.text();
    try {
      return readFileSync(resolve(this.host.cwd, file), 'utf8');
    } catch (error) {
      throw new CliError('FILE_UNREADABLE', `Can't read the key from ${file}`, {
        why: error instanceof Error && 'code' in error ? String(error.code) : undefined,
        cause: error,
      });
    }
  }

  async gateway(testVersion?: string): Promise<Gateway> {
    const { name } = await this.target();
    const version = name === 'test' ? testVersion : undefined;
    const opened = this.#gateways.get(version) ?? this.#open(version);
    this.#gateways.set(version, opened);
    return opened;
  }

  async #open(apiVersion: string | undefined): Promise<Gateway> {
    const target = await this.target();
    const { debug, dryRun } = this.globals;
    const gateway = await openGateway(target, {
      statePath: this.statePath,
      dryRun,
      apiVersion,
      now: () => this.host.now(),
      trace: debug
        ? ({ method, path, status, milliseconds, requestId }) =>
            this.report.debug(
              [method, path, status, `${milliseconds}ms`, requestId ?? ''].join(' ').trimEnd(),
            )
        : undefined,
    });
    return dryRun ? this.#recording(gateway) : gateway;
  }

  #recording(gateway: Gateway): Gateway {
    return {
      target: gateway.target,
      request: async (method, path, params = {}, options = {}) => {
        const answer = await gateway.request(method, path, params, options);
        if (method !== 'GET') this.changes.push({ method, path, params, answer });
        return answer;
      },
      close: () => gateway.close(),
    };
  }

  async close(): Promise<void> {
    // A gateway that failed to open has said so where it was asked for.
    for (const opened of this.#gateways.values()) await (await opened.catch(() => undefined))?.close();
  }

  command(words: string): string {
    const { target, apiKeyFile, apiBase, state } = this.globals;
    const flags = [
      target === undefined ? [] : [`--${target}`],
      apiKeyFile === undefined ? [] : ['--api-key-file', shellWord(apiKeyFile)],
      apiBase === undefined ? [] : ['--api-base', shellWord(apiBase)],
      state === undefined || state === ':memory:' ? [] : ['--state', shellWord(state)],
    ].flat();
    return words.startsWith('payintent ') && !/^payintent (help|explain [a-z]|config)/.test(words)
      ? [words, ...flags].join(' ')
      : words;
  }

  emit(record: ApiRecord, human: (ui: Ui) => string, columns: readonly string[]): void {
    const { globals, host } = this;
    switch (outputMode(globals, host.stdout.isTTY)) {
      case 'json':
      case 'jsonl':
        host.stdout.write(`${JSON.stringify(record)}\n`);
        break;
      case 'lines':
        host.stdout.write(`${tabbed(record, globals.quiet ? ['id'] : columns)}\n`);
        break;
      case 'human':
        host.stdout.write(`${human(this.#ui)}\n`);
    }
  }
}
