import { describe, expect, test } from 'vitest';
import type { ApiRecord } from '../../../src/gateway/gateway.ts';
import { LESSONS } from '../../../src/lessons/curriculum.ts';
import { shownRequests } from '../../../src/lessons/shown-requests.ts';
import { SCENARIOS } from '../../../src/scenario/library/all.ts';
import { runScenario } from '../../../src/scenario/runner.ts';
import { formPairs } from '../../../src/scenario/snippets/shell.ts';
import {
  type SnippetLanguage,
  snippetLines,
  snippetRequestOf,
} from '../../../src/scenario/snippets/snippet.ts';
import type { SnippetRequest } from '../../../src/scenario/snippets/snippet-request.ts';
import { splitWords } from '../../support/split-words.ts';
import { offlineStage } from '../../support/stage.ts';

/** Every request that some scenario or lesson shows. */
async function allRequests(): Promise<SnippetRequest[]> {
  const found: SnippetRequest[] = LESSONS.flatMap((lesson) =>
    lesson.rounds.flatMap(({ task }) => shownRequests(task.steps, new Map(), lesson)),
  );
  for (const scenario of SCENARIOS) {
    const stage = await offlineStage();
    for await (const result of runScenario(scenario, stage)) found.push(snippetRequestOf(result));
    await stage.gateway.close();
  }
  return found.filter(({ call }) => call !== undefined);
}

const requests = await allRequests();

/** Names that Go writes in its own way compare without capitals and underscores; it wraps tokens, too. */
const bare = (name: string) => name.replaceAll('_', '').toLowerCase().replace('source[token]', 'source');

const TOKEN = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|=>|[[\]{}(),:]|&?[\w.$]+(?:->\w+)*|\[\]\*?\w+|\S/g;

/** Reads the literals of Python, Ruby, PHP and Go, which differ in their brackets and in what follows a key. */
function readLiteral(code: string): unknown {
  const tokens = code.match(TOKEN) ?? [];
  let at = 0;
  const peek = () => tokens[at] ?? '';
  const text = (token: string): unknown => {
    if (/^["']/.test(token)) return token.slice(1, -1).replace(/\\(.)/g, '$1');
    if (/^-?\d+$/.test(token)) return Number(token);
    if (/^(true|True)$/.test(token)) return true;
    if (/^(false|False)$/.test(token)) return false;
    return token;
  };
  const value = (): unknown => {
    const token = tokens[at++] ?? '';
    if (token === '{' || token === '[') return group(token === '{' ? '}' : ']');
    // `stripe.String("x")`, `&stripe.Params{…}`, `stripe.StringSlice([]string{…})`, `map[string]string{…}`
    if (/^&?stripe\./.test(token)) {
      const open = tokens[at++];
      if (open === '{') return group('}');
      const inner = value();
      at += 1;
      return inner;
    }
    if (token === 'map') {
      at += 5;
      return group('}');
    }
    if (token === ']' && /^(string|\*|int64)$/.test(peek())) return value();
    return text(token);
  };
  const group = (close: string): unknown => {
    if (close === ']' && peek() === ']' && /^(string|\*)$/.test(tokens[at + 1] ?? '')) {
      while (tokens[at] !== '{') at += 1;
      at += 1;
      return group('}');
    }
    const items: unknown[] = [];
    const map: Record<string, unknown> = {};
    let isMap = false;
    while (peek() !== close && at < tokens.length) {
      const key = value();
      if (peek() === ':' || peek() === '=>') {
        at += 1;
        isMap = true;
        map[String(key)] = value();
      } else items.push(key);
      if (peek() === ',') at += 1;
    }
    at += 1;
    return isMap ? map : items;
  };
  return value();
}

/** The part of a snippet that holds the parameters. */
const PARAMS: Readonly<Record<'go' | 'php' | 'python' | 'ruby', RegExp>> = {
  go: /^params := (&[\s\S]*?^\}|&[^\n]*)$/m,
  php: /(\[\n[\s\S]*?\n\])/,
  python: /params=(\{\n[\s\S]*?\n {4}\})/,
  ruby: /(\{\n[\s\S]*?\n\})/,
};

function namesAndValues(params: unknown, spelled: (name: string) => string): string[] {
  return formPairs(params as ApiRecord)
    .map(([name, value]) => `${spelled(name)}=${value}`)
    .sort();
}

describe.each(Object.keys(PARAMS) as (keyof typeof PARAMS)[])('in %s', (language) => {
  test('every request has the parameters that are sent, and no others', () => {
    const spelled = language === 'go' ? bare : (name: string) => name;
    for (const request of requests) {
      const code = snippetLines(language, request).join('\n');
      const found = PARAMS[language].exec(code)?.[1];
      const read = found === undefined ? {} : readLiteral(found);
      expect(namesAndValues(read, spelled), code).toEqual(namesAndValues(request.params, spelled));
      for (const id of request.ids) expect(code).toContain(id);
      if (request.idempotencyKey !== undefined) expect(code).toContain(request.idempotencyKey);
    }
  });
});

test('as a payintent command a request has the same parameters', () => {
  const verbs = requests.filter((request) => firstWord(request) === 'payintent');
  expect(verbs.length).toBeGreaterThan(requests.length / 2);
  for (const request of verbs) {
    const words = splitWords(snippetLines('payintent', request).join('\n').replaceAll('\\\n', ' '));
    const values = formPairs(request.params).map(([, value]) => value);
    for (const value of values.filter((one) => one !== 'true' && one !== 'false')) {
      const there = words.some(
        (word) => word === value || word.endsWith(`=${value}`) || word.split(',').includes(value),
      );
      expect(there, `${value} in ${words.join(' ')}`).toBe(true);
    }
    for (const id of request.ids) expect(words).toContain(id);
  }
});

const firstWord = (request: SnippetRequest) =>
  snippetLines('payintent' satisfies SnippetLanguage, request)[0]?.split(' ')[0];

describe('sent as a browser sends it', () => {
  const request: SnippetRequest = {
    call: 'payment_intents.confirm',
    method: 'POST',
    path: '/v1/payment_intents/pi_1/confirm',
    ids: ['pi_1'],
    params: { client_secret: 's' },
    publishable: true,
  };

  test.each<[SnippetLanguage, string]>([
    ['payintent', '-u "$STRIPE_PUBLISHABLE_KEY:"'],
    ['curl', '-u "$STRIPE_PUBLISHABLE_KEY:"'],
    ['node', '{ apiKey: process.env.STRIPE_PUBLISHABLE_KEY }'],
    ['python', 'options={"api_key": os.environ["STRIPE_PUBLISHABLE_KEY"]}'],
    ['ruby', '{ api_key: ENV["STRIPE_PUBLISHABLE_KEY"] }'],
    ['php', "['api_key' => getenv('STRIPE_PUBLISHABLE_KEY')]"],
    ['go', 'browser := stripe.NewClient(os.Getenv("STRIPE_PUBLISHABLE_KEY"), '],
  ])('%s names the publishable key', (language, part) => {
    const named = snippetLines(language, request).join('\n');
    expect(named).toContain(part);
    expect(snippetLines(language, { ...request, publishable: false }).join('\n')).not.toContain(
      'PUBLISHABLE',
    );
  });
});
