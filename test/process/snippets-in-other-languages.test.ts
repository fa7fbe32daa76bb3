import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import qs from 'qs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nestedParamTable, paramTable, type Table } from '../../src/emulator/api/tables.ts';
import type { Type } from '../../src/emulator/api/type-expression.ts';
import { callIds, callPath, findCall, placeholders } from '../../src/gateway/api-calls.ts';
import type { ApiRecord } from '../../src/gateway/gateway.ts';
import { SCENARIOS } from '../../src/scenario/library/all.ts';
import { runScenario } from '../../src/scenario/runner.ts';
import { isWithoutMethod } from '../../src/scenario/snippets/below.ts';
import { snippetLines, snippetRequestOf } from '../../src/scenario/snippets/snippet.ts';
import type { SnippetRequest } from '../../src/scenario/snippets/snippet-request.ts';
import { offlineStage } from '../support/stage.ts';

// Where a language and its SDK are installed, every snippet is run by them: what arrives has to be the request it stands
// for. PHP and Go have no place for packages of the whole machine: STRIPE_PHP names the SDK's init.php, STRIPE_GO its folder.

const KEY = ['sk', 'test', 'snippets'].join('_');
const PUBLISHABLE_KEY = ['pk', 'test', 'snippets'].join('_');

/** What came in, or should have. */
interface Seen {
  readonly method: string;
  readonly path: string;
  readonly params: unknown;
  readonly idempotencyKey: string | undefined;
  readonly key: string;
}

const seen: Seen[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const text = `${search.slice(1)}&${Buffer.concat(chunks).toString('utf8')}`;
    const key = request.headers['idempotency-key'];
    const authorization = request.headers.authorization ?? '';
    seen.push({
      method: request.method ?? '',
      path: pathname,
      params: qs.parse(text, { depth: 20 }),
      // SDKs make keys of their own.
      idempotencyKey: typeof key === 'string' && !/^([\w-]{36}|\d{19}_[\w-]{6})$/.test(key) ? key : undefined,
      key: authorization.startsWith('Basic ')
        ? Buffer.from(authorization.slice(6), 'base64').toString('utf8').replace(/:$/, '')
        : authorization.replace('Bearer ', ''),
    });
    const isList = request.method === 'GET' && /(s|search)$/.test(pathname);
    const object = isList
      ? {
          object: pathname.endsWith('/search') ? 'search_result' : 'list',
          url: pathname,
          has_more: false,
          data: [],
        }
      : { id: 'obj_1', object: 'payment_intent' };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(object));
  });
});

let url = '';
const requests: SnippetRequest[] = [];
let directory = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  for (const scenario of SCENARIOS) {
    for await (const result of runScenario(scenario, await offlineStage())) {
      const request = snippetRequestOf(result);
      if (request.call !== undefined) requests.push(request);
    }
  }
  requests.push(...everyOperation());
  directory = mkdtempSync(join(tmpdir(), 'payintent-snippets-'));
});

afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

/** Every operation once, with what it must have: scenarios take some, and people write scenarios with any. */
function everyOperation(): SnippetRequest[] {
  return callIds().flatMap((id) => {
    const call = findCall(id);
    if (call === undefined || isWithoutMethod(id)) return [];
    const ids = Array.from({ length: placeholders(call) }, (_, index) => `id_${index}`);
    const table = paramTable(id);
    const params = { ...least(table), ...(table.fields.has('limit') ? { limit: 3 } : {}) };
    return [{ call: id, method: call.method, path: callPath(call, ids), ids, params }];
  });
}

const least = (table: Table): ApiRecord =>
  Object.fromEntries(table.required.map(({ name, type }) => [name, some(type)]));

function some(type: Type): unknown {
  if (type.kind === 'object') return least(nestedParamTable(type.names[0] as string));
  if (type.kind === 'array') return [some(type.of)];
  if (type.kind === 'enum') return [...type.values][0];
  if (type.kind === 'boolean') return true;
  return type.kind === 'integer' ? 1 : 'x';
}

/** The requests that the snippets stand for, as they have to arrive. */
function wanted(): Seen[] {
  return requests.map(({ method, path, params, idempotencyKey, publishable }) => ({
    method,
    path,
    params: qs.parse(qs.stringify(params), { depth: 20 }),
    idempotencyKey,
    key: publishable === true ? PUBLISHABLE_KEY : KEY,
  }));
}

/** Runs a program without stopping the server in this process. Answers what it said where it failed. */
async function run(command: string, words: readonly string[], cwd = directory): Promise<string> {
  const child = spawn(command, words, {
    cwd,
    env: { ...process.env, STRIPE_PUBLISHABLE_KEY: PUBLISHABLE_KEY, GOFLAGS: '-mod=mod', GOPROXY: 'off' },
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise((resolve) => {
    child.on('close', resolve);
  });
  return code === 0 ? '' : `${code}: ${said}`;
}

const has = (command: string, ...words: string[]) =>
  spawnSync(command, words, { timeout: 20_000 }).status === 0;

const blocks = (language: 'go' | 'php' | 'python' | 'ruby', wrap: (code: string, index: number) => string) =>
  requests.map((request, index) => wrap(snippetLines(language, request).join('\n'), index)).join('\n');

async function expectArrivals(failure: Promise<string>): Promise<void> {
  seen.length = 0;
  expect(await failure).toBe('');
  expect(seen).toEqual(wanted());
}

describe.skipIf(!has('python3', '-c', 'import stripe; stripe.StripeClient'))('Python', () => {
  test('every snippet sends its request', async () => {
    const file = join(directory, 'snippets.py');
    writeFileSync(
      file,
      `import os\nimport stripe\nclient = stripe.StripeClient("${KEY}", base_addresses={"api": "${url}"})\n${blocks('python', (code) => code)}\n`,
    );
    await expectArrivals(run('python3', [file]));
  }, 120_000);
});

describe.skipIf(!has('ruby', '-e', 'require "stripe"; Stripe::StripeClient'))('Ruby', () => {
  test('every snippet sends its request', async () => {
    const file = join(directory, 'snippets.rb');
    writeFileSync(
      file,
      `require "stripe"\nclient = Stripe::StripeClient.new("${KEY}", api_base: "${url}")\n${blocks('ruby', (code) => code)}\n`,
    );
    await expectArrivals(run('ruby', [file]));
  }, 120_000);
});

const php = process.env['STRIPE_PHP'];

describe.skipIf(php === undefined || !has('php', '--version'))('PHP', () => {
  test('every snippet sends its request', async () => {
    const file = join(directory, 'snippets.php');
    writeFileSync(
      file,
      `<?php\nrequire '${php}';\n$stripe = new \\Stripe\\StripeClient(['api_key' => '${KEY}', 'api_base' => '${url}']);\n${blocks('php', (code) => code)}\n`,
    );
    await expectArrivals(run('php', [file]));
  }, 120_000);
});

const go = process.env['STRIPE_GO'];

describe.skipIf(go === undefined || !has('go', 'version'))('Go', () => {
  test('every snippet compiles and sends its request', async () => {
    const folder = mkdtempSync(join(directory, 'go-'));
    symlinkSync(go as string, join(folder, 'stripe-go'));
    const path = /^module (\S+)$/m.exec(readFileSync(join(go as string, 'go.mod'), 'utf8'))?.[1];
    writeFileSync(
      join(folder, 'go.mod'),
      `module snippets\n\ngo 1.22\n\nrequire ${path} v86.0.0\n\nreplace ${path} => ./stripe-go\n`,
    );
    const functions = blocks('go', (code, index) => goFunction(code, index));
    const calls = requests.map((_, index) => `\tsnippet${index}(ctx, client, backends)`).join('\n');
    writeFileSync(
      join(folder, 'main.go'),
      `package main

import (
	"context"
	"fmt"
	"os"

	"${path}"
)

func show(values ...any) {
	if err := values[len(values)-1]; err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func each[T any](items stripe.Seq2[T, error], body func(any, error)) {
	items(func(item T, err error) bool {
		body(item, err)
		return true
	})
}

${functions}

func main() {
	ctx := context.Background()
	backends := stripe.NewBackendsWithConfig(&stripe.BackendConfig{
		URL: stripe.String("${url}"),
	})
	client := stripe.NewClient("${KEY}", stripe.WithBackends(backends))
	_ = os.Getenv("")
${calls}
}
`,
    );
    await expectArrivals(run('go', ['run', '.'], folder));
  }, 400_000);
});

/** A loop over a function needs Go 1.23, which few machines have yet; the same is written as a call. */
function goFunction(code: string, index: number): string {
  const loop = /^for item, err := range (.*) \{\n[\s\S]*\n\}$/m.exec(code);
  const before = loop === null ? code : code.slice(0, loop.index);
  const end =
    loop === null ? 'show(answer, err)' : `each(${loop[1]}, func(item any, err error) { show(item, err) })`;
  return `func snippet${index}(ctx context.Context, client *stripe.Client, backends *stripe.Backends) {\n${before}\n${end}\n}`;
}
