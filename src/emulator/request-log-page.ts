import { html } from './server/html.ts';
import { renderPage } from './server/page-layout.ts';
import type { ApiRequest, ApiResponse, Handle } from './wire.ts';

const LOG_PATH = /^\/_payintent\/logs\/(req_\w+)$/;

/**
 * The page behind every `request_log_url`, for browsers: `GET /_payintent/logs/{id}`. Programs get the same as JSON.
 *
 * @returns what `startServer` takes as `page`: undefined for requests that are not for this page
 */
export function createRequestLogPage(
  handle: Handle,
): (request: ApiRequest) => Promise<ApiResponse> | undefined {
  return (request) => {
    const id = request.method === 'GET' ? LOG_PATH.exec(request.url)?.[1] : undefined;
    const isBrowser = request.headers['accept']?.includes('text/html') === true;
    return id === undefined || !isBrowser ? undefined : showPage(handle, request, id);
  };
}

async function showPage(handle: Handle, request: ApiRequest, id: string): Promise<ApiResponse> {
  const answer = await handle(request);
  if (answer.status !== 200) {
    return renderPage({
      status: answer.status,
      title: 'No such request',
      content: html`<p>The log of this emulator has no request <code>${id}</code>. It keeps the newest ten thousand.</p>`,
    });
  }
  const log = JSON.parse(answer.body) as Record<string, unknown>;
  const row = (name: string, value: unknown) =>
    value === null || value === undefined
      ? undefined
      : html`<div><dt>${name}</dt><dd><code>${String(value)}</code></dd></div>`;
  const error = log['error'] as { message: string } | null;
  return renderPage({
    status: 200,
    title: `${String(log['method'])} ${String(log['path'])}`,
    wide: true,
    content: html`${error === null ? undefined : html`<p>${error.message}</p>`}
<dl>
${row('Status', log['status'])}
${row('Request', log['id'])}
${row('Time', new Date((log['created'] as number) * 1000).toISOString())}
${row('Took', `${String(log['duration'])} ms`)}
${row('API version', log['api_version'])}
${row('Sent by', log['user_agent'])}
${row('From a page of', log['origin'])}
${row('Idempotency key', log['idempotency_key'])}
${row('Answer first given to', log['original_request'])}
${row('Account', log['account'])}
</dl>
<h2>Parameters</h2>
<pre><code>${pretty(log['params'])}</code></pre>
<h2>Answer</h2>
<pre><code>${pretty(log['response'])}</code></pre>`,
  });
}

const pretty = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));
