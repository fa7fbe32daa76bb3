import { exitCodes } from '../../cli/exit-codes.ts';
import { redact } from '../../cli/redact.ts';
import type { Command } from '../../cli/spec.ts';
import { readTime } from '../../cli/values.ts';
import { payloadOption, readPayload, readSecret, secretOptions } from '../../cli/webhook-secret.ts';
import { DEFAULT_TOLERANCE } from '../../gateway/webhook-tools.ts';
import { type Diagnosis, diagnose } from '../../webhook/diagnose.ts';
import { fixFor } from '../../webhook/fixes.ts';
import { FRAMEWORK_IDS, frameworkNamed } from '../../webhook/frameworks.ts';
import { type VerificationRecord, verificationView } from './verification-view.ts';

export const webhookVerifyCommand: Command = {
  spec: {
    name: 'webhook verify',
    description:
      'Says whether a Stripe-Signature header verifies for a body and a secret, as the Node library of Stripe decides it. Where it does not, it looks for what would have verified, so that it can tell a wrong secret from a body that was parsed and written again, and shows the first byte that differs. Ends with 7 where it does not verify.',
    options: [
      payloadOption,
      {
        name: 'header',
        kind: 'text',
        value: 't=…,v1=…',
        summary: 'value of the Stripe-Signature header as it arrived',
        common: true,
      },
      ...secretOptions,
      {
        name: 'framework',
        kind: 'text',
        value: 'name',
        choices: FRAMEWORK_IDS,
        summary: 'show the fix for this framework',
        common: true,
      },
      {
        name: 'tolerance',
        kind: 'integer',
        value: 'seconds',
        summary: `how old the signature may be, ${DEFAULT_TOLERANCE} unless given; 0 for any age`,
      },
      {
        name: 'received-at',
        kind: 'text',
        value: 'time',
        summary: 'when the request came, now unless given: seconds, a date and time, or an age such as 2h',
      },
    ],
    examples: [
      {
        command:
          'payintent webhook verify --payload body.json --header "t=1795000000,v1=5257a8…" --framework express',
        summary: 'why a delivery was refused, with the secret from PAYINTENT_WEBHOOK_SECRET',
        illustrative: true,
      },
      {
        command:
          'payintent webhook verify --payload body.json --header "t=1795000000,v1=5257a8…" --tolerance 0 --json',
        summary: 'a request that was kept, as JSON',
        illustrative: true,
      },
    ],
    fields: [
      'object',
      'verified',
      'problem',
      'reason',
      'fix',
      'change',
      'difference',
      'timestamp',
      'age',
      'signatures',
      'frameworks',
    ],
    columns: ['verified', 'problem', 'reason'],
    exits: [7],
    related: ['webhook sign', 'webhook test'],
    local: true,
  },
  async run(context, input) {
    const payload = await readPayload(context, input);
    const secret = await readSecret(context, input);
    const now = context.host.now();
    const received = input.text('received-at');
    const diagnosis = diagnose({
      payload,
      header: input.text('header'),
      secrets: [secret],
      nowSeconds: received === undefined ? Math.floor(now / 1000) : readTime('--received-at', received, now),
      toleranceSeconds: input.number('tolerance') ?? DEFAULT_TOLERANCE,
    });
    const record = recordOf(diagnosis, input.text('framework'));
    return {
      data: record,
      view: verificationView(record),
      exit: diagnosis.verified ? exitCodes.done : exitCodes.failed,
    };
  },
};

function recordOf(diagnosis: Diagnosis, frameworkId: string | undefined): VerificationRecord {
  const { problem, difference } = diagnosis;
  const framework = frameworkId === undefined ? undefined : frameworkNamed(frameworkId);
  const fix = problem === null ? undefined : fixFor(problem, framework);
  return {
    object: 'webhook_verification',
    verified: diagnosis.verified,
    problem,
    reason: diagnosis.reason,
    fix: fix?.text ?? null,
    change: diagnosis.change,
    // An excerpt can fall into a client secret.
    difference:
      difference === null
        ? null
        : { ...difference, signed: redact(difference.signed), given: redact(difference.given) },
    timestamp: diagnosis.timestamp,
    age: diagnosis.age,
    signatures: diagnosis.signatures,
    frameworks: (fix?.frameworks ?? []).map(({ id, name, rawBody, code }) => ({
      id,
      name,
      fix: rawBody,
      code,
    })),
  };
}
