import type { Agent, ClientRequest } from 'node:http';
import { reasonOf } from './gateway-error.ts';
import { ProxyFailure, type WebProxy } from './proxy.ts';

/** Of an answer to CONNECT; where a plain request was sent on there is none of it. */
interface ProxyAnswer {
  readonly statusCode?: number;
  readonly statusText?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
}

interface Connecting {
  connect(request: ClientRequest, options: never): Promise<unknown>;
  connectOpts: object;
}

/**
 * An agent whose connections go through a proxy: a tunnel to an https address, whole requests for http. Connections that do
 * not come about end in a ProxyFailure. The only file that knows the packages for it.
 *
 * @param timeoutMs how long the proxy may take to be reached and to answer
 */
export async function openProxiedAgent(origin: string, proxy: WebProxy, timeoutMs: number): Promise<Agent> {
  const { protocol, host, port } = new URL(origin);
  const secure = protocol === 'https:';
  const aim = port === '' ? `${host}:${secure ? 443 : 80}` : host;
  const agent = secure
    ? new (await import('https-proxy-agent')).HttpsProxyAgent(proxy.url, { keepAlive: true })
    : new (await import('http-proxy-agent')).HttpProxyAgent(proxy.url, { keepAlive: true });
  // Told by the call stack otherwise.
  agent.isSecureEndpoint = () => secure;
  const pending = new Set<AbortController>();
  // One type for both: what they take differs in nothing that matters here.
  const connecting = agent as unknown as Connecting;
  const connect = connecting.connect.bind(agent);
  const { connectOpts } = connecting;

  connecting.connect = async (request, options) => {
    const ending = new AbortController();
    const late = setTimeout(
      () => ending.abort(new ProxyFailure(proxy, `did not answer within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
    pending.add(ending);
    let status: number | undefined;
    let said = '';
    let schemes = '';
    request.once('proxyConnect', (answer: ProxyAnswer) => {
      status = answer.statusCode;
      said = answer.statusText ?? '';
      schemes = [answer.headers?.['proxy-authenticate'] ?? []].flat().join(', ');
    });
    try {
      // Read at once by the agent, which begins each connection with them.
      connecting.connectOpts = { ...connectOpts, signal: ending.signal };
      const socket = await connect(request, options);
      if (status === undefined || status === 200) return socket;
    } catch (error) {
      if (ending.signal.reason instanceof ProxyFailure) throw ending.signal.reason;
      throw new ProxyFailure(proxy, `was not reached, or gave no answer (${reasonOf(error)})`);
    } finally {
      clearTimeout(late);
      pending.delete(ending);
    }
    const [other] = /\bbasic\b/i.test(schemes) ? [] : (/[a-z]+/i.exec(schemes) ?? []);
    if (other !== undefined) said += ` (it wants ${other}, and payintent knows Basic only)`;
    throw new ProxyFailure(proxy, `refused to lead to ${aim}: ${`${status} ${said}`.trim()}`, status);
  };

  const destroy = agent.destroy.bind(agent);
  agent.destroy = () => {
    for (const one of pending) one.abort();
    destroy();
  };
  return agent;
}
