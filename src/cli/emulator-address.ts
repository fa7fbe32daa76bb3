/** Where `emulator serve` listens unless told otherwise, and where other commands look for it. */
export const defaultHost = '127.0.0.1';
export const defaultPort = 12111;

/** A base address; IPv6 addresses stand in brackets. */
export function addressOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
