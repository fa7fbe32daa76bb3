import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testKey } from '../support/fake-stripe.ts';
import { oddServer } from '../support/odd-server.ts';
import { programStage } from '../support/program-stage.ts';

const stage = programStage('doctor');

interface Answer {
  readonly verdict: string;
  readonly checks: readonly { readonly id: string; readonly verdict: string; readonly reason: string }[];
  readonly facts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

async function doctor(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | string; answer: Answer; text: string; seconds: number }> {
  const started = performance.now();
  const running = stage.start(['doctor', '--json', ...words], {
    env: { TMPDIR: stage.home, ...env },
  });
  const code = await running.ended;
  const text = running.stdout() + running.stderr();
  return {
    code,
    answer: JSON.parse(running.stdout()) as Answer,
    text,
    seconds: (performance.now() - started) / 1000,
  };
}

test('against a served emulator everything that can be judged passes, and the server is told by its port', async () => {
  const { running: serving, url, port, pid, readyFile } = await stage.serve();
  const { code, answer, text } = await doctor(['--api-base', url, '--port', String(port)], {
    STRIPE_API_KEY: testKey,
  });
  expect(code).toBe(0);
  expect(answer.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  expect(answer.facts['account']?.['id']).toMatch(/^acct_/);
  expect(answer.facts['port']).toMatchObject({ answers: 'emulator', pid, same_state: true });
  expect(Math.abs(Number(answer.facts['clock']?.['skew_seconds']))).toBeLessThan(3);
  expect(answer.facts['leftovers']?.['files']).toEqual([]);
  expect(text).not.toContain(testKey);

  serving.child.kill('SIGKILL');
  await serving.ended;
  const after = await doctor(['--offline', '--fix', '--yes', '--port', String(port)]);
  expect(after.answer).toMatchObject({ mended: [expect.stringContaining(readyFile)] });
  expect(existsSync(readyFile)).toBe(false);
});

test('a closed port is a network failure, soon', async () => {
  const { code, answer, seconds } = await doctor(['--api-base', 'http://127.0.0.1:1'], {
    STRIPE_API_KEY: testKey,
  });
  expect(code).toBe(6);
  expect(answer.checks.find(({ id }) => id === 'account')?.reason).toContain('ECONNREFUSED');
  expect(seconds).toBeLessThan(10);
});

test('a server that never answers, a broken configuration and a damaged state together', async () => {
  const { url } = await oddServer(() => {});
  writeFileSync(join(stage.home, 'config.json'), `{"testKey": "${testKey}`, { mode: 0o600 });
  writeFileSync(join(stage.home, 'emulator.db'), 'no database '.repeat(500), { mode: 0o600 });
  const { code, answer, text, seconds } = await doctor(['--api-base', url, '--timeout', '1s'], {
    STRIPE_API_KEY: testKey,
    NODE_EXTRA_CA_CERTS: join(stage.home, 'none.pem'),
  });
  expect(code).toBe(7);
  const failed = answer.checks.flatMap(({ id, verdict }) => (verdict === 'fail' ? [id] : []));
  expect(failed).toEqual(['config', 'account', 'certificates', 'state']);
  expect(seconds).toBeLessThan(10);
  expect(text).not.toContain(testKey);
});
