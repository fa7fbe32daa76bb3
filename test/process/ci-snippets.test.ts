import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { blocksOf } from '../support/documents.ts';
import { type BuiltProgram, buildProgram } from '../support/emulator-program.ts';
import { fakeStripe, testKey } from '../support/fake-stripe.ts';

const root = resolve(import.meta.dirname, '../..');
let program: BuiltProgram;
let folder: string;

beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'payintent-ci-'));
  mkdirSync(join(folder, 'bin'));
  const start = `import ${JSON.stringify(program.file)};\n`;
  writeFileSync(join(folder, 'bin', 'payintent.js'), start);
  // `npx payintent` finds the program of the project, and `npm ci` has been run.
  writeFileSync(
    join(folder, 'bin', 'npx'),
    `#!/bin/sh\nshift\nexec node ${JSON.stringify(program.file)} "$@"\n`,
    { mode: 0o755 },
  );
  writeFileSync(join(folder, 'bin', 'npm'), '#!/bin/sh\n[ "$1" = ci ]\n', { mode: 0o755 });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function bash(script: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((done) => {
    const options = {
      cwd: folder,
      env: {
        PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
        PAYINTENT_HOME: join(folder, 'home'),
        ...env,
      },
    };
    const child = execFile(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
      options,
      (_, stdout, stderr) => {
        done({ code: child.exitCode ?? -1, stdout, stderr });
      },
    );
  });
}

describe.skipIf(process.platform === 'win32')('snippets of docs/ci.md', () => {
  const snippets = blocksOf(readFileSync(join(root, 'docs/ci.md'), 'utf8')).flatMap(
    ({ language, code, line }) =>
      ['yaml', 'groovy'].includes(language)
        ? [...code.matchAll(/^\s*(?:- run: |- |sh ')(.*\bnpx payintent smoke [^'\n]*)/gm)].map(
            ([, command = '']) => [line, command] as const,
          )
        : [],
  );

  test('there is one for each CI system', () => expect(snippets).toHaveLength(4));

  test.each(snippets)('line %i: %s', async (_, command) => {
    const { env } = await fakeStripe();
    const run = await bash(command, env);
    expect(run.code, run.stderr).toBe(0);
    const file = /junit=(\S+?)(?:,|$)/.exec(command)?.[1] ?? '';
    expect(readFileSync(join(folder, file), 'utf8')).toContain('<testsuite ');
    expect((await bash(command, {})).code).toBe(4);
  });

  test('the shell tells a network failure from others', async () => {
    const [script = ''] = blocksOf(readFileSync(join(root, 'docs/ci.md'), 'utf8'))
      .filter(({ code }) => code.includes('case $?'))
      .map(({ code }) => `set +e\n${code}`);
    const { env } = await fakeStripe();
    expect((await bash(script, env)).code).toBe(0);
    expect((await bash(script, {})).code).toBe(1);
    const gone = await bash(script, { ...env, PAYINTENT_API_BASE: 'http://127.0.0.1:1' });
    expect(gone.code).toBe(0);
    expect(gone.stderr).toContain('could not be reached');
  });
});

describe.skipIf(process.platform === 'win32')('action.yml', () => {
  const text = readFileSync(join(root, 'action.yml'), 'utf8');
  const script = (/\n {6}run: \|\n((?: {8}.*\n)+)/.exec(text)?.[1] ?? '').replaceAll(/^ {8}/gm, '');
  const inputs = {
    SMOKE_OFFLINE: 'false',
    SMOKE_ARGS: '',
    SMOKE_WEBHOOK_URL: '',
    SMOKE_JUNIT: '',
    SMOKE_SARIF: '',
    PAYINTENT_WEBHOOK_SECRET: '',
  };
  const started = (given: Readonly<Record<string, string>>) =>
    bash(script, {
      ...inputs,
      GITHUB_ACTION_PATH: folder,
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      ...given,
    });

  test('every variable of the script is an input, and no input is pasted into a script', () => {
    for (const name of Object.keys(inputs)) expect(text).toContain(`${name}: \${{ inputs.`);
    expect(script).not.toContain('${{');
    expect(script).toContain('smoke');
  });

  test('passes and fails as smoke does, with a summary and reports', async () => {
    const { env } = await fakeStripe();
    const good = await started({
      ...env,
      SMOKE_JUNIT: 'a b.xml',
      SMOKE_SARIF: 's.json',
      SMOKE_ARGS: '--currency eur --only payment',
    });
    expect(good.code, good.stderr).toBe(0);
    expect(existsSync(join(folder, 'a b.xml')) && existsSync(join(folder, 's.json'))).toBe(true);
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('`payment`');
    expect((await started({ STRIPE_API_KEY: '' })).code).toBe(4);
    expect((await started({ SMOKE_OFFLINE: 'true' })).code).toBe(0);
    const bad = await started({ ...env, SMOKE_ARGS: '--require-methods sepa_debit; touch pwned' });
    expect(bad.code).not.toBe(0);
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
    expect(bad.stdout + bad.stderr + good.stderr).not.toContain(testKey);
  });
});
