import { formatAmount } from '../domain/money.ts';
import type { ApiHash, ApiObject } from './objects.ts';
import { html } from './server/html.ts';
import { renderPage } from './server/page-layout.ts';
import { methodName } from './server/page-wording.ts';
import type { ApiRequest, ApiResponse, Handle } from './wire.ts';

const DOCUMENT_PATH = /^\/_payintent\/(receipts|mandates|qr)\/(\w+)(?:\.(png|svg))?(?:\?.*)?$/s;

/** The key the pages read with. They are served to whoever holds the link, as Stripe's are. */
const READER_KEY = 'sk_test_hosted_documents';

/**
 * The documents that objects link to: receipts of charges, texts of mandates, images of QR codes.
 *
 * @returns what `startServer` takes as `page`: undefined for requests that are not for one of them
 */
export function createHostedDocuments(
  handle: Handle,
): (request: ApiRequest) => Promise<ApiResponse> | undefined {
  return (request) => {
    const [, kind, id = '', format] = DOCUMENT_PATH.exec(request.url) ?? [];
    if (kind === undefined || request.method !== 'GET') return undefined;
    if (kind === 'receipts') return receipt(handle, id);
    if (kind === 'mandates') return mandate(handle, id);
    return qrCode(request.url, format ?? 'svg');
  };
}

async function read(handle: Handle, path: string): Promise<ApiObject | undefined> {
  const answer = await handle({
    method: 'GET',
    url: path,
    headers: { authorization: `Bearer ${READER_KEY}` },
    body: '',
  });
  return answer.status === 200 ? (JSON.parse(answer.body) as ApiObject) : undefined;
}

async function receipt(handle: Handle, id: string): Promise<ApiResponse> {
  const charge = await read(handle, `/v1/charges/${id}`);
  if (charge === undefined) return missing('receipt', id);
  const currency = charge['currency'] as string;
  const refunded = charge['amount_refunded'] as number;
  return renderPage({
    status: 200,
    title: charge['status'] === 'succeeded' ? 'Receipt' : `Receipt (${String(charge['status'])})`,
    content: html`<p class="amount">${formatAmount(charge['amount'] as number, currency)}</p>
<dl>
<div><dt>Paid with</dt><dd>${paidWith(charge)}</dd></div>
<div><dt>Date</dt><dd>${new Date((charge['created'] as number) * 1000).toISOString()}</dd></div>
<div><dt>On the statement</dt><dd>${(charge['calculated_statement_descriptor'] as string | null) ?? 'not shown'}</dd></div>
<div><dt>Refunded</dt><dd>${refunded === 0 ? 'nothing' : formatAmount(refunded, currency)}</dd></div>
<div><dt>Charge</dt><dd><code>${charge.id}</code></dd></div>
</dl>`,
  });
}

function paidWith(charge: ApiObject): string {
  const details = charge['payment_method_details'] as Record<string, unknown> & { type: string };
  const last4 = (details[details.type] as ApiHash | undefined)?.['last4'];
  return typeof last4 === 'string'
    ? `${methodName(details.type)} ending in ${last4}`
    : methodName(details.type);
}

async function mandate(handle: Handle, id: string): Promise<ApiResponse> {
  const object = await read(handle, `/v1/mandates/${id}`);
  if (object === undefined) return missing('mandate', id);
  const details = object['payment_method_details'] as Record<string, ApiHash> & { type: string };
  return renderPage({
    status: 200,
    title: 'Mandate',
    content: html`<p>The customer lets the account be debited by ${methodName(details.type as unknown as string)}.</p>
<dl>
<div><dt>Status</dt><dd>${object['status'] as string}</dd></div>
<div><dt>For</dt><dd>${object['type'] === 'multi_use' ? 'this and later payments' : 'one payment'}</dd></div>
<div><dt>Mandate</dt><dd><code>${object.id}</code></dd></div>
</dl>`,
  });
}

function missing(what: string, id: string): ApiResponse {
  return renderPage({
    status: 404,
    title: `No such ${what}`,
    content: html`<p>The emulator's state has no ${what} for <code>${id}</code>.</p>`,
  });
}

/** A picture of the code, which leads to the payment's page. There is one format: a PNG address forwards to it. */
async function qrCode(url: string, format: string): Promise<ApiResponse> {
  if (format !== 'svg') {
    return {
      status: 302,
      headers: { location: url.replace(/\.png(?=\?|$)/, '.svg'), 'cache-control': 'no-store' },
      body: '',
    };
  }
  const target = new URLSearchParams(url.split('?')[1]).get('to') ?? url;
  const { renderSVG } = await import('uqr');
  return {
    status: 200,
    headers: {
      'content-type': 'image/svg+xml',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'",
    },
    body: renderSVG(target),
  };
}
