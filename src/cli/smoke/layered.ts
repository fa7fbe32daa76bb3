import type { Input } from '../input.ts';

/** What was said, wherever it was said. */
export type Settings = Pick<Input, 'flag' | 'items' | 'number' | 'text'>;

/** Asks the first, and the second for what the first does not say. */
export function layered(first: Settings, second: Settings): Settings {
  return {
    text: (name) => first.text(name) ?? second.text(name),
    number: (name) => first.number(name) ?? second.number(name),
    flag: (name) => first.flag(name) || second.flag(name),
    items: (name) => (first.items(name).length > 0 ? first.items(name) : second.items(name)),
  };
}
