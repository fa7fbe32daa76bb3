import { isIP } from 'node:net';

/** Accepted values are remembered, so that the usual request costs one lookup; the bound keeps a hostile client cheap. */
const MAX_REMEMBERED = 64;

/**
 * Decides whether a `Host` (or the host of an `Origin`) names this server. A page on the web can make a name of its own
 * resolve to 127.0.0.1 (DNS rebinding) and would then be same-origin with the emulator, so only names that cannot be
 * rebound are accepted: localhost, loopback addresses, the bound host, and the names the user listed. A server bound to
 * all interfaces is also reached by other addresses; an address cannot be rebound.
 *
 * @param boundHost the host the server listens on
 * @param allowedHosts further names, without port
 */
export function createHostPolicy(
  boundHost: string,
  allowedHosts: readonly string[] = [],
): (host: string) => boolean {
  const names = new Set([boundHost, ...allowedHosts].map((name) => unbracket(name.toLowerCase())));
  const wildcard = boundHost === '0.0.0.0' || boundHost === '::';
  const remembered = new Set<string>();
  return (host) => {
    if (remembered.has(host)) return true;
    const name = hostName(host);
    if (name === undefined) return false;
    const accepted = isLoopbackName(name) || names.has(name) || (wildcard && isIP(name) !== 0);
    if (accepted && remembered.size < MAX_REMEMBERED) remembered.add(host);
    return accepted;
  };
}

/** The name in `name`, `name:port`, `[v6]` or `[v6]:port`, lower-cased, without brackets; undefined when it is malformed. */
function hostName(host: string): string | undefined {
  const match = /^(\[[0-9A-Fa-f:.]+\]|[^:[\]/@\s]+)(?::\d{1,5})?$/.exec(host);
  return match?.[1] === undefined ? undefined : unbracket(match[1].toLowerCase());
}

const unbracket = (name: string) => name.replace(/^\[(.*)\]$/, '$1');

/** RFC 6761 reserves `localhost` and all names below it for loopback. */
function isLoopbackName(name: string): boolean {
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1') return true;
  return name.startsWith('127.') && isIP(name) === 4;
}
