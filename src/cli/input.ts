import type { ApiRecord } from '../gateway/gateway.ts';
import type { OptionSpec } from './spec.ts';
import { gatherParams, type TypedParam } from './typed-params.ts';
import { readPair } from './values.ts';

/** What was typed, read by the kinds of the spec. Asking for an option the spec does not have is a bug and throws. */
export class Input {
  readonly #options: readonly OptionSpec[];
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #arguments: Readonly<Record<string, string | readonly string[] | undefined>>;

  constructor(
    options: readonly OptionSpec[],
    values: Readonly<Record<string, unknown>>,
    args: Readonly<Record<string, string | readonly string[] | undefined>>,
  ) {
    this.#options = options;
    this.#values = values;
    this.#arguments = args;
  }

  /** An argument by name; undefined where it is optional and absent. */
  argument(name: string): string | undefined {
    const value = this.#arguments[name];
    return typeof value === 'string' ? value : undefined;
  }

  /** All words of a variadic argument. */
  rest(name: string): readonly string[] {
    const value = this.#arguments[name];
    return Array.isArray(value) ? value : [];
  }

  #read(name: string): unknown {
    if (!this.#options.some((option) => option.name === name))
      throw new Error(`no option --${name} in the spec`);
    return this.#values[name];
  }

  text(name: string): string | undefined {
    const value = this.#read(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** Integers, amounts (minor units) and durations (milliseconds). */
  number(name: string): number | undefined {
    const value = this.#read(name);
    return typeof value === 'number' ? value : undefined;
  }

  flag(name: string): boolean {
    return this.#read(name) === true;
  }

  /** Whether it was given at all. */
  has(name: string): boolean {
    const value = this.#read(name);
    return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
  }

  /** True, false (`--no-…`), or undefined when neither was given. */
  switch(name: string): boolean | undefined {
    const value = this.#read(name);
    return typeof value === 'boolean' ? value : undefined;
  }

  items(name: string): readonly string[] {
    const value = this.#read(name);
    return Array.isArray(value) ? value.map(String) : [];
  }

  /**
   * The API parameters: every option that fills one, and `-d`. `more` are those that come of arguments, and of options that are
   * no parameters as they stand.
   */
  params(more: readonly TypedParam[] = []): ApiRecord {
    return gatherParams([...more, ...this.#options.flatMap((option) => this.#typedParams(option))]);
  }

  #typedParams({ name, kind, param }: OptionSpec): readonly TypedParam[] {
    const value = this.#values[name];
    const flag = `--${name}`;
    if (name === 'data' || (kind === 'pair' && param !== undefined)) {
      return (Array.isArray(value) ? value.map(String) : []).map((pair) => {
        const shown = name === 'data' ? '-d' : flag;
        const [key, text] = readPair(shown, pair);
        return { name: name === 'data' ? key : `${param}[${key}]`, value: text, typed: `${shown} ${pair}` };
      });
    }
    if (value === undefined || param === undefined || (kind === 'flag' && value !== true)) return [];
    const typed =
      typeof value === 'boolean' ? (value ? flag : `--no-${name}`) : `${flag} ${[value].flat().join(',')}`;
    return [{ name: param, value, typed }];
  }
}
