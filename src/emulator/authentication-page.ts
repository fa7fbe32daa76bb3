import { formatAmount } from '../domain/money.ts';
import type { ApiObject } from './objects.ts';
import { type Html, html } from './server/html.ts';
import { renderPage } from './server/page-layout.ts';
import { methodName, wordingFor } from './server/page-wording.ts';
import { cspSource, isSafeReturnUrl, type RedirectStatus, withRedirectResult } from './server/return-url.ts';
import type { ApiRequest, ApiResponse, Handle } from './wire.ts';

const PAGE_PATH = /^\/_payintent\/authenticate\/((?:pi|seti)_[A-Za-z0-9_]+)(?:\?(.*))?$/s;

/** The key the page speaks with: as a browser would, so the client secret is what opens the intent. */
const PAGE_KEY = 'pk_test_hosted_page';

/** An intent as the page sees it: what a publishable key with the client secret may see. */
interface Subject {
  readonly intent: ApiObject;
  readonly resource: 'payment_intents' | 'setup_intents';
  readonly clientSecret: string;
  readonly returnUrl: string | undefined;
}

/**
 * The page a customer is sent to when an intent waits for them: `GET /_payintent/authenticate/{intent}?client_secret=...`
 * shows two buttons, and the POST behind them performs the emulator's `authenticate` action and sends the customer back
 * to `return_url`. It sees and changes the intent through `handle` only, so the client secret guards it as it guards the
 * API.
 *
 * @returns what `startServer` takes as `page`: undefined for requests that are not for this page
 */
export function createAuthenticationPage(
  handle: Handle,
): (request: ApiRequest) => Promise<ApiResponse> | undefined {
  return (request) => {
    const match = PAGE_PATH.exec(request.url);
    if (match?.[1] === undefined) return undefined;
    const fields = new URLSearchParams(request.method === 'POST' ? request.body : match[2]);
    const clientSecret = fields.get('client_secret') ?? '';
    if (request.method === 'GET') return showPage(handle, match[1], clientSecret);
    if (request.method === 'POST')
      return performAction(handle, match[1], clientSecret, fields.get('outcome'));
    return Promise.resolve(
      problemPage(405, 'This page cannot do that', 'It answers to GET and POST.', { allow: 'GET, POST' }),
    );
  };
}

async function showPage(handle: Handle, id: string, clientSecret: string): Promise<ApiResponse> {
  const subject = await findSubject(handle, id, clientSecret);
  return 'body' in subject ? subject : (refuseStatus(subject) ?? choicePage(subject));
}

async function performAction(
  handle: Handle,
  id: string,
  clientSecret: string,
  outcome: string | null,
): Promise<ApiResponse> {
  if (outcome !== 'succeed' && outcome !== 'fail') {
    return problemPage(400, 'Nothing was chosen', 'Go back and press one of the two buttons.');
  }
  const subject = await findSubject(handle, id, clientSecret);
  if ('body' in subject) return subject;
  const refused = refuseStatus(subject);
  if (refused !== undefined) return refused;

  const answer = await call(handle, 'POST', `/_payintent/${subject.resource}/${id}/authenticate`, {
    client_secret: clientSecret,
    outcome,
  });
  const after = intentIn(answer);
  // A card that declines after its authentication is an outcome, not a failure of this page.
  if (after === undefined || (answer.status !== 200 && answer.status !== 402)) return refusedPage(answer);
  const status = redirectStatus(after, outcome);
  const { returnUrl } = subject;
  if (returnUrl === undefined || !isSafeReturnUrl(returnUrl)) return resultPage(after, status);
  const location = withRedirectResult(returnUrl, { id, object: subject.intent.object, clientSecret }, status);
  return renderPage({
    status: 303,
    title: 'Going back to the merchant',
    content: html`<p>Continue to <code>${returnUrl}</code>.</p>`,
    headers: { location: headerSafe(location) },
  });
}

/** Headers are ASCII: an address with other characters goes out in its encoded form. */
const headerSafe = (address: string) => (/^[\x21-\x7e]*$/.test(address) ? address : new URL(address).href);

/** The intent, or the page that says why it is not shown. */
async function findSubject(handle: Handle, id: string, clientSecret: string): Promise<Subject | ApiResponse> {
  if (clientSecret === '') {
    return problemPage(400, 'The client secret is missing', 'Open the address exactly as the API gave it.');
  }
  const resource = id.startsWith('seti_') ? 'setup_intents' : 'payment_intents';
  const answer = await call(handle, 'GET', `/v1/${resource}/${id}`, {
    client_secret: clientSecret,
    'expand[0]': 'payment_method',
  });
  const intent = intentIn(answer);
  if (answer.status !== 200 || intent === undefined) return refusedPage(answer);
  return { intent, resource, clientSecret, returnUrl: returnUrlOf(intent) };
}

function refuseStatus({ intent }: Subject): ApiResponse | undefined {
  const status = String(intent['status']);
  if (status === 'requires_action') return undefined;
  return problemPage(
    409,
    'There is nothing to do here',
    `${kindOf(intent)} ${intent.id} has the status ${status}. Only one that requires_action waits for a customer.`,
  );
}

function choicePage(subject: Subject): ApiResponse {
  const { intent, clientSecret, returnUrl } = subject;
  const setup = intent.object === 'setup_intent';
  const method = methodType(intent);
  const wording = wordingFor(nextActionType(intent), method, setup);
  const target = returnUrl === undefined || !isSafeReturnUrl(returnUrl) ? undefined : cspSource(returnUrl);
  return renderPage({
    status: 200,
    title: wording.title,
    formTargets: target === undefined ? [] : [target],
    content: html`${amountLine(intent)}
<p>${wording.explanation}</p>
<dl>
<div><dt>Merchant</dt><dd>Emulator account</dd></div>
${descriptionRow(intent)}
<div><dt>Payment method</dt><dd>${describeMethod(intent, method)}</dd></div>
<div><dt>${kindOf(intent)}</dt><dd><code>${intent.id}</code></dd></div>
</dl>
<form method="post" action="/_payintent/authenticate/${intent.id}">
<input type="hidden" name="client_secret" value="${clientSecret}">
<button class="main" name="outcome" value="succeed">${wording.complete}</button>
<button name="outcome" value="fail">${wording.fail}</button>
</form>`,
  });
}

function resultPage(intent: ApiObject, status: RedirectStatus): ApiResponse {
  const title = { succeeded: 'Done', pending: 'Done, and on its way', failed: 'It failed, as you chose' }[
    status
  ];
  return renderPage({
    status: 200,
    title: status === 'failed' && intent['status'] !== 'requires_payment_method' ? 'It failed' : title,
    content: html`<p>${kindOf(intent)} <code>${intent.id}</code> now has the status <code>${String(intent['status'])}</code>. You can close this page.</p>`,
  });
}

function problemPage(
  status: number,
  title: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): ApiResponse {
  return renderPage({ status, title, content: html`<p>${text}</p>`, headers });
}

/** The API said no: its own words, with its own status. */
function refusedPage(answer: ApiResponse): ApiResponse {
  const status = answer.status >= 400 ? answer.status : 500;
  const error = field(parseBody(answer), 'error');
  const message = field(error, 'message');
  return problemPage(
    status,
    status >= 500 ? 'The emulator failed' : 'This cannot be authenticated',
    typeof message === 'string' ? message : 'The emulator gave no reason.',
  );
}

function amountLine(intent: ApiObject): Html | undefined {
  const { amount, currency } = intent as { amount?: unknown; currency?: unknown };
  if (typeof amount !== 'number' || typeof currency !== 'string') return undefined;
  return html`<p class="amount">${formatAmount(amount, currency)}</p>`;
}

function redirectStatus(after: ApiObject, outcome: 'succeed' | 'fail'): RedirectStatus {
  if (after['status'] === 'processing') return 'pending';
  return outcome === 'fail' || after['status'] === 'requires_payment_method' ? 'failed' : 'succeeded';
}

const kindOf = (intent: ApiObject) => (intent.object === 'setup_intent' ? 'SetupIntent' : 'PaymentIntent');

function nextActionType(intent: ApiObject): string {
  const type = field(intent['next_action'], 'type');
  return typeof type === 'string' ? type : '';
}

/** Where the customer goes afterwards. The API shows it inside `next_action` only, whatever that hash is called. */
function returnUrlOf(intent: ApiObject): string | undefined {
  const url = field(field(intent['next_action'], nextActionType(intent)), 'return_url');
  return typeof url === 'string' ? url : undefined;
}

function methodType(intent: ApiObject): string {
  const type = field(intent['payment_method'], 'type');
  if (typeof type === 'string') return type;
  const types = intent['payment_method_types'];
  return Array.isArray(types) && types.length === 1 ? String(types[0]) : 'card';
}

function describeMethod(intent: ApiObject, type: string): string {
  const details = field(intent['payment_method'], type);
  const last4 = field(details, 'last4');
  const brand = field(details, 'display_brand') ?? field(details, 'brand');
  const name = typeof brand === 'string' ? methodName(brand) : methodName(type);
  return typeof last4 === 'string' ? `${name} ending in ${last4}` : name;
}

function descriptionRow(intent: ApiObject): Html | undefined {
  const description = intent['description'];
  if (typeof description !== 'string' || description === '') return undefined;
  return html`<div><dt>For</dt><dd>${description}</dd></div>`;
}

function call(
  handle: Handle,
  method: 'GET' | 'POST',
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<ApiResponse> {
  const text = new URLSearchParams(parameters).toString();
  return handle({
    method,
    url: method === 'GET' ? `${path}?${text}` : path,
    headers: {
      authorization: `Bearer ${PAGE_KEY}`,
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    body: method === 'POST' ? text : '',
  });
}

/** The intent in an answer, also when it comes inside an error. */
function intentIn(answer: ApiResponse): ApiObject | undefined {
  const body = parseBody(answer);
  const error = field(body, 'error');
  const found = error === undefined ? body : (field(error, 'payment_intent') ?? field(error, 'setup_intent'));
  return typeof field(found, 'id') === 'string' && typeof field(found, 'object') === 'string'
    ? (found as ApiObject)
    : undefined;
}

function parseBody(answer: ApiResponse): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}

function field(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null
    ? (object as Record<string, unknown>)[name]
    : undefined;
}
