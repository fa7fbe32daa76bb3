#!/usr/bin/env node
// Generates src/emulator/api/tables/*.json from the `stripe` package: what every operation takes, what every object has,
// which routes exist. Run it after an upgrade of the package and read the diff.
//
//   node scripts/generate-api-tables.mjs            write the tables
//   node scripts/generate-api-tables.mjs --check    exit 1 when the committed tables differ from what would be written

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readObjects } from './api-tables/read-objects.mjs';
import { readOperations, requestsOf } from './api-tables/read-operations.mjs';
import { LEGACY_OPERATIONS, LEGACY_ROUTES, OBJECTS, RESOURCES } from './api-tables/selection.mjs';
import { openProgram } from './api-tables/type-reader.mjs';

const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const packageRoot = path.join(project, 'node_modules/stripe');
const root = path.join(packageRoot, 'esm');
const target = path.join(project, 'src/emulator/api/tables');

/** Resource files with neither extension, sorted, `V2` left out. */
function resourceFiles() {
  return readdirSync(path.join(root, 'resources'), { recursive: true })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.js') && !name.startsWith('V2/'))
    .map((name) => name.slice(0, -3))
    .sort();
}

function readMeta(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    for (const extension of ['.d.ts', '.js'])
      hash.update(readFileSync(path.join(root, 'resources', file + extension)));
  }
  hash.update(readFileSync(path.join(root, 'shared.d.ts')));
  const apiVersion = /ApiVersion = '([^']+)'/.exec(readFileSync(path.join(root, 'apiVersion.js'), 'utf8'))[1];
  const { version } = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8'));
  return { api_version: apiVersion, stripe: version, inputs: hash.digest('hex').slice(0, 16) };
}

/** path pattern (placeholders `{}`) -> methods; two names for one placeholder are one route. */
function readRoutes(files) {
  const routes = new Map();
  const add = (route, method) => {
    const key = route.replace(/\{\w+\}/g, '{}');
    if (!key.startsWith('/v1/')) return;
    const methods = routes.get(key) ?? new Set();
    routes.set(key, methods.add(method));
  };
  for (const file of files) for (const request of requestsOf(root, file)) add(request.path, request.method);
  for (const { path: route, method } of LEGACY_OPERATIONS) add(route, method);
  for (const [route, methods] of LEGACY_ROUTES) for (const method of methods.split(' ')) add(route, method);
  return new Map([...routes].map(([route, methods]) => [route, [...methods].sort().join(' ')]));
}

const byKey = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);

/** One entry a line, sections in the given order, entries sorted: diffs stay readable. */
function print(meta, sections) {
  const parts = [`  "meta": ${JSON.stringify(meta)}`];
  for (const [name, entries] of Object.entries(sections)) {
    const lines = [...entries]
      .sort(byKey)
      .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    parts.push(`  ${JSON.stringify(name)}: {\n${lines.join(',\n')}\n  }`);
  }
  return `{\n${parts.join(',\n')}\n}\n`;
}

// Rows are stored as one string each and taken apart when first needed: parsing thousands of properties at every start
// of the program would cost it several milliseconds.

/** `amount:!integer currency:!string` */
const fieldLine = (fields) =>
  Object.entries(fields)
    .map(([name, type]) => `${name}:${type}`)
    .join(' ');

/** `POST /v1/payment_intents payment_intent payment_intent_create_params`, with `list` or `search` last where it is one. */
const operationLine = ({ method, path: route, returns, params = 'empty', type }) =>
  [method, route, returns, params, ...(type ? [type] : [])].join(' ');

const mapValues = (map, change) => new Map([...map].map(([key, value]) => [key, change(value)]));

function generate() {
  const files = resourceFiles();
  const meta = readMeta(files);
  const program = openProgram(root, [...new Set([...RESOURCES, ...OBJECTS].map(([file]) => file))]);
  const { operations, shapes, enums } = readOperations(root, program);
  const objects = readObjects(program);
  return {
    'operations.json': print(meta, {
      operations: mapValues(operations, operationLine),
      shapes: mapValues(shapes, fieldLine),
      enums,
    }),
    'objects.json': print(meta, {
      objects: mapValues(objects.objects, fieldLine),
      shapes: mapValues(objects.shapes, fieldLine),
      enums: objects.enums,
    }),
    'routes.json': print(meta, { routes: readRoutes(files) }),
  };
}

const check = process.argv.includes('--check');
let stale = false;
mkdirSync(target, { recursive: true });
for (const [name, text] of Object.entries(generate())) {
  const file = path.join(target, name);
  const same = existsSync(file) && readFileSync(file, 'utf8') === text;
  if (same) continue;
  stale = true;
  if (!check) writeFileSync(file, text);
  console.log(
    check ? `${name} does not match the installed stripe package` : `wrote ${path.relative(project, file)}`,
  );
}
if (check && stale) {
  console.error('The API tables are stale. Run: npm run generate');
  process.exitCode = 1;
}
