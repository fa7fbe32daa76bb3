import type { Command } from '../../cli/spec.ts';
import { readTime } from '../../cli/values.ts';
import { payloadOption, readPayload, readSecret, secretOptions } from '../../cli/webhook-secret.ts';
import { signBody } from '../../gateway/webhook-tools.ts';

export const webhookSignCommand: Command = {
  spec: {
    name: 'webhook sign',
    description:
      'Prints the value of the Stripe-Signature header for a body, as a delivery would carry it: the time, and the HMAC of time and body under the signing secret. Changes no intent and sends nothing.',
    options: [
      payloadOption,
      ...secretOptions,
      {
        name: 'timestamp',
        kind: 'text',
        value: 'time',
        summary: 'when it was signed, now unless given: seconds, a date and time, or an age such as 10m',
      },
    ],
    examples: [
      {
        command: 'payintent webhook sign --payload event.json --secret-file .webhook-secret',
        summary: 'the header for a body in a file',
        illustrative: true,
      },
      {
        command: 'payintent webhook sign --payload event.json --timestamp 10m',
        summary: 'a header that is too old to be accepted, with the secret from PAYINTENT_WEBHOOK_SECRET',
        illustrative: true,
      },
    ],
    fields: ['object', 'header', 'timestamp', 'bytes'],
    columns: ['header'],
    related: ['webhook verify', 'webhook test'],
    local: true,
  },
  async run(context, input) {
    const body = await readPayload(context, input);
    const secret = await readSecret(context, input);
    const now = context.host.now();
    const typed = input.text('timestamp');
    const timestamp = typed === undefined ? Math.floor(now / 1000) : readTime('--timestamp', typed, now);
    const header = signBody(body, secret, timestamp);
    if (body.at(-1) === 10) {
      context.report.note(
        'The body ends in a line end, which is signed with it: send it whole, with curl --data-binary and not --data.',
      );
    }
    const data = { object: 'webhook_signature', header, timestamp, bytes: body.length };
    return { data, view: { human: () => header, rows: [data], columns: ['header'], key: 'header' } };
  },
};
