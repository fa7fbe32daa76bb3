/** An HTTP proxy to Stripe, or to whatever `--api-base` names. */
export interface WebProxy {
  /** The variable that names it. */
  readonly variable: string;
  /** With name and password, if there are any: only for the connection, never for people. */
  readonly url: string;
  /** Without them. */
  readonly shown: string;
}

/** How requests to an address travel, and which variable decided. */
export type Route =
  | { readonly kind: 'proxy'; readonly proxy: WebProxy }
  | { readonly kind: 'straight'; readonly why: 'loopback' | 'unset' }
  | { readonly kind: 'straight'; readonly why: 'excepted'; readonly by: string }
  | { readonly kind: 'unusable'; readonly variable: string; readonly because: string };

/** The proxy did not lead to the API: it was not reached, did not answer, or said no. Never holds its password. */
export class ProxyFailure extends Error {
  override readonly name = 'ProxyFailure';
  readonly proxy: WebProxy;
  /** What it answered, if it answered. 407 is about its password, other 4xx about where it may lead. */
  readonly status: number | undefined;

  constructor(proxy: WebProxy, what: string, status?: number) {
    super(`The proxy ${proxy.shown} (${proxy.variable}) ${what}`);
    this.proxy = proxy;
    this.status = status;
  }
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Which proxy leads to an origin (`https://api.stripe.com`), read as curl reads the variables: the one for the scheme before
 * `all_proxy`, lower case before upper case, empty as absent. `HTTP_PROXY` says nothing about https addresses. This machine
 * itself is never asked through a proxy, which would not see it.
 */
export function chooseRoute(origin: string, env: Env): Route {
  const { protocol, hostname, port } = new URL(origin);
  const scheme = protocol === 'http:' ? 'http' : 'https';
  const found = firstOf(env, `${scheme}_proxy`) ?? firstOf(env, 'all_proxy');
  if (found === undefined) return { kind: 'straight', why: 'unset' };
  if (isLoopback(hostname)) return { kind: 'straight', why: 'loopback' };
  const exceptions = firstOf(env, 'no_proxy');
  if (exceptions !== undefined && isExcepted(hostname, port || defaultPorts[scheme], exceptions.value)) {
    return { kind: 'straight', why: 'excepted', by: exceptions.name };
  }
  return readProxy(found.name, found.value);
}

const defaultPorts = { http: '80', https: '443' } as const;

/** Variables that can name a proxy, or hosts that need none. */
export const proxyVariables: readonly string[] = ['https_proxy', 'http_proxy', 'all_proxy'].flatMap(
  (name) => [name, name.toUpperCase()],
);

function firstOf(env: Env, name: string): { readonly name: string; readonly value: string } | undefined {
  for (const one of [name, name.toUpperCase()]) {
    const value = env[one]?.trim() ?? '';
    if (value !== '') return { name: one, value };
  }
  return undefined;
}

/** The value of a variable as a proxy; an address without a scheme is one of HTTP, as in curl. */
export function readProxy(variable: string, value: string): Route {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (!URL.canParse(full)) return { kind: 'unusable', variable, because: 'holds no address' };
  const url = new URL(full);
  if (/^socks/.test(url.protocol)) {
    return {
      kind: 'unusable',
      variable,
      because: 'names a SOCKS proxy, and payintent speaks to HTTP proxies only',
    };
  }
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    return { kind: 'unusable', variable, because: 'does not name an http:// or https:// proxy' };
  }
  const shown = `${url.protocol}//${url.host}`;
  url.username = decodable(url.username);
  url.password = decodable(url.password);
  return { kind: 'proxy', proxy: { variable, url: url.href, shown } };
}

/** People write a percent sign in a password without encoding it. */
function decodable(part: string): string {
  try {
    decodeURIComponent(part);
    return part;
  } catch {
    return part
      .replace(/%(?![0-9a-f]{2})/gi, '%25')
      .replace(/%[89a-f][0-9a-f]/gi, (code) => `%25${code.slice(1)}`);
  }
}

function isLoopback(hostname: string): boolean {
  return (
    /^(?:.+\.)?localhost\.?$/.test(hostname) ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname) ||
    hostname === '[::1]' ||
    hostname === '[::]' ||
    hostname === '0.0.0.0'
  );
}

/**
 * Whether a host stands in `NO_PROXY`: `*`, a host with all below it (with or without a dot or `*.` before it), an address, a
 * network of IPv4 addresses (`10.0.0.0/8`), each with a port or without.
 */
function isExcepted(hostname: string, port: string, list: string): boolean {
  const host = hostname.replace(/\.$/, '');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = entry, only] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
      if (only !== undefined && only !== port) return false;
      if (name.includes('/')) return isInNetwork(host, name);
      const bare = name.replace(/^\*?\./, '').replace(/\.$/, '');
      const address = bare.includes(':') && !bare.startsWith('[') ? `[${bare}]` : bare;
      return bare !== '' && (host === address || host.endsWith(`.${address}`));
    });
}

function isInNetwork(host: string, network: string): boolean {
  const [base = '', size = ''] = network.split('/');
  const [one, other, bits] = [addressNumber(host), addressNumber(base), Number(size)];
  if (one === undefined || other === undefined || !(bits >= 0 && bits <= 32) || size === '') return false;
  const block = 2 ** (32 - bits);
  return Math.floor(one / block) === Math.floor(other / block);
}

function addressNumber(text: string): number | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return undefined;
  return text.split('.').reduce((all, part) => all * 256 + Number(part), 0);
}
