import type { Context } from '../cli/context.ts';
import { CliError } from '../cli/errors.ts';
import { checkTypes } from '../cli/events/type-filter.ts';
import { writeEnvFile } from '../cli/listen/env-file.ts';
import { listenOptions } from '../cli/listen/options.ts';
import { checkPatterns } from '../cli/listen/patterns.ts';
import { type ListenPlan, readPlan, secretOf, secretVariables } from '../cli/listen/plan.ts';
import { listen } from '../cli/listen/run.ts';
import { signingSecret } from '../cli/listen/signing-secret.ts';
import { outputMode } from '../cli/output.ts';
import type { Command, Result } from '../cli/spec.ts';

export const listenCommand: Command = {
  spec: {
    name: 'listen',
    description:
      "Shows events as they happen and, with --forward-to, delivers each of them to an app, signed as Stripe signs. Offline it hears the emulator's state, whichever command or server writes it; on test it asks the API for new events. Events reach an address in their order. What fails is sent again on the schedule it prints, and what is given up is listed at the end. The signing secret stays the same from run to run. A run that is stopped or killed has kept what it had not delivered: the next run to the same address goes on there, unless --fresh says otherwise; a run that ended by --once, --max, --until or --timeout is over. The first ^C finishes the deliveries under way, the second one stops at once.",
    options: listenOptions,
    examples: [
      {
        command: 'payintent listen --forward-to localhost:3000/webhook',
        summary: 'bring every event to an app',
        illustrative: true,
      },
      {
        command: "payintent listen --forward-to localhost:3000/webhook --dotenv .env --exec 'npm run dev'",
        summary: 'give the app its secret, start it, and deliver to it',
        illustrative: true,
      },
      {
        command: 'payintent listen --print-secret',
        summary: 'what the app verifies signatures with',
      },
      {
        command: 'payintent listen --backfill 10m --until payment_intent.succeeded --timeout 30s --jsonl',
        given: ['payintent create --amount 1099 --currency eur --payment-method visa --confirm'],
        summary: 'wait for a payment in a script',
      },
    ],
    exits: [6, 7, 8, 130, 143],
    related: ['trigger', 'events list', 'webhook test', 'emulator serve'],
    longRunning: true,
  },
  async run(context, input) {
    const plan = readPlan(input, context.host.cwd);
    const secret = signingSecret(context);
    if (plan.envFile !== undefined) writeEnvFile(plan.envFile, secretVariables(plan, secret));
    if (input.flag('print-secret')) return printSecret(context, plan, secret);
    const target = await context.target();
    if (target.name === 'offline') {
      if (context.statePath === ':memory:') {
        throw new CliError('FLAGS_CONFLICT', 'A state in memory has no events but those of this process', {
          fix: ['Give --state a file, or leave it out'],
        });
      }
      checkTypes(plan.events, true);
      for (const { patterns } of plan.places) checkPatterns('--route', patterns, true);
      checkPatterns('--until', plan.limits.until === undefined ? [] : [plan.limits.until], true);
    }
    return listen(context, plan, target, secret);
  },
};

/** The secret alone; with routes, one line each: the secret, and the route it belongs to. */
function printSecret(context: Context, plan: ListenPlan, secret: string): Result {
  const secrets = new Map(plan.places.map((place) => [secretOf(place, secret), place] as const));
  const mode = outputMode(context.globals, context.host.stdout.isTTY);
  if (mode === 'json' || mode === 'jsonl') {
    const routes = plan.places.filter(({ isRoute }) => isRoute);
    return {
      data: {
        secret,
        ...(routes.length === 0
          ? {}
          : { routes: routes.map((place) => ({ route: place.key, secret: secretOf(place, secret) })) }),
      },
    };
  }
  if (secrets.size <= 1) return { raw: [`${[...secrets.keys()][0] ?? secret}\n`] };
  return { raw: [...secrets].map(([one, place]) => `${one}\t${place.key}\n`) };
}
