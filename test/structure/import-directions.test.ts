import { describe, expect, test } from 'vitest';
import { codeOf, type Import, imports, sources } from './source-files.ts';

/** Which rings each ring may import. A ring is a folder of `src`, or a file in it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  emulator: ['domain'],
  gateway: ['domain', 'emulator'],
  webhook: ['domain', 'gateway'],
  conformance: ['domain', 'gateway', 'webhook'],
  scenario: ['domain', 'gateway'],
  smoke: ['domain', 'gateway', 'conformance', 'scenario'],
  parity: ['domain', 'gateway', 'conformance', 'scenario', 'smoke'],
  doctor: ['domain', 'gateway', 'conformance', 'smoke'],
  advice: ['domain', 'gateway'],
  lessons: ['domain', 'gateway', 'scenario'],
  cli: [
    'domain',
    'gateway',
    'webhook',
    'conformance',
    'scenario',
    'smoke',
    'parity',
    'doctor',
    'advice',
    'lessons',
  ],
  commands: [
    'domain',
    'gateway',
    'webhook',
    'conformance',
    'scenario',
    'smoke',
    'parity',
    'doctor',
    'advice',
    'lessons',
    'cli',
  ],
  'program.ts': ['domain', 'gateway', 'cli', 'commands'],
  'main.ts': ['cli', 'program.ts'],
  'index.ts': ['emulator'],
};

const ringOf = (file: string): string => file.split('/')[1] as string;

/** Lists of commands, which load each command's file when it is asked for. */
const isRegistry = (file: string): boolean => /\/(registry|entries)\.ts$/.test(file);

const show = ({ from, to, kind }: Import) => `${from} -> ${to} (${kind})`;

/** Packages that cost a noticeable part of a start, with the one file that may know each. */
const DOORS: Readonly<Record<string, string>> = {
  stripe: 'src/gateway/stripe-sdk.ts',
  '@inquirer/prompts': 'src/cli/prompt.ts',
  conf: 'src/cli/config-store.ts',
  'cli-table3': 'src/cli/table.ts',
  chalk: 'src/cli/palette.ts',
  '@photostructure/sqlite': 'src/emulator/sqlite.ts',
  'node:sqlite': 'src/emulator/sqlite.ts',
  'http-proxy-agent': 'src/gateway/proxied-agent.ts',
  'https-proxy-agent': 'src/gateway/proxied-agent.ts',
};

/** Other packages that are imported in one file only, whichever it is. */
const ONE_FILE = ['bidi-js', 'commander', 'execa', 'fast-xml-parser', 'marked', 'qs', 'ws'];

describe('rings', () => {
  test('every folder of src is a known ring', () => {
    expect([...new Set(sources.map(ringOf))].filter((ring) => !Object.hasOwn(MAY_IMPORT, ring))).toEqual([]);
  });

  test('a ring imports only the rings above it', () => {
    const wrong = imports.filter(({ from, to, own }) => {
      const [source, target] = [ringOf(from), ringOf(to)];
      return own && source !== target && MAY_IMPORT[source]?.includes(target) !== true;
    });
    expect(wrong.map(show)).toEqual([]);
  });

  test('commands share code through other rings, not with one another', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        to.startsWith('src/commands/') &&
        from.startsWith('src/commands/') &&
        !isRegistry(from) &&
        !isRegistry(to) &&
        from.split('/')[2] !== to.split('/')[2],
    );
    expect(wrong.map(show)).toEqual([]);
  });

  test('there are no circles', () => {
    const targets = new Map<string, string[]>();
    for (const { from, to, own, kind } of imports)
      if (own && kind === 'static') targets.set(from, [...(targets.get(from) ?? []), to]);
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, way: readonly string[]): void => {
      if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' -> '));
      if (done.has(file) || way.includes(file)) return;
      for (const target of targets.get(file) ?? []) walk(target, [...way, file]);
      done.add(file);
    };
    for (const file of sources) walk(file, []);
    expect(circles).toEqual([]);
  });
});

describe('the domain is pure', () => {
  const domain = sources.filter((file) => ringOf(file) === 'domain');

  test('it imports nothing but itself', () => {
    expect(imports.filter(({ from, own }) => ringOf(from) === 'domain' && !own).map(show)).toEqual([]);
  });

  test.each([
    ['a clock', /\bDate\b|\bperformance\b|\bset(Timeout|Interval|Immediate)\b/],
    ['randomness', /\bMath\.random\b|\bcrypto\b/],
    ['the outside', /\bprocess\b|\bfetch\(|\bglobalThis\b|\bconsole\b/],
  ])('it uses no %s', (_, pattern) => {
    expect(domain.length).toBeGreaterThan(20);
    expect(domain.filter((file) => pattern.test(withoutStrings(codeOf(file))))).toEqual([]);
  });
});

describe('time and randomness come in from outside', () => {
  test.each([
    // The real time enters through `engine.ts` and `main.ts`; the HTTP door dates its answers.
    [
      'the real time',
      /\bnew Date\(\)|\bDate\.now\b/,
      ['src/emulator/engine.ts', 'src/emulator/server/door-answer.ts', 'src/main.ts'],
    ],
    [
      'randomness',
      /\bMath\.random\b|\brandomBytes\b|\brandomUUID\b|\bgetRandomValues\b/,
      ['src/emulator/ids.ts', 'src/commands/emulator/export.ts', 'src/smoke/run-id.ts'],
    ],
  ])('%s is read in few places', (_, pattern, allowed) => {
    expect(sources.filter((file) => pattern.test(codeOf(file)) && !allowed.includes(file))).toEqual([]);
  });
});

describe('heavy packages', () => {
  /** Files, and packages, that are loaded together with a file. */
  function loadedWith(start: string): ReadonlySet<string> {
    const seen = new Set([start]);
    for (const file of seen)
      for (const { from, to, kind } of imports) if (from === file && kind === 'static') seen.add(to);
    return seen;
  }

  test.each(Object.entries(DOORS))('%s is known to %s only', (name, door) => {
    const importers = new Set(
      imports.filter(({ from, to }) => to === name && from !== 'src/index.ts').map(({ from }) => from),
    );
    expect([...importers].filter((file) => file !== door)).toEqual([]);
  });

  test.each(ONE_FILE)('%s is imported in one file', (name) => {
    const importers = new Set(imports.filter(({ to }) => to === name).map(({ from }) => from));
    expect([...importers].slice(1)).toEqual([]);
  });

  test.each(['src/main.ts', 'src/commands/registry.ts', 'src/commands/create.ts', 'src/index.ts'])(
    'none is loaded with %s',
    (start) => {
      const loaded = loadedWith(start);
      expect(
        Object.keys(DOORS)
          .concat('execa', 'fast-xml-parser', 'ws')
          .filter((name) => loaded.has(name)),
      ).toEqual([]);
    },
  );

  test('the start loads no command and no part of the emulator', () => {
    const loaded = [...loadedWith('src/main.ts')];
    expect(
      loaded.filter(
        (file) => file.startsWith('src/emulator/') || (file.startsWith('src/commands/') && !isRegistry(file)),
      ),
    ).toEqual([]);
  });
});

describe('the program', () => {
  test('only a few files know `process`', () => {
    const allowed = [
      'src/main.ts',
      // Which SQLite the runtime has, and a warning nobody can act on.
      'src/emulator/sqlite.ts',
      // The id a ready file and the health answer carry.
      'src/emulator/listen.ts',
      'src/gateway/emulator-server.ts',
      // Whether the process that delivers is still there.
      'src/emulator/delivery/lease.ts',
    ];
    const users = sources.filter((file) => /\bprocess\b\s*[.[]/.test(withoutStrings(codeOf(file))));
    expect(users.filter((file) => !allowed.includes(file))).toEqual([]);
  });
});

/** Good enough for a search: texts between quotes of one line become empty. */
function withoutStrings(code: string): string {
  return code.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
}
