import { resolve } from 'node:path';
import type { Finding } from '../../advice/adviser.ts';
import { adviseLive } from '../../cli/advice/live.ts';
import type { Context } from '../../cli/context.ts';
import { defaultHost, defaultPort } from '../../cli/emulator-address.ts';
import { outputMode } from '../../cli/output.ts';
import type { Command } from '../../cli/spec.ts';
import { count } from '../../cli/text.ts';
import { readScale } from '../../cli/time-scale.ts';
import { placeholderKey } from '../../domain/placeholder-keys.ts';
import { type ServedDelivery, type ServedEmulator, serveEmulator } from '../../gateway/emulator-server.ts';
import { scheduleNames } from '../../gateway/retry-schedules.ts';
import { explainDoor, readPort, reportTrouble } from './door.ts';
import { stateOf, stateOption } from './state.ts';

export const serveCommand: Command = {
  spec: {
    name: 'emulator serve',
    description:
      'Serves the emulator over HTTP, with its 3D Secure and voucher pages, until it is stopped: any Stripe SDK, curl and the Stripe CLI can use it. It works on the same state as the other commands, so an intent an app makes here is one that payintent retrieve shows. Time passes while it runs: payments settle, holds expire. Events are delivered, signed, to the webhook endpoints that apps register; a delivery that fails is made again after 1, 3, 9, 27, 81 and 243 seconds, and an app that is not running is looked for every nine seconds. ^C finishes what is under way; a second ^C stops at once. GET /_payintent/health answers once it is ready.',
    options: [
      {
        name: 'port',
        kind: 'integer',
        value: 'number',
        summary: `port to listen on, ${defaultPort} unless given; 0 takes any free one`,
        common: true,
      },
      {
        name: 'host',
        kind: 'text',
        value: 'address',
        summary: `address to listen on, ${defaultHost} unless given`,
        common: true,
      },
      {
        name: 'allow-host',
        kind: 'items',
        value: 'name',
        summary: 'answer under this host name too, besides localhost: a container, a proxy',
      },
      {
        name: 'ready-file',
        kind: 'text',
        value: 'file',
        summary: 'write url, pid and port to this file once it listens; removed at the end',
        complete: 'files',
      },
      {
        name: 'webhook-before-response',
        kind: 'flag',
        summary: 'send the events of an API call to the webhook endpoints before the call is answered',
      },
      {
        name: 'retries',
        kind: 'text',
        value: 'schedule',
        choices: scheduleNames,
        summary:
          "when deliveries that failed are made again: local unless given; test and live resemble Stripe's",
      },
      {
        name: 'time-scale',
        kind: 'text',
        value: 'factor',
        summary: 'factor for the waits before retries: 0.1 makes 3s 300ms',
      },
      {
        name: 'advise',
        kind: 'flag',
        summary: 'say what would hurt in production as soon as an app does it: see payintent advise',
      },
      stateOption,
    ],
    examples: [
      { command: 'payintent emulator serve', summary: 'serve the usual state', illustrative: true },
      {
        command: 'payintent emulator serve --port 0 --state :memory: --json',
        summary: 'a throw-away emulator for a script: the first line of stdout has the url',
        illustrative: true,
      },
    ],
    exits: [6, 130, 143],
    related: ['emulator env', 'emulator exec', 'emulator status', 'emulator advance', 'advise'],
    longRunning: true,
    local: true,
  },
  async run(context, input) {
    const access = stateOf(context);
    const host = input.text('host') ?? defaultHost;
    const port = readPort(input.number('port'), defaultPort);
    const readyFile = input.text('ready-file');
    let requests = 0;
    let server: ServedEmulator;
    const advice = input.flag('advise')
      ? adviseLive(context.report, 'as-seen', (finding) => emitFinding(context, finding))
      : undefined;
    try {
      server = await serveEmulator({
        ...access,
        host,
        port,
        allowedHosts: input.items('allow-host'),
        readyFile: readyFile === undefined ? undefined : resolve(context.host.cwd, readyFile),
        onRequest: ({ method, path, status, milliseconds, requestId }) => {
          // Whoever waits for the server asks often.
          if (path === '/_payintent/health') return;
          requests += 1;
          const answer = [
            String(status),
            `${milliseconds}ms`,
            ...(requestId === undefined ? [] : [requestId]),
          ];
          context.report.parts(method, [path, answer.join('  ')]);
        },
        webhookBeforeResponse: input.flag('webhook-before-response'),
        webhookRetries: scheduleNames.find((name) => name === input.text('retries')),
        webhookTimeScale: readScale(input.text('time-scale')),
        onDelivery: (delivery) => context.report.parts('Webhook', describeDelivery(delivery)),
        onCall: advice?.see,
        onTrouble: reportTrouble(context),
      });
    } catch (error) {
      throw await explainDoor(error, { host, port, readyFile, platform: context.host.platform });
    }
    announce(context, server, host);
    const hurry = () => server.cut();
    context.hurry.addEventListener('abort', hurry, { once: true });
    await aborted(context.signal);
    advice?.end(server.account);
    await server.stop();
    context.report.note(`${count(requests, 'request')} answered`, 'Stopped');
    if (forPrograms(context)) context.emit({ type: 'stopped', requests }, String, ['type', 'requests']);
    return {};
  },
};

function announce(context: Context, server: ServedEmulator, host: string): void {
  const { report } = context;
  if (!isLoopback(host)) {
    report.warn(
      `${host} is reachable from other machines. The emulator takes any test key: whoever reaches port ${server.port} can read and change its whole state.`,
    );
  }
  report.whole('Ready', server.url);
  report.whole(
    'State',
    context.statePath === ':memory:' ? 'in memory, gone when it stops' : context.statePath,
  );
  report.note('any test-mode key, such as sk_test_…', 'Key');
  const port = server.port === defaultPort ? '' : ` --port ${server.port}`;
  report.whole('SDK', `payintent emulator env${port} --lang node`);
  report.whole('CLI', `eval "$(payintent emulator env${port})"`);
  report.note('^C', 'Stop');
  if (!forPrograms(context)) return;
  context.emit(
    {
      type: 'ready',
      url: server.url,
      host,
      port: server.port,
      state: context.statePath,
      api_key: placeholderKey,
    },
    String,
    ['type', 'url', 'port', 'state'],
  );
}

function emitFinding(context: Context, { requests, ...finding }: Finding): void {
  if (!forPrograms(context)) return;
  const record = { type: 'advice', ...finding, request: requests[0]?.id ?? null };
  context.emit(record, String, ['type', 'rule', 'severity', 'request', 'reason', 'fix']);
}

function describeDelivery(delivery: ServedDelivery): string[] {
  const { eventType, eventId, url, status, reason, milliseconds, outcome, retryInMs } = delivery;
  const took = milliseconds === undefined ? '' : `${milliseconds}ms`;
  const next =
    outcome === 'dead' ? 'given up' : retryInMs === undefined ? '' : `again in ${retryInMs / 1000}s`;
  return [eventType, String(status ?? reason ?? ''), took, eventId, url ?? '', next].filter(
    (part) => part !== '',
  );
}

/** On a terminal, stderr says it all; `-q` has no id to print. */
function forPrograms({ globals, host }: Context): boolean {
  const mode = outputMode(globals, host.stdout.isTTY);
  return mode !== 'human' && !(mode === 'lines' && globals.quiet);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
