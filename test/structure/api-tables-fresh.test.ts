import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import {
  knownRoutes,
  nestedParamTable,
  objectTable,
  operations,
  paramTable,
  type Table,
} from '../../src/emulator/api/tables.ts';
import type { Type } from '../../src/emulator/api/type-expression.ts';

const script = path.resolve(import.meta.dirname, '../../scripts/generate-api-tables.mjs');

test('the committed API tables match the installed stripe package', { timeout: 60_000 }, async () => {
  await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({
    stderr: '',
  });
});

function namesIn(type: Type): readonly string[] {
  if (type.kind === 'object') return type.names;
  if (type.kind === 'array') return namesIn(type.of);
  return type.kind === 'union' ? type.of.flatMap(namesIn) : [];
}

/** Reads every table reachable from `table`, which throws on anything that does not parse. */
function readAll(table: Table, find: (name: string) => Table | undefined, seen: Set<string>): void {
  for (const field of table.fields.values()) {
    for (const name of namesIn(field.type)) {
      const nested = seen.has(name) ? undefined : find(name);
      seen.add(name);
      if (nested !== undefined) readAll(nested, find, seen);
    }
  }
}

test('every shape that the tables refer to can be read', () => {
  const seen = new Set<string>();
  for (const { id, returns } of operations()) {
    readAll(paramTable(id), nestedParamTable, seen);
    for (const name of returns.split('/')) {
      const table = objectTable(name);
      if (table !== undefined) readAll(table, objectTable, seen);
    }
  }
  expect(seen.size).toBeGreaterThan(300);
});

test('operations are among the known routes', () => {
  const known = new Set([...knownRoutes()].map(({ method, path: route }) => `${method} ${route}`));
  for (const { method, path: route } of operations()) {
    expect(known).toContain(`${method} ${route.replace(/\{\w+\}/g, '{}')}`);
  }
});
