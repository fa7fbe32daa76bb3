import { afterAll, describe, expect, test } from 'vitest';
import { knownRoutes, operations, paramTable } from '../../src/emulator/api/tables.ts';
import { createEngine } from '../../src/emulator/engine.ts';
import { EMULATOR_ENDPOINTS } from '../../src/emulator/operations/emulator.ts';
import { OPERATIONS } from '../../src/emulator/routes.ts';
import { coverage } from '../../src/gateway/coverage.ts';
import { filesBelow, textOf } from './source-files.ts';

const engine = createEngine();
afterAll(() => engine.close());

const described = operations();
const emulated = new Set(Object.keys(OPERATIONS));

async function ask(
  method: string,
  path: string,
): Promise<{ status: number; code: unknown; message: string }> {
  const key = ['sk', 'test', 'x'].join('_');
  const url = path.replace(/\{\w*\}/g, 'x');
  const response = await engine.handle({
    method,
    url,
    headers: { authorization: `Bearer ${key}` },
    body: '',
  });
  const { error = {} } = JSON.parse(response.body) as { error?: { code?: string; message?: string } };
  return { status: response.status, code: error.code, message: error.message ?? '' };
}

describe('every operation', () => {
  test('has a row in the generated tables, or is one of the emulator', () => {
    const rows = new Set([...described, ...EMULATOR_ENDPOINTS].map(({ id }) => id));
    expect([...emulated].filter((id) => !rows.has(id))).toEqual([]);
    expect(EMULATOR_ENDPOINTS.filter(({ id }) => !emulated.has(id))).toEqual([]);
  });

  test('is answered, and never as something Stripe does not have', async () => {
    for (const { id, method, path } of described.filter((row) => emulated.has(row.id))) {
      const { status, code, message } = await ask(method, path);
      expect.soft([id, code, status < 500], message).not.toEqual([id, 'emulator_unsupported', true]);
      expect.soft([id, status < 500]).toEqual([id, true]);
      expect.soft([id, message]).not.toEqual([id, expect.stringContaining('Unrecognized request URL')]);
    }
  });
});

describe('every parameter', () => {
  test('is known to some code, or docs/fidelity.md says that it has no effect', () => {
    const code = filesBelow('src/emulator', /\.ts$/).map(textOf).join('\n');
    const section =
      textOf('docs/fidelity.md').split('## What is taken and not acted on')[1]?.split('\n## ')[0] ?? '';
    const names = new Set(
      [...emulated]
        .filter((id) => !id.startsWith('emulator.'))
        .flatMap((id) => [...paramTable(id).fields.keys()]),
    );
    const unread = [...names].filter((name) => !new RegExp(`['".]${name}\\b|\\b${name}:`).test(code));
    expect(unread.filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('what is not emulated', () => {
  test('says so, wherever Stripe has an endpoint', async () => {
    const answered = new Set(
      described
        .filter(({ id }) => emulated.has(id))
        .map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`),
    );
    const routes = [...knownRoutes()].filter(({ method, path }) => !answered.has(`${method} ${path}`));
    expect(routes.length).toBeGreaterThan(300);
    for (const { method, path } of routes) {
      expect
        .soft([method, path, (await ask(method, path)).code])
        .toEqual([method, path, 'emulator_unsupported']);
    }
  });

  test('is listed by `payintent help offline`', () => {
    const { emulated: has, missing, others } = coverage();
    const ids = (list: typeof has) =>
      Object.entries(list).flatMap(([resource, names]) => names.map((name) => `${resource}.${name}`));
    expect([...ids(has), ...ids(missing)].sort()).toEqual(described.map(({ id }) => id).sort());
    expect(ids(missing).filter((id) => emulated.has(id))).toEqual([]);
    expect(others).toBe([...knownRoutes()].length - described.length);
  });
});
