import { describe, expect, test } from 'vitest';
import { filesBelow, sources, textOf } from './source-files.ts';

const HAND_WRITTEN = [
  ...sources.filter((file) => !file.includes('.generated.')),
  ...filesBelow('scripts', /\.m?[jt]s$/),
  ...filesBelow('bin', /\.js$/),
];
const TESTS = filesBelow('test', /\.ts$/);

/** Lines of the longest file that is allowed; most are far below. */
const MOST_LINES = 400;

describe('source files', () => {
  test('have kebab-case names', () => {
    const names = [...sources, ...filesBelow('scripts', /./), ...TESTS];
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)+$/;
    expect(names.filter((file) => !kebab.test(file.split('/').at(-1) as string))).toEqual([]);
  });

  test('are no grab bags', () => {
    const names = /\/(utils?|helpers?|misc|common|shared|constants|types)(\/|\.ts$)/;
    expect(sources.filter((file) => names.test(file))).toEqual([]);
  });

  test(`have at most ${MOST_LINES} lines`, () => {
    const long = HAND_WRITTEN.map((file) => [file, textOf(file).split('\n').length] as const);
    expect(long.filter(([, lines]) => lines > MOST_LINES)).toEqual([]);
  });

  test('have no default export', () => {
    expect(sources.filter((file) => /^export\s+default\b|\bas default\b/m.test(textOf(file)))).toEqual([]);
  });

  test('are no barrels, apart from the library door', () => {
    const passesOn = /^export\s+(type\s+)?(\*|\{[^}]*\})\s*(as \w+\s+)?from\s/m;
    const declares =
      /^export\s+(async |abstract |declare )*(function|const|class|interface|type \w+\b[^{}]*=)/m;
    const barrels = sources.filter((file) => passesOn.test(textOf(file)) && !declares.test(textOf(file)));
    expect(barrels).toEqual(['src/index.ts']);
  });

  test('silence no tool without saying why', () => {
    const files = [...HAND_WRITTEN, ...TESTS];
    const silenced = /@ts-(ignore|nocheck)|biome-ignore(?! \S+: \S)|eslint-disable|oxlint-disable/;
    const self = 'test/structure/house-rules.test.ts';
    expect(files.filter((file) => file !== self && silenced.test(textOf(file)))).toEqual([]);
  });
});

describe('tests', () => {
  test('mock no module and skip nothing for good', () => {
    const pattern = /\bvi\.(mock|doMock)\(|\b(test|it|describe)\.(only|todo)\b|\b(test|it|describe)\.skip\(/;
    const self = 'test/structure/house-rules.test.ts';
    expect(TESTS.filter((file) => file !== self && pattern.test(textOf(file)))).toEqual([]);
  });
});

describe('texts', () => {
  const files = [
    ...HAND_WRITTEN,
    ...TESTS,
    ...filesBelow('docs', /\.md$/),
    ...['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md'],
  ];

  test('hold nothing shaped like a real key', () => {
    const key = /\b[sr]k_(live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9+/]{24,}/;
    expect(files.filter((file) => key.test(textOf(file)))).toEqual([]);
  });

  test('leave nothing for later', () => {
    const self = 'test/structure/house-rules.test.ts';
    expect(files.filter((file) => file !== self && /\b(TODO|FIXME|XXX|HACK)\b/.test(textOf(file)))).toEqual(
      [],
    );
  });
});

test('the lock file names the packages of every platform, not only those of the machine it was made on', () => {
  const { packages } = JSON.parse(textOf('package-lock.json')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const missing = Object.entries(packages).flatMap(([where, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        packages[`node_modules/${name}`] === undefined &&
        packages[`${where}/node_modules/${name}`] === undefined,
    ),
  );
  expect(missing).toEqual([]);
});
