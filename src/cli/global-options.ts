import type { OptionSpec } from './spec.ts';

/** Flags that choose where a command goes. Left out of the help of commands that go nowhere. */
export const targetOptions: readonly OptionSpec[] = [
  { name: 'offline', kind: 'flag', summary: 'use the offline emulator' },
  { name: 'test', kind: 'flag', summary: 'use Stripe test mode; needs a test-mode key' },
  {
    name: 'api-key-file',
    kind: 'text',
    value: 'file',
    summary: 'read the test-mode key from a file, - for stdin',
    complete: 'files',
  },
  {
    name: 'api-base',
    kind: 'text',
    value: 'url',
    summary: 'send test requests to another Stripe-compatible server',
  },
  {
    name: 'state',
    kind: 'text',
    value: 'file',
    summary: "keep the emulator's state in this file; :memory: forgets it",
    complete: 'files',
  },
];

/** Target flags as a command that refuses them takes them: its own words say why, help does not offer them. */
export function refused(...names: readonly string[]): readonly OptionSpec[] {
  return targetOptions
    .filter(({ name }) => names.includes(name))
    .map((option) => ({ ...option, hidden: true }));
}

/** Flags every command takes. */
export const sharedOptions: readonly OptionSpec[] = [
  { name: 'json', kind: 'flag', summary: 'print the unmodified API object as JSON' },
  { name: 'jsonl', kind: 'flag', summary: 'print one JSON object a line' },
  { name: 'fields', kind: 'items', value: 'names', summary: 'print only these fields, commas between' },
  { name: 'quiet', short: 'q', kind: 'flag', summary: 'print ids only, and nothing on stderr but errors' },
  { name: 'yes', short: 'y', kind: 'flag', summary: 'answer every confirmation with yes' },
  { name: 'no-input', kind: 'flag', summary: 'never ask; a missing value is an error' },
  {
    name: 'color',
    kind: 'text',
    value: 'when',
    choices: ['auto', 'always', 'never'],
    summary: 'colour the output',
  },
  { name: 'show-secrets', kind: 'flag', summary: 'show client secrets whole in human output' },
  { name: 'debug', kind: 'flag', summary: 'print one line per request, and the stack of a bug' },
  { name: 'help', short: 'h', kind: 'flag', summary: 'show how the command works' },
];

export const dryRunOption: OptionSpec = {
  name: 'dry-run',
  short: 'n',
  kind: 'flag',
  summary: 'show the request and, offline, what it would lead to, without doing it',
};

const idempotencyOption: OptionSpec = {
  name: 'idempotency-key',
  kind: 'text',
  value: 'key',
  summary: 'send this idempotency key instead of a random one',
};

export const dataOption: OptionSpec = {
  name: 'data',
  short: 'd',
  kind: 'pair',
  value: 'name=value',
  summary: 'set any other API parameter: -d payment_method_options[card][moto]=true',
};

export const expandOption: OptionSpec = {
  name: 'expand',
  kind: 'items',
  value: 'path',
  param: 'expand',
  summary: 'answer the object instead of its id: latest_charge',
};

/** The flags of every command that changes something through the API. */
export const mutationOptions: readonly OptionSpec[] = [
  dataOption,
  expandOption,
  idempotencyOption,
  dryRunOption,
];

export interface GlobalOptions {
  readonly target: 'offline' | 'test' | undefined;
  readonly apiKeyFile: string | undefined;
  readonly apiBase: string | undefined;
  readonly state: string | undefined;
  readonly json: boolean;
  readonly jsonl: boolean;
  readonly fields: readonly string[];
  readonly quiet: boolean;
  readonly yes: boolean;
  readonly noInput: boolean;
  readonly color: 'always' | 'never' | 'auto' | undefined;
  readonly showSecrets: boolean;
  readonly debug: boolean;
  readonly help: boolean;
  readonly dryRun: boolean;
}
