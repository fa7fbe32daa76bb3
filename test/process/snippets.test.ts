import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseDuration } from '../../src/domain/duration.ts';
import { createEngine } from '../../src/emulator/engine.ts';
import { listen } from '../../src/emulator/listen.ts';
import { callIds, findCall } from '../../src/gateway/api-calls.ts';
import type { Answer, ApiRecord, Gateway, RequestMethod, RequestOptions } from '../../src/gateway/gateway.ts';
import { GatewayError } from '../../src/gateway/gateway-error.ts';
import { memoryOf } from '../../src/gateway/memory.ts';
import { openSdk } from '../../src/gateway/stripe-sdk.ts';
import { LESSONS } from '../../src/lessons/curriculum.ts';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { SCENARIOS } from '../../src/scenario/library/all.ts';
import { runScenario } from '../../src/scenario/runner.ts';
import { snippetLines } from '../../src/scenario/snippets/snippet.ts';
import type { SnippetRequest } from '../../src/scenario/snippets/snippet-request.ts';
import { ADVANCE_PATH, type Stage } from '../../src/scenario/stage.ts';
import { openPrograms } from '../support/classroom.ts';
import { playLesson } from '../support/lesson-proof.ts';
import { stripeAt } from '../support/live-emulator.ts';
import { runCli } from '../support/run-cli.ts';
import { splitWords } from '../support/split-words.ts';

const KEY = ['sk', 'test', 'live0emulator'].join('_');
const PUBLISHABLE_KEY = ['pk', 'test', 'live0emulator'].join('_');
const hasCurl = spawnSync('curl', ['--version']).status === 0;

const engine = createEngine({ realNow: () => Date.UTC(2026, 10, 22, 12) });
let url = '';
let stop = async (): Promise<void> => {};

beforeAll(async () => {
  const server = await listen({ handle: engine.handle, port: 0 });
  engine.setBaseUrl(server.url);
  url = server.url;
  stop = () => server.close();
});
afterAll(async () => {
  await stop();
  engine.close();
});

/** The operation that a path belongs to, and the ids in it. */
function locate(method: RequestMethod, path: string): Pick<SnippetRequest, 'call' | 'ids'> {
  for (const id of callIds()) {
    const call = findCall(id);
    const pattern = new RegExp(`^${call?.path.replace(/\{[^}]*\}/g, '([^/]+)')}$`);
    const found = call?.method === method ? pattern.exec(path) : null;
    // `/v1/customers/search` is not the customer called search.
    if (found !== null) return { call: id, ids: found.slice(1) };
  }
  return { call: undefined, ids: [] };
}

type Send = (request: SnippetRequest) => Promise<Answer>;

/** A stage on which every request that a scenario makes is sent by the code that would be shown for it. */
async function stageOf(send: Send): Promise<Stage> {
  const sdk = await openSdk({ target: 'test', key: KEY, apiBase: url });
  const gateway: Gateway = {
    target: 'test',
    async request(method: RequestMethod, path: string, params: ApiRecord = {}, options: RequestOptions = {}) {
      if (path === ADVANCE_PATH) {
        await engine.advance(parseDuration(String(params['duration'])) ?? 0);
        return { object: {}, requestId: undefined, replayed: false };
      }
      if (path.startsWith('/v1/events')) return sdk.request(method, path, params, options);
      return send({ method, path, params, ...options, ...locate(method, path) });
    },
    close: () => sdk.close(),
  };
  return { gateway, emulated: true, now: () => 0, async sleep() {} };
}

const viaCurl: Send = async (request) => {
  const shell = await promisify(execFile)('sh', ['-c', `${snippetLines('curl', request).join('\n')} -s -i`], {
    env: {
      ...process.env,
      STRIPE_API_BASE: url,
      STRIPE_API_KEY: KEY,
      STRIPE_PUBLISHABLE_KEY: PUBLISHABLE_KEY,
    },
  });
  const [head = '', ...rest] = shell.stdout.replaceAll('\r', '').split('\n\n');
  return answerOf(Number(/ (\d{3})/.exec(head)?.[1]), head, JSON.parse(rest.join('\n\n')));
};

function answerOf(status: number, head: string, object: ApiRecord): Answer {
  const requestId = /^request-id: (\S+)/im.exec(head)?.[1];
  const error = object['error'] as Record<string, string> | undefined;
  if (error !== undefined) {
    throw new GatewayError(error['message'] ?? '', {
      kind: 'invalid',
      status,
      code: error['code'],
      declineCode: error['decline_code'],
      requestId,
      body: error,
    });
  }
  return { object, requestId, replayed: /^idempotent-replayed: true/im.test(head) };
}

/** What the SDK throws, as far as it is looked at. */
interface FailedCall {
  readonly statusCode: number | undefined;
  readonly code: string | undefined;
  readonly decline_code: string | undefined;
  readonly requestId: string | undefined;
  readonly raw: ApiRecord;
}

const viaNode: Send = async (request) => {
  const sdk = await openSdk({ target: 'test', key: KEY, apiBase: url });
  if (request.call === undefined) return sdk.request(request.method, request.path, request.params);
  const code = snippetLines('node', request).join('\n');
  const name = /^const (\w+) =/.exec(code)?.[1];
  const run = new Function('stripe', 'process', `return (async () => {\n${code}\nreturn ${name};\n})();`);
  try {
    const object = await run(stripeAt(url, KEY), { env: { STRIPE_PUBLISHABLE_KEY: PUBLISHABLE_KEY } });
    return { object, requestId: object.lastResponse.requestId, replayed: false };
  } catch (error) {
    const { statusCode, code: errorCode, decline_code, requestId, raw } = error as FailedCall;
    if (statusCode === undefined) throw error;
    throw new GatewayError(String(error), {
      kind: 'invalid',
      status: statusCode,
      code: errorCode,
      declineCode: decline_code,
      requestId,
      body: raw,
    });
  }
};

/** Commands that payintent has no verb for are shown as curl sends them. */
const viaPayintent: Send = async (request) => {
  const line = snippetLines('payintent', request).join('\n').replaceAll('\\\n', ' ');
  if (line.startsWith('curl')) return viaCurl(request);
  const { stdout, stderr } = await runCli([...splitWords(line).slice(1), '--json', '--yes'], {
    env: { STRIPE_API_KEY: KEY, PAYINTENT_API_BASE: url },
  });
  if (stdout !== '') return { object: JSON.parse(stdout), requestId: undefined, replayed: false };
  const { error } = JSON.parse(stderr);
  throw new GatewayError(error.message, {
    kind: 'invalid',
    status: error.status,
    code: error.code,
    declineCode: error.decline_code,
    requestId: error.request_id,
    body: error,
  });
};

async function deviationsOf(scenario: (typeof SCENARIOS)[number], send: Send): Promise<string[]> {
  const found: string[] = [];
  for await (const { step, deviations } of runScenario(scenario, await stageOf(send))) {
    found.push(...deviations.map((text) => `${step.title}: ${text}`));
  }
  return found;
}

async function lessonDeviationsOf(lesson: Lesson, send: Send): Promise<string[]> {
  const programs = openPrograms(async () => url);
  try {
    return await playLesson(lesson, {
      ...programs,
      stage: await stageOf(send),
      memory: memoryOf(engine.store),
    });
  } finally {
    await programs.close();
  }
}

const lessons = LESSONS.map((lesson) => [lesson.id, lesson] as const);

const named = SCENARIOS.map((scenario) => [scenario.id, scenario] as const);

describe.skipIf(!hasCurl)('played with the curl commands it shows, a scenario leads to the same', () => {
  test.each(named)('%s', async (_, scenario) => {
    expect(await deviationsOf(scenario, viaCurl)).toEqual([]);
  });
  test.each(lessons)('the lesson %s', async (_, lesson) => {
    expect(await lessonDeviationsOf(lesson, viaCurl)).toEqual([]);
  });
});

describe.skipIf(!hasCurl)('played with the payintent commands it shows, a scenario leads to the same', () => {
  test.each(named)('%s', async (_, scenario) => {
    expect(await deviationsOf(scenario, viaPayintent)).toEqual([]);
  });
});

describe('played with the Node code it shows, a scenario leads to the same', () => {
  test.each(named)('%s', async (_, scenario) => {
    expect(await deviationsOf(scenario, viaNode)).toEqual([]);
  });
  test.each(lessons)('the lesson %s', async (_, lesson) => {
    expect(await lessonDeviationsOf(lesson, viaNode)).toEqual([]);
  });
});
