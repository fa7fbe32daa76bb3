import { fail, inconclusive, pass, skipped } from '../../conformance/judgement.ts';
import type { DoctorBench } from '../bench.ts';
import type { DoctorCheck, DoctorFinding, Mend } from '../check.ts';
import { type ModeFault, modeFaults, octal } from '../file-modes.ts';
import { findLeftovers } from '../leftovers.ts';
import { deleteEntry, setMode } from '../own-files.ts';

export const configCheck: DoctorCheck = {
  id: 'config',
  title: 'the configuration can be read',
  run: async ({ config, directories }) => ({
    ...judgeConfig(config),
    facts: { path: config.path, exists: config.exists, directory: directories.config },
  }),
};

function judgeConfig({ path, exists, problem, ignored }: DoctorBench['config']): DoctorFinding {
  if (problem !== undefined) {
    return fail(
      `${problem}. Every other command ends at that.`,
      problem.startsWith('Can')
        ? 'Make it a file of your own that you may read, or use another PAYINTENT_HOME.'
        : `Correct ${path}, or delete it and run \`payintent config set-key\` again.`,
    );
  }
  if (!exists) return pass(`There is none; it would be ${path}.`);
  if (ignored.length > 0) {
    return inconclusive(
      `${path} has settings that mean nothing or have a value they do not take: ${ignored.join(', ')}.`,
      'Take them out, or set them with `payintent config set`.',
    );
  }
  return pass(`${path}.`);
}

export const fileModesCheck: DoctorCheck = {
  id: 'file-modes',
  title: 'nobody else can read keys or change files',
  async run(bench) {
    if (bench.platform === 'win32') return skipped('Windows has access lists in place of modes.');
    const { looked, faults } = modeFaults(bench);
    const facts = {
      files: looked.map(({ path, mode }) => ({ path, mode: octal(mode) })),
    };
    const [worst] = faults;
    if (looked.length === 0) return { ...pass('No file has been made yet.'), facts };
    if (worst === undefined) {
      const modes = looked.map(({ path, mode }) => `${shortName(path)} ${octal(mode)}`);
      return { ...pass(`${modes.join(', ')}.`), facts };
    }
    const mends = faults.flatMap((fault) => mendOf(fault) ?? []);
    const judgement = (faults.some(({ grave }) => grave) ? fail : inconclusive)(
      faults.map(({ path, mode, what }) => `${path} is ${octal(mode)}: ${what}.`).join(' '),
      mends.length > 0 ? 'payintent doctor --fix' : byHand(faults),
    );
    return { ...judgement, facts, mends };
  },
};

const shortName = (path: string): string => path.split('/').slice(-2).join('/');

function mendOf({ path, mend, what }: ModeFault): Mend | undefined {
  if (mend === undefined) return undefined;
  const { entry, mode } = mend;
  return {
    what: `Set ${path} from ${octal(entry.mode)} to ${octal(mode)} (${what})`,
    run: () => setMode(entry, mode),
  };
}

/** For what is not for us to change: a link, a file of somebody else's, a folder with other things in it. */
function byHand(faults: readonly ModeFault[]): string {
  const wishes = faults.flatMap(({ path, better }) =>
    better === undefined ? [] : [`set ${path} to ${octal(better)} yourself`],
  );
  return wishes.length === 0
    ? 'Use a directory of your own, with PAYINTENT_HOME.'
    : `Use a directory of your own, with PAYINTENT_HOME, or ${wishes.join(', ')}: --fix changes only what is plainly payintent's own.`;
}

export const leftoversCheck: DoctorCheck = {
  id: 'leftovers',
  title: 'no killed run has left files behind',
  async run(bench) {
    const found = findLeftovers(bench);
    const facts = { files: found.map(({ entry, what }) => ({ path: entry.path, what })) };
    if (found.length === 0)
      return { ...pass('No draft, ready file or copy of a run that was killed.'), facts };
    return {
      ...inconclusive(
        found
          .map(({ entry, what }) => `${entry.path} (${what})`)
          .join(', ')
          .concat('.'),
        'payintent doctor --fix',
      ),
      facts,
      mends: found.map(({ entry, what }) => ({
        what: `Delete ${entry.path} (${what})`,
        run: () => deleteEntry(entry),
      })),
    };
  },
};
