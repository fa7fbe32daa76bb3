import { checkingCommands } from './commands.ts';
import type { PromptParts } from './parts.ts';
import type { Stack } from './stack.ts';

/** The prompt in English. */
export function englishPrompt({ stack, term }: PromptParts): string {
  const subject =
    term === undefined ? 'payments with Stripe PaymentIntents' : `Stripe payments: ${term.name}`;
  return `# Help me build ${subject}

You are an engineer who has taken payments to production many times. My stack: **${stack?.named ?? '<your language, framework and database>'}**.
Before you write code, ask what you need to know: one-time or repeated payments, countries, currencies, shipping at once or later.

## What a PaymentIntent is, and why it matters

- A PaymentIntent is an object that follows one payment from the first try to the final result. One order has one of them.
- My server creates it with amount and currency, because only my server knows the price. The customer's browser or app gets its \`client_secret\` and confirms with it. Stripe moves its status.
- Statuses: \`requires_payment_method\`, \`requires_confirmation\`, \`requires_action\`, \`processing\`, \`requires_capture\`, \`succeeded\`, \`canceled\`. A decline leads back to \`requires_payment_method\`, and the same intent is tried again.
- Creating is not charging, and a redirect back to my site is not proof of payment. Only \`succeeded\` is.
${term === undefined ? '' : aboutTerm(term)}
## Architecture and tools

${tools(stack)}

## Plan, step by step

Work in this order. After each step stop, show how to check it, and wait for me.

1. Keep an order in the database with its state (\`open\`, \`paid\`, \`fulfilled\`) and the id of its PaymentIntent. Prices come from the database.
2. An endpoint of my server that takes an order id, looks up the price, creates the intent (\`automatic_payment_methods[enabled]=true\`, \`metadata[order]\`, an idempotency key made from the order) or retrieves the one the order has, and answers its \`client_secret\`.
3. The checkout page with the Payment Element, confirming with a \`return_url\`.
4. The return page: it retrieves the intent on the server and says what its status says. It ships nothing.
5. The webhook endpoint: verify the signature over the raw body, answer 2xx within seconds, and on \`payment_intent.succeeded\` mark the order as paid and fulfil it exactly once, also when the event comes twice. Handle \`payment_intent.payment_failed\` and \`payment_intent.processing\`.
6. Declines: show a message that fits the decline code, keep the intent, offer another method.
7. Refunds and cancellations from the order's page, with idempotency keys.
8. Tests for each of: success, decline, 3D Secure passed and failed, closed tab, event twice, event before the page, lost answer and retry.

## Mistakes to avoid

- Creating the intent in the browser, or believing an amount that the browser sends: the price can be tampered with.
- Not listening for \`payment_intent.succeeded\`: a payment that succeeds after the customer closes the page is never fulfilled.
- A new intent for each page load or each try, and a new random idempotency key for each retry.
- Taking \`requires_action\` or \`processing\` for paid, or for failed.
- Amounts in the wrong unit: they are integers in the smallest unit of the currency, and yen have no cents.
- Checking the signature on a body that was parsed and written anew; not checking it at all.
- Client secrets in addresses or logs; secret keys in the page or in the repository.
${(term?.mistakes ?? []).map((mistake) => `- ${mistake}\n`).join('')}
## For production

- Restricted keys, in the environment; test and live keys, endpoints and signing secrets are three different things to change.
- The API version pinned in the library and in the webhook endpoint.
- Logs with request ids, event ids and order numbers, without secrets.
- A job that compares open orders with their intents once a day, for the event that was lost.
- Alerts for rising declines, failing webhook deliveries and new disputes; holds captured before they expire.

## How to answer

Show whole files with their paths. Say which parts of the API you are not sure of, so that I can look them up. Use test mode only.
Say for each step which command proves it, with the offline emulator of payintent where it can:

\`\`\`sh
${checkingCommands(stack).join('\n')}
\`\`\`
`;
}

function aboutTerm({ name, definition, why, full }: NonNullable<PromptParts['term']>): string {
  return `
## What I want to understand and build: ${name}

${definition} ${why}

${full}
`;
}

function tools(stack: Stack | undefined): string {
  const { server, client } = stack ?? {};
  const lines = [
    server === undefined
      ? "Server: Stripe's official library for my language. The secret key stays here."
      : `Server, ${server.name}: Stripe's library \`${server.sdk}\` (\`${server.install}\`). The secret key stays here.`,
    server === undefined
      ? 'Webhook endpoint: an address of the same server that gets the body as raw bytes, before any JSON is parsed.'
      : `Webhook endpoint: an address of the same server. The raw body, before any JSON is parsed, is \`${server.rawBody}\`.`,
    client === undefined
      ? 'Browser: Stripe.js with the Payment Element and the publishable key. Card data never touches my server.'
      : `${client.name}: \`${client.sdk}\` with the publishable key. Card data never touches my server.`,
    'Database: orders, and the ids of events that were handled.',
    'Development: the payintent emulator, offline, with test payment methods such as `pm_card_visa`; CI runs `payintent smoke`.',
  ];
  return lines.map((line) => `- ${line}`).join('\n');
}
