import type { Context } from '../cli/context.ts';
import { CliError } from '../cli/errors.ts';
import { dryRunOption } from '../cli/global-options.ts';
import type { Input } from '../cli/input.ts';
import { intentFields } from '../cli/intent-fields.ts';
import { nextSteps } from '../cli/next-steps.ts';
import { settle, settleOptions } from '../cli/settle.ts';
import type { Command } from '../cli/spec.ts';
import { valueAt } from '../cli/view.ts';
import { intentColumns, intentView } from '../cli/views/intent-view.ts';
import { type Gateway, pathTo } from '../gateway/gateway.ts';
import { GatewayError } from '../gateway/gateway-error.ts';

const challenged = 'payintent create --amount 1099 --currency eur --payment-method 3ds --confirm';

export const authenticateCommand: Command = {
  spec: {
    name: 'authenticate',
    description:
      'Does the part of the customer for an intent that is requires_action: passes or fails 3D Secure, approves or refuses at the bank. --succeed leads to succeeded (or requires_capture, processing), --fail back to requires_payment_method. Only the emulator can do this, also behind --api-base; Stripe wants its own page, whose URL is shown instead.',
    arguments: [{ name: 'intent', summary: 'id of the intent', required: true, complete: 'intents' }],
    options: [
      { name: 'succeed', kind: 'flag', summary: 'the customer passes', common: true },
      { name: 'fail', kind: 'flag', summary: 'the customer fails or refuses', common: true },
      ...settleOptions,
      dryRunOption,
    ],
    examples: [
      {
        command: 'payintent authenticate {intent} --succeed',
        summary: 'pass 3D Secure',
        given: [challenged],
      },
      { command: 'payintent authenticate {intent} --fail', summary: 'fail it', given: [challenged] },
    ],
    fields: intentFields,
    columns: intentColumns,
    exits: [3, 4, 5, 8],
    related: ['confirm', 'retrieve', 'explain'],
  },
  async run(context, input) {
    if (input.flag('succeed') && input.flag('fail')) {
      throw new CliError('FLAGS_CONFLICT', '--succeed and --fail exclude each other');
    }
    const id = input.argument('intent') ?? '';
    const gateway = await context.gateway();
    const { object: intent } = await gateway.request('GET', pathTo('payment_intents', id));
    if (!(await playsCustomers(context, gateway))) throw needsBrowser(id, intent);
    const outcome = await chosenOutcome(context, input);
    const answer = await gateway.request(
      'POST',
      `/_payintent/payment_intents/${encodeURIComponent(id)}/authenticate`,
      {
        outcome,
      },
    );
    const settled = await settle(context, input, answer.object);
    return {
      data: settled.intent,
      view: intentView(settled.intent, {
        done: outcome === 'fail' ? 'Failed authentication' : 'Authenticated',
      }),
      next: nextSteps(settled.intent, true),
      exit: settled.exit,
    };
  },
};

/** The emulator lets a command answer for the customer, also when it is a server that stands for test mode. */
async function playsCustomers(context: Context, gateway: Gateway): Promise<boolean> {
  const target = await context.target();
  if (target.name === 'offline') return true;
  if (target.apiBase === undefined) return false;
  try {
    const { object: health } = await gateway.request('GET', '/_payintent/health');
    return health['program'] === 'payintent';
  } catch (error) {
    if (error instanceof GatewayError) return false;
    throw error;
  }
}

async function chosenOutcome(context: Context, input: Input): Promise<'fail' | 'succeed'> {
  if (input.flag('fail')) return 'fail';
  if (input.flag('succeed')) return 'succeed';
  const prompter = await context.ask('--succeed or --fail');
  return prompter.select({
    message: 'What does the customer do?',
    choices: [
      { name: 'succeed', value: 'succeed', description: 'passes the authentication' },
      { name: 'fail', value: 'fail', description: 'fails or refuses it' },
    ],
  });
}

function needsBrowser(id: string, intent: Readonly<Record<string, unknown>>): CliError {
  const type = String(valueAt(intent, 'next_action.type'));
  const url = valueAt(intent, `next_action.${type}.url`);
  if (intent['status'] !== 'requires_action') {
    return new CliError(
      'INTENT_WRONG_STATUS',
      `Can't authenticate ${id}: it is ${String(intent['status'])}`,
      {
        why: 'Only an intent that is requires_action has something for the customer to do.',
        fix: [`payintent explain ${id}`],
      },
    );
  }
  return new CliError(
    'AUTHENTICATE_NEEDS_BROWSER',
    `Can't authenticate ${id} from here: Stripe wants its own page`,
    {
      why:
        typeof url === 'string'
          ? 'Open the URL of next_action in a browser and answer there.'
          : `next_action is ${type}, which Stripe.js handles in a browser. Confirm with a return_url to get a page instead.`,
      // The whole URL holds the client secret, so it is printed only by the command that is asked for it.
      fix:
        typeof url === 'string' ? [`payintent retrieve ${id} --fields next_action.${type}.url`] : undefined,
    },
  );
}
