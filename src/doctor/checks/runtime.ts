import { fail, inconclusive, pass } from '../../conformance/judgement.ts';
import { runtimeFacts } from '../../gateway/runtime-facts.ts';
import type { DoctorBench, TerminalFacts } from '../bench.ts';
import type { DoctorCheck, DoctorFinding } from '../check.ts';

/** The oldest Node.js that runs the program, as package.json has it. */
const OLDEST: readonly [major: number, minor: number] = [20, 19];

/** Fewer columns and lines get longer than the terminal. */
const FEWEST_COLUMNS = 44;

export const versionsCheck: DoctorCheck = {
  id: 'versions',
  title: 'the runtime is one that payintent runs on',
  async run({ version, platform }) {
    const { node, arch, sdk, sqlite, sqliteProblem } = await runtimeFacts();
    const seen = [
      `payintent ${version} on Node.js ${node} (${platform} ${arch})`,
      `stripe ${sdk.version} for API ${sdk.apiVersion}`,
      ...(sqlite === undefined ? [] : [`SQLite ${sqlite.version} of ${sqlite.binding}`]),
    ].join(', ');
    const facts = {
      payintent: version,
      node,
      platform,
      arch,
      stripe_sdk: sdk.version,
      api_version: sdk.apiVersion,
      sqlite: sqlite?.version ?? null,
      sqlite_binding: sqlite?.binding ?? null,
    };
    return { ...judge(), facts };

    function judge(): DoctorFinding {
      const [major = 0, minor = 0] = node.split('.').map(Number);
      if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
        return fail(`${seen}.`, `Install Node.js ${OLDEST.join('.')} or newer.`);
      if (sqlite === undefined)
        return fail(
          `${seen}; no SQLite can be loaded: ${sqliteProblem}.`,
          'Install payintent again without leaving out optional parts, or use Node.js 22.13 or newer, which has SQLite built in.',
        );
      return pass(`${seen}.`);
    }
  },
};

export const terminalCheck: DoctorCheck = {
  id: 'terminal',
  title: 'the terminal can show what payintent prints',
  run: async (bench) => ({ ...judgeTerminal(bench), facts: factsOf(bench.terminal) }),
};

function judgeTerminal({ terminal, platform }: DoctorBench): DoctorFinding {
  const { stdout, columns, colored, colorWhy, accessible, locale, canAsk } = terminal;
  const seen = [
    stdout
      ? `stdout is a terminal${columns === undefined ? '' : ` of ${columns} columns`}`
      : 'stdout is no terminal',
    `${colored ? 'colours' : 'no colours'} (${colorWhy})`,
    localeText(terminal, platform),
    accessible ? 'words in place of signs (ACCESSIBLE)' : '',
    canAsk ? '' : 'no questions',
  ].filter((part) => part !== '');
  const text = `${seen.join(', ')}.`.replace(/^./, (first) => first.toUpperCase());
  if (!stdout) return pass(text);
  if (columns !== undefined && columns < FEWEST_COLUMNS)
    return inconclusive(text, `Make the terminal ${FEWEST_COLUMNS} columns wide, or use --json.`);
  if (locale !== undefined && !isUnicode(locale.value) && platform !== 'win32' && !accessible)
    return inconclusive(text, 'Set LANG=C.UTF-8, or ACCESSIBLE=1 for words in place of signs.');
  return pass(text);
}

/** macOS encodes text as UTF-8 whatever the locale says, and Windows has no such variables. */
function localeText({ locale }: TerminalFacts, platform: string): string {
  if (locale === undefined) return platform === 'linux' ? 'no locale' : '';
  return `${isUnicode(locale.value) ? 'Unicode' : 'not Unicode'} (${locale.name}=${locale.value})`;
}

function isUnicode(locale: string): boolean {
  return /utf-?8/i.test(locale);
}

function factsOf(terminal: TerminalFacts): Readonly<Record<string, unknown>> {
  const { stdin, stdout, stderr, columns, colored, colorWhy, accessible, canAsk, term, locale } = terminal;
  return {
    stdin_tty: stdin,
    stdout_tty: stdout,
    stderr_tty: stderr,
    columns: columns ?? null,
    color: colored,
    color_why: colorWhy,
    accessible,
    can_ask: canAsk,
    term: term ?? null,
    locale: locale?.value ?? null,
    unicode: locale === undefined ? null : isUnicode(locale.value),
  };
}
